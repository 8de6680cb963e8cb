namespace Appliance.Inference.Sessions;

/// <summary>What a graph does, which decides which execution providers suit it.</summary>
public enum SessionRole
{
    /// <summary>Nothing known.</summary>
    General,

    /// <summary>A large graph of few shapes, run once a window.</summary>
    Encoder,

    /// <summary>A small graph run once a token, with shapes that grow.</summary>
    Decoder,

    /// <summary>A tiny graph: it runs on one CPU thread, since waking more threads or another device costs more than it computes.</summary>
    Light,
}
