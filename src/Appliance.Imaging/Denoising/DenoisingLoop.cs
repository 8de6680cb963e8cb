using Appliance.Imaging.Denoising.Noise;
using Appliance.Imaging.Denoising.Schedulers;

namespace Appliance.Imaging.Denoising;

/// <summary>The steps from noise to latents, the same for every model.</summary>
/// <param name="denoiser">The UNet.</param>
internal sealed class DenoisingLoop(Denoiser denoiser)
{
    private float[] _input = [];
    private float[] _outputs = [];

    /// <summary>Runs every step; allocates nothing between the first and the last.</summary>
    /// <param name="state">What is worked on; its latents are those of the first step.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="noise">The picture's noise, for steps that draw some.</param>
    /// <param name="watcher">Sees every step; null for nobody.</param>
    /// <param name="cancellationToken">Ends it within a step.</param>
    /// <exception cref="ImagingException">The denoiser failed or gave no numbers.</exception>
    public void Run(DenoisingState state, ImageRequest request, INoiseSource noise, IDenoisingWatcher? watcher, CancellationToken cancellationToken)
    {
        // 1. buffers and inputs that all steps share
        IScheduler scheduler = state.Scheduler;
        Prepare(state);
        denoiser.Begin(state.Embedding, state.Size, denoiser.ConditionWidth > 0 ? Guidance.Embed(request.Guidance, denoiser.ConditionWidth) : []);
        scheduler.Reset();
        watcher?.Starting(state);
        for (int step = scheduler.FirstStep; step < scheduler.Timesteps.Length; step++)
        {
            // 2. the denoiser, on both prompts at once when it is guided
            scheduler.ScaleModelInput(step, state.Latents, _input);
            denoiser.Run(_input, scheduler.Timesteps[step], _outputs, cancellationToken);
            if (state.Embedding.Rows > 1)
            {
                Guidance.Join(_outputs, (float)request.Guidance, (float)request.GuidanceRescale, state.Output);
            }
            else
            {
                _outputs.CopyTo(state.Output, 0);
            }

            // 3. the step
            if (scheduler.DrawsNoise(step))
            {
                noise.Fill(state.StepNoise);
            }

            scheduler.Step(step, state.Output, state.Latents, state.StepNoise);

            // 4. what a mask keeps, noised as the latents were before the step
            if (state.Given is { Kept: not null } given)
            {
                scheduler.AddNoise(step, given.Latents, state.Noise, _input);
                given.Restore(_input, state.Latents);
            }

            if (step == scheduler.FirstStep)
            {
                LatentCheck.Run(state.Latents);
            }

            watcher?.Stepped(step, state);
        }

        state.Given?.Restore(state.Given.Latents, state.Latents);
    }

    private void Prepare(DenoisingState state)
    {
        if (_input.Length != state.Size.Count)
        {
            _input = new float[state.Size.Count];
        }

        if (_outputs.Length != state.Size.Count * state.Embedding.Rows)
        {
            _outputs = new float[state.Size.Count * state.Embedding.Rows];
        }
    }
}
