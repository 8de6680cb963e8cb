namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>
/// What <c>scheduler_config.json</c> says. A key that is absent is null: the default depends on the scheduler that reads it, as in
/// diffusers, where a configuration made for one class may be given to another.
/// </summary>
internal sealed record SchedulerConfig
{
    /// <summary><c>_class_name</c>: the class of diffusers that the file was written for.</summary>
    public string? ClassName { get; init; }

    /// <summary><c>num_train_timesteps</c>.</summary>
    public int TrainTimesteps { get; init; } = 1000;

    /// <summary><c>beta_start</c>.</summary>
    public double? BetaStart { get; init; }

    /// <summary><c>beta_end</c>.</summary>
    public double? BetaEnd { get; init; }

    /// <summary><c>beta_schedule</c>.</summary>
    public BetaSchedule? BetaSchedule { get; init; }

    /// <summary><c>trained_betas</c>: replaces the three above.</summary>
    public IReadOnlyList<float>? TrainedBetas { get; init; }

    /// <summary><c>rescale_betas_zero_snr</c>.</summary>
    public bool RescalesToZeroSnr { get; init; }

    /// <summary><c>prediction_type</c>.</summary>
    public PredictionType PredictionType { get; init; }

    /// <summary><c>timestep_spacing</c>.</summary>
    public TimestepSpacing? Spacing { get; init; }

    /// <summary><c>steps_offset</c>.</summary>
    public int? StepsOffset { get; init; }

    /// <summary><c>set_alpha_to_one</c>.</summary>
    public bool? SetAlphaToOne { get; init; }

    /// <summary><c>clip_sample</c>.</summary>
    public bool? ClipsSample { get; init; }

    /// <summary><c>clip_sample_range</c>.</summary>
    public float ClipRange { get; init; } = 1;

    /// <summary><c>thresholding</c> (Saharia et al. 2022, section 2.3).</summary>
    public bool Thresholds { get; init; }

    /// <summary><c>dynamic_thresholding_ratio</c>.</summary>
    public double ThresholdingRatio { get; init; } = 0.995;

    /// <summary><c>sample_max_value</c>.</summary>
    public float SampleMaximum { get; init; } = 1;

    /// <summary><c>use_karras_sigmas</c>.</summary>
    public bool UsesKarrasSigmas { get; init; }

    /// <summary><c>interpolation_type</c> is <c>log_linear</c>.</summary>
    public bool InterpolatesLogarithms { get; init; }

    /// <summary><c>final_sigmas_type</c> is <c>sigma_min</c>.</summary>
    public bool EndsAtSmallestSigma { get; init; }

    /// <summary><c>timestep_type</c> is <c>continuous</c>.</summary>
    public bool HasContinuousTimesteps { get; init; }

    /// <summary><c>sigma_min</c>.</summary>
    public double? SigmaMinimum { get; init; }

    /// <summary><c>sigma_max</c>.</summary>
    public double? SigmaMaximum { get; init; }

    /// <summary><c>solver_order</c>.</summary>
    public int SolverOrder { get; init; } = 2;

    /// <summary><c>solver_type</c> is <c>heun</c>.</summary>
    public bool SolvesByHeun { get; init; }

    /// <summary><c>lower_order_final</c>.</summary>
    public bool LowersOrderAtEnd { get; init; } = true;

    /// <summary><c>euler_at_final</c>.</summary>
    public bool EndsWithEuler { get; init; }

    /// <summary><c>lambda_min_clipped</c>.</summary>
    public double SmallestLambda { get; init; } = double.NegativeInfinity;

    /// <summary><c>original_inference_steps</c>.</summary>
    public int OriginalSteps { get; init; } = 50;

    /// <summary><c>timestep_scaling</c>.</summary>
    public float TimestepScaling { get; init; } = 10;

    /// <summary><c>shift</c>.</summary>
    public double Shift { get; init; } = 1;

    /// <summary><c>shift_terminal</c>.</summary>
    public double? ShiftTerminal { get; init; }
}
