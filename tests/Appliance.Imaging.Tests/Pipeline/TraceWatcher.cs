using Appliance.Imaging.Denoising;
using Appliance.Imaging.Tests.Golden;

namespace Appliance.Imaging.Tests.Pipeline;

/// <summary>Compares every step of a picture with a trace.</summary>
internal sealed class TraceWatcher(GoldenTrace trace, int image) : IDenoisingWatcher
{
    private readonly float[] _latents = trace.Floats("latents");
    private readonly float[]? _stepNoise = trace.Has("step_noise") ? trace.Floats("step_noise") : null;
    private int _draws;

    /// <summary>Steps that were compared.</summary>
    public int Steps { get; private set; }

    /// <summary>The largest difference of latents, in standard deviations of that step.</summary>
    public double Worst { get; private set; }

    public float[] Final { get; private set; } = [];

    public void Starting(DenoisingState state)
    {
        (double noise, double rest) = trace.IsHalf ? (2e-3, 2e-2) : (1e-6, 2e-6);
        int count = state.Size.Count;
        TraceAssert.Close("noise", trace.StepOf(trace.Floats("noise"), 0, image, count), state.Noise, noise);
        Assert.Equal(trace.Floats("timesteps_all").Length, state.Scheduler.Timesteps.Length);
        Assert.Equal(trace.Floats("timesteps"), state.Scheduler.Timesteps[state.Scheduler.FirstStep..].ToArray());
        if (trace.Has("sigmas"))
        {
            Assert.Equal(trace.Floats("sigmas"), state.Scheduler.Sigmas.ToArray());
        }

        TraceAssert.Close("embeds", Rows(trace.Floats("embeds"), state.Embedding.Rows), state.Embedding.Values, trace.IsHalf ? 2e-2 : 2e-5);
        if (trace.Has("text_embeds"))
        {
            TraceAssert.Close("text_embeds", Rows(trace.Floats("text_embeds"), state.Embedding.Rows), state.Embedding.Pooled!, 2e-5);
            Assert.Equal(Rows(trace.Floats("time_ids"), state.Embedding.Rows), state.Embedding.TimeIds);
        }

        if (trace.Has("init_latents"))
        {
            TraceAssert.Close("init_latents", trace.StepOf(trace.Floats("init_latents"), 0, image, count), state.Given!.Latents, trace.IsHalf ? 2e-2 : 2e-5);
        }

        if (trace.Has("mask_keep"))
        {
            Assert.Equal(trace.Floats("mask_keep"), state.Given!.Kept);
        }

        ReadOnlySpan<float> initial = trace.StepOf(trace.Floats("latents_initial"), 0, image, count);
        TraceAssert.Close("latents_initial", initial, state.Latents, rest * Math.Max(1, TraceAssert.Deviation(initial)) * 10);
    }

    public void Stepped(int step, DenoisingState state)
    {
        ReadOnlySpan<float> expected = trace.StepOf(_latents, Steps, image, state.Size.Count);
        Worst = Math.Max(Worst, TraceAssert.Difference(expected, state.Latents) / TraceAssert.Deviation(expected));
        if (_stepNoise is not null && state.Scheduler.DrawsNoise(step))
        {
            TraceAssert.Close("step_noise", trace.StepOf(_stepNoise, _draws++, image, state.Size.Count), state.StepNoise, trace.IsHalf ? 2e-3 : 2e-6);
        }

        Final = state.Latents;
        Steps++;
    }

    // a batch has the rows of all negative prompts before those of all prompts
    private float[] Rows(float[] tensor, int rows)
    {
        int row = tensor.Length / (rows * trace.Batch);
        return [.. Enumerable.Range(0, rows).SelectMany(i => tensor.AsSpan(((i * trace.Batch) + image) * row, row).ToArray())];
    }
}
