using Appliance.Speech.Features;
using Appliance.Speech.Recognition.Firewall;
using Appliance.Speech.Recognition.Graphs;
using Appliance.Speech.Recognition.Vocabulary;

namespace Appliance.Speech.Recognition.Decoding;

/// <summary>The stages that both loops are made of, for one recording.</summary>
internal sealed record RecognitionStages
{
    /// <summary>How the recording is transcribed.</summary>
    public required TranscriptionOptions Options { get; init; }

    /// <summary>The recording.</summary>
    public required IMelSource Mel { get; init; }

    /// <summary>The model's graphs.</summary>
    public required IWhisperGraphs Graphs { get; init; }

    /// <summary>Its vocabulary.</summary>
    public required WhisperTokenizer Tokenizer { get; init; }

    /// <summary>Encodes windows.</summary>
    public required WindowEncoder Encoder { get; init; }

    /// <summary>Decodes them.</summary>
    public required WindowDecoder Decoder { get; init; }

    /// <summary>Retries what failed.</summary>
    public required WindowRecognizer Recognizer { get; init; }

    /// <summary>Times words; null when none are asked for.</summary>
    public required WordAligner? Words { get; init; }

    /// <summary>Holds back what looks invented; null lets everything through.</summary>
    public SegmentFirewall? Firewall { get; init; }

    /// <summary>Receives the segments of each window as they become final, and the seconds that are done.</summary>
    public required Action<List<SegmentDraft>, double> Publish { get; init; }

    /// <summary>True when a window without speech is left out (openai/whisper transcribe.py).</summary>
    public bool IsSilence(DecodingResult result) =>
        Options.NoSpeechThreshold is double threshold
        && result.NoSpeechProbability > threshold
        && !(Options.LogProbabilityThreshold is double least && result.AverageLogProbability > least);
}
