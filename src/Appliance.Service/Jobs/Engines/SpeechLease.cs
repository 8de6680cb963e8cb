using Appliance.Speech.Recognition;

namespace Appliance.Service.Jobs.Engines;

/// <summary>The use of a speech model by one piece of work; disposing of it gives it back.</summary>
internal sealed class SpeechLease(WhisperModel model, Action giveBack) : IDisposable
{
    private Action? _giveBack = giveBack;

    /// <summary>The model.</summary>
    public WhisperModel Model => model;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}
