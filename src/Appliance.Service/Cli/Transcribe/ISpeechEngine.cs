using Appliance.Speech.Recognition;
using Appliance.Speech.Transcripts;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>What turns inputs into transcripts, one after the other.</summary>
internal interface ISpeechEngine : IDisposable
{
    /// <summary>Checks everything that would fail for every input alike, as far as that is quick.</summary>
    void Prepare();

    /// <summary>Transcribes one input; the model is loaded with the first one.</summary>
    Transcript Transcribe(InputFile input, IProgress<TranscriptionProgress> progress, CancellationToken cancellationToken);
}
