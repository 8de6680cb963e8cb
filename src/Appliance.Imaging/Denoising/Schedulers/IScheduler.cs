namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>
/// The steps of one picture from noise to latents. Works on the latents of one picture, float32; every method gets the step's index, never
/// its timestep, which may occur twice. Allocates nothing after it was made. One picture at a time.
/// </summary>
internal interface IScheduler
{
    /// <summary>The timestep of each step as the denoiser gets it, shape [steps]; not always whole.</summary>
    ReadOnlySpan<float> Timesteps { get; }

    /// <summary>The sigmas, shape [steps + 1]; empty where the scheduler has none.</summary>
    ReadOnlySpan<float> Sigmas { get; }

    /// <summary>The first step that is run: more than 0 where a picture is the start.</summary>
    int FirstStep { get; }

    /// <summary>Standard deviation of the latents that a picture starts from when nothing is given.</summary>
    float InitNoiseSigma { get; }

    /// <summary>The clean latents that the last step aimed at; valid until the next.</summary>
    ReadOnlySpan<float> Clean { get; }

    /// <summary>Whether a step adds noise, one draw of the latents' size.</summary>
    bool DrawsNoise(int step);

    /// <summary>Forgets the picture before.</summary>
    void Reset();

    /// <summary>Writes what the denoiser gets for these latents.</summary>
    void ScaleModelInput(int step, ReadOnlySpan<float> latents, Span<float> input);

    /// <summary>Takes the latents one step on, in place.</summary>
    /// <param name="step">Index of the step; steps come in order.</param>
    /// <param name="output">What the denoiser gave, after guidance.</param>
    /// <param name="latents">The latents.</param>
    /// <param name="noise">Standard normal noise of the same size where <see cref="DrawsNoise"/> says so, else empty.</param>
    void Step(int step, ReadOnlySpan<float> output, Span<float> latents, ReadOnlySpan<float> noise);

    /// <summary>Writes the latents of a given picture as they are before a step.</summary>
    /// <param name="step">Index of the step.</param>
    /// <param name="clean">Latents of the picture, times the scaling factor.</param>
    /// <param name="noise">Standard normal noise of the same size.</param>
    /// <param name="latents">The result; may be one of the two.</param>
    void AddNoise(int step, ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, Span<float> latents);
}
