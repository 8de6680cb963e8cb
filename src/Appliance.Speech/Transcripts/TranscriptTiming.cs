namespace Appliance.Speech.Transcripts;

/// <summary>Where the time of one transcription went, in milliseconds.</summary>
public sealed record TranscriptTiming
{
    /// <summary>Reading and resampling the audio.</summary>
    public double DecodeAudio { get; init; }

    /// <summary>Log-mel of the file and its windows.</summary>
    public double LogMel { get; init; }

    /// <summary>Voice activity detection.</summary>
    public double Vad { get; init; }

    /// <summary>ONNX Runtime calls of the encoder.</summary>
    public double Encoder { get; init; }

    /// <summary>ONNX Runtime calls of the decoder: prompts, steps, word alignment.</summary>
    public double Decoder { get; init; }

    /// <summary>Wall-clock time of the whole transcription.</summary>
    public double Total { get; init; }
}
