namespace Appliance.Speech.Recognition;

/// <summary>How a recording is transcribed. The defaults are those of <c>appliance transcribe</c>.</summary>
public sealed record TranscriptionOptions
{
    /// <summary>Language code; null detects it.</summary>
    public string? Language { get; init; }

    /// <summary>Codes among which the language is detected; empty means all that the model knows.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Transcribe or translate to English.</summary>
    public SpeechTask Task { get; init; }

    /// <summary>Sampling temperatures of the fallback ladder, in order.</summary>
    public IReadOnlyList<double> Temperatures { get; init; } = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0];

    /// <summary>Beams at temperature 0; 1 is greedy.</summary>
    public int BeamSize { get; init; } = 1;

    /// <summary>Independent samples above temperature 0.</summary>
    public int BestOf { get; init; } = 1;

    /// <summary>Beam search ends when this many times the beam size have ended.</summary>
    public double Patience { get; init; } = 1.0;

    /// <summary>Alpha of the length penalty ((5 + length) / 6)^alpha (arXiv 1609.08144); null divides by the length.</summary>
    public double? LengthPenalty { get; init; }

    /// <summary>Token ids that are never sampled; -1 stands for the non-speech set.</summary>
    public IReadOnlyList<int> SuppressTokens { get; init; } = [-1];

    /// <summary>Whether a window may not begin with a blank or the end of text.</summary>
    public bool SuppressBlank { get; init; } = true;

    /// <summary>Text given as prompt to the first window.</summary>
    public string? InitialPrompt { get; init; }

    /// <summary>Gives <see cref="InitialPrompt"/> to every window.</summary>
    public bool CarryInitialPrompt { get; init; }

    /// <summary>Words to favour: given as prompt to every window, before the text so far.</summary>
    public string? Hotwords { get; init; }

    /// <summary>Text that the first window must begin with.</summary>
    public string? Prefix { get; init; }

    /// <summary>Gives the text so far as prompt to the next window.</summary>
    public bool ConditionOnPreviousText { get; init; } = true;

    /// <summary>A window above this compression ratio failed; null turns the check off.</summary>
    public double? CompressionRatioThreshold { get; init; } = 2.4;

    /// <summary>A window below this average log-probability failed; null turns the check off.</summary>
    public double? LogProbabilityThreshold { get; init; } = -1.0;

    /// <summary>A window above this no-speech probability that also failed on log-probability is silence; null turns the check off.</summary>
    public double? NoSpeechThreshold { get; init; } = 0.6;

    /// <summary>Whether words get times.</summary>
    public bool WordTimestamps { get; init; }

    /// <summary>Punctuation that belongs to the word after it.</summary>
    public string PrependPunctuations { get; init; } = "\"'“¿([{-";

    /// <summary>Punctuation that belongs to the word before it.</summary>
    public string AppendPunctuations { get; init; } = "\"'.。,，!！?？:：”)]}、";

    /// <summary>Skips silence longer than this many seconds around text that looks invented; needs <see cref="WordTimestamps"/>.</summary>
    public double? HallucinationSilenceThreshold { get; init; }

    /// <summary>Start, end, start, end… in seconds of what is transcribed; empty means everything; a missing last end is the file's.</summary>
    public IReadOnlyList<double> ClipTimestamps { get; init; } = [];

    /// <summary>Latest first timestamp of a window, in seconds.</summary>
    public double MaxInitialTimestamp { get; init; } = 1.0;

    /// <summary>Samples text only, without timestamps; each window is one segment.</summary>
    public bool WithoutTimestamps { get; init; }

    /// <summary>Encoder frames of a window that is not full.</summary>
    public AudioContext AudioContext { get; init; } = AudioContext.Auto;

    /// <summary>Counts a window that repeats itself as failed.</summary>
    public bool LoopGuard { get; init; } = true;

    /// <summary>Skips what the voice activity detector calls silence.</summary>
    public bool Vad { get; init; }

    /// <summary>
    /// Holds back text that looks invented, before it is published or used as prompt; what was held back is in
    /// <see cref="Transcripts.Transcript.Dropped"/>. Needs the voice activity detector.
    /// </summary>
    public bool Firewall { get; init; }

    /// <summary>True when the voice activity detector is needed.</summary>
    public bool UsesVoiceActivity => Vad || Batch > 0 || Firewall;

    /// <summary>Windows decoded at once; 0 is the seek loop.</summary>
    public int Batch { get; init; }

    /// <summary>Seed of the sampling above temperature 0: the same seed gives the same text.</summary>
    public int Seed { get; init; }
}
