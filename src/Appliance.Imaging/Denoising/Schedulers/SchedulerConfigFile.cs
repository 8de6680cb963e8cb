using System.Text.Json;
using Appliance.Inference.Models;

namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>Reads <c>scheduler/scheduler_config.json</c> of the diffusers layout. Keys that no scheduler here knows are passed over.</summary>
internal static class SchedulerConfigFile
{
    private const int MaximumTrainTimesteps = 100_000;

    // what would change the result and is not done here
    private static readonly string[] _refusedFlags = ["use_exponential_sigmas", "use_beta_sigmas", "use_lu_lambdas", "use_flow_sigmas", "use_dynamic_shifting", "invert_sigmas", "stochastic_sampling"];

    /// <summary>Reads the file.</summary>
    /// <exception cref="ModelException">It is missing, damaged, or asks for what is not done here.</exception>
    public static SchedulerConfig Read(string path)
    {
        using JsonDocument document = SourceJson.Read(path);
        return Parse(document.RootElement, path);
    }

    /// <summary>Reads the same from a JSON object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="path">Where it comes from, for messages.</param>
    /// <exception cref="ModelException">A value is not possible.</exception>
    public static SchedulerConfig Parse(JsonElement json, string path)
    {
        JsonFields fields = new(json, path);
        foreach (string flag in _refusedFlags)
        {
            if (fields.Flag(flag) is true)
            {
                throw fields.Unsupported(flag, "true", "false");
            }
        }

        fields.OneOf<bool>("algorithm_type", ("dpmsolver++", true));
        fields.OneOf<bool>("timestep_type", ("discrete", true), ("continuous", true));
        if (fields.Text("_class_name") == "PNDMScheduler" && fields.Flag("skip_prk_steps") is not true)
        {
            throw fields.Unsupported("skip_prk_steps", "false", "true");
        }

        return new()
        {
            ClassName = fields.Text("_class_name"),
            TrainTimesteps = fields.Whole("num_train_timesteps", 2, MaximumTrainTimesteps) ?? 1000,
            BetaStart = fields.Number("beta_start", 0, 1),
            BetaEnd = fields.Number("beta_end", 0, 1),
            BetaSchedule = fields.OneOf("beta_schedule", ("linear", BetaSchedule.Linear), ("scaled_linear", BetaSchedule.ScaledLinear), ("squaredcos_cap_v2", BetaSchedule.SquaredCosine)),
            TrainedBetas = fields.Numbers("trained_betas"),
            RescalesToZeroSnr = fields.Flag("rescale_betas_zero_snr") ?? false,
            PredictionType = fields.OneOf("prediction_type", ("epsilon", PredictionType.Epsilon), ("v_prediction", PredictionType.VPrediction), ("sample", PredictionType.Sample)) ?? PredictionType.Epsilon,
            Spacing = fields.OneOf("timestep_spacing", ("linspace", TimestepSpacing.Linspace), ("leading", TimestepSpacing.Leading), ("trailing", TimestepSpacing.Trailing)),
            StepsOffset = fields.Whole("steps_offset", 0, MaximumTrainTimesteps),
            SetAlphaToOne = fields.Flag("set_alpha_to_one"),
            ClipsSample = fields.Flag("clip_sample"),
            ClipRange = (float)(fields.Number("clip_sample_range", 0, float.MaxValue) ?? 1),
            Thresholds = fields.Flag("thresholding") ?? false,
            ThresholdingRatio = fields.Number("dynamic_thresholding_ratio", 0, 1) ?? 0.995,
            SampleMaximum = (float)(fields.Number("sample_max_value", 0, float.MaxValue) ?? 1),
            UsesKarrasSigmas = fields.Flag("use_karras_sigmas") ?? false,
            InterpolatesLogarithms = fields.OneOf("interpolation_type", ("linear", false), ("log_linear", true)) ?? false,
            EndsAtSmallestSigma = fields.OneOf("final_sigmas_type", ("zero", false), ("sigma_min", true)) ?? false,
            HasContinuousTimesteps = fields.Text("timestep_type") == "continuous",
            SigmaMinimum = fields.Number("sigma_min", 0, float.MaxValue),
            SigmaMaximum = fields.Number("sigma_max", 0, float.MaxValue),
            SolverOrder = fields.Whole("solver_order", 1, 2) ?? 2,
            SolvesByHeun = fields.OneOf("solver_type", ("midpoint", false), ("heun", true)) ?? false,
            LowersOrderAtEnd = fields.Flag("lower_order_final") ?? true,
            EndsWithEuler = fields.Flag("euler_at_final") ?? false,
            SmallestLambda = fields.Number("lambda_min_clipped", double.MinValue, double.MaxValue) ?? double.NegativeInfinity,
            OriginalSteps = fields.Whole("original_inference_steps", 1, MaximumTrainTimesteps) ?? 50,
            TimestepScaling = (float)(fields.Number("timestep_scaling", 0, float.MaxValue) ?? 10),
            Shift = fields.Number("shift", 0, float.MaxValue) ?? 1,
            ShiftTerminal = fields.Number("shift_terminal", 0, 1),
        };
    }
}
