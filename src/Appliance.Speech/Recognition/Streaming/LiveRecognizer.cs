using Appliance.Speech.Recognition.Firewall;

namespace Appliance.Speech.Recognition.Streaming;

/// <summary>placeholder until the streaming branch lands</summary>
internal sealed class LiveRecognizer(WhisperModel model, HallucinationFirewall firewall, LiveRecognitionOptions options) : ILiveRecognizer
{
    public string Policy => $"{model}{firewall}{options}";
    public void Begin(bool continues, string committed = "", string? language = null) => throw new NotSupportedException();
    public void Dispose() { }
    public SegmentText Finish(SegmentAudio audio, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Hypothesis Update(SegmentAudio audio, bool mayCommit, CancellationToken cancellationToken) => throw new NotSupportedException();
}
