using Appliance.Imaging.Denoising.Schedulers;
using Appliance.Imaging.Prompts;

namespace Appliance.Imaging.Denoising;

/// <summary>What the steps of one picture work on.</summary>
internal sealed class DenoisingState
{
    /// <param name="scheduler">The scheduler.</param>
    /// <param name="size">Shape of the latents.</param>
    /// <param name="embedding">The prompts.</param>
    public DenoisingState(IScheduler scheduler, LatentSize size, PromptEmbedding embedding)
    {
        Scheduler = scheduler;
        Size = size;
        Embedding = embedding;
        Latents = new float[size.Count];
        Noise = new float[size.Count];
        StepNoise = new float[size.Count];
        Output = new float[size.Count];
    }

    /// <summary>The scheduler.</summary>
    public IScheduler Scheduler { get; }

    /// <summary>Shape of the latents.</summary>
    public LatentSize Size { get; }

    /// <summary>The prompts.</summary>
    public PromptEmbedding Embedding { get; }

    /// <summary>The latents, shape [channels, height, width].</summary>
    public float[] Latents { get; }

    /// <summary>The noise that the picture starts from, before it is scaled.</summary>
    public float[] Noise { get; }

    /// <summary>The noise of the last step that drew some.</summary>
    public float[] StepNoise { get; }

    /// <summary>What the denoiser gave in the last step, after guidance.</summary>
    public float[] Output { get; }

    /// <summary>The given picture; null when the start is noise.</summary>
    public GivenPicture? Given { get; init; }
}
