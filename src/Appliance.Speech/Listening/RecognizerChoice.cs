using Appliance.Speech.Recognition.Streaming;

namespace Appliance.Speech.Listening;

/// <summary>The recogniser, and the smaller one that is made when it is needed first.</summary>
internal sealed class RecognizerChoice(ILiveRecognizer own, Func<ILiveRecognizer>? makeFallback) : IDisposable
{
    private ILiveRecognizer? _fallback;

    /// <summary>True when there is a smaller model.</summary>
    public bool HasFallback => makeFallback is not null;

    /// <summary>The one to use now.</summary>
    public ILiveRecognizer Choose(bool usesFallback) => usesFallback && makeFallback is not null ? _fallback ??= makeFallback() : own;

    /// <inheritdoc/>
    public void Dispose()
    {
        own.Dispose();
        _fallback?.Dispose();
    }
}
