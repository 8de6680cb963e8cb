using Appliance.Imaging;
using Appliance.Inference.Models;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Jobs.Engines;

/// <summary>A model of the pool. What is in memory is guarded by a lock on this object, the rest by the pool's.</summary>
internal sealed class PooledModel(string kind, ModelFolder folder, long bytes)
{
    /// <summary>Kind of the model.</summary>
    public string Kind => kind;

    /// <summary>Its folder.</summary>
    public ModelFolder Folder => folder;

    /// <summary>Memory that it is reckoned to take.</summary>
    public long Bytes => bytes;

    /// <summary>Whether it is in memory.</summary>
    public bool IsLoaded => Root is not null;

    /// <summary>Pieces of work that use it.</summary>
    public int Leases { get; set; }

    /// <summary>When one of them ended last.</summary>
    public long LastUsed { get; set; }

    /// <summary>The loaded model.</summary>
    public IDisposable? Root { get; set; }

    /// <summary>Draws with it, where it is a text-to-image model.</summary>
    public ImagePipeline? Pipeline { get; set; }

    /// <summary>Speech models over the same weights that nobody uses now.</summary>
    public Stack<WhisperModel> IdleShares { get; } = new();
}
