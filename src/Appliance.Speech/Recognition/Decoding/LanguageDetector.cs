using Appliance.Speech.Features;
using Appliance.Speech.Recognition.Vocabulary;

namespace Appliance.Speech.Recognition.Decoding;

/// <summary>Finds the language of a recording from its first window (design: speech.md, audio context).</summary>
internal sealed class LanguageDetector(WindowEncoder encoder, WindowDecoder decoder, WhisperTokenizer tokenizer, TranscriptionOptions options, bool mayShorten)
{
    private const float Sure = 0.5f;

    /// <summary>Code of the most probable language among those that are allowed.</summary>
    /// <param name="mel">The recording.</param>
    /// <param name="seek">First mel frame.</param>
    /// <param name="end">Mel frame after the last.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public string Detect(IMelSource mel, long seek, long end, CancellationToken cancellationToken)
    {
        int content = (int)Math.Min(WindowKey.FullFrames, Math.Min(end, mel.ContentFrames) - seek);
        WindowKey window = ShortContext.Key(options.AudioContext, mayShorten, seek, content);
        return Detect([ShortContext.IsShort(window) ? window : WindowKey.Silent(seek, content)], cancellationToken);
    }

    /// <summary>The same for windows that are decoded together afterwards: the first of them tells.</summary>
    /// <param name="windows">The windows as they will be encoded, so that they are encoded once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public string Detect(ReadOnlySpan<WindowKey> windows, CancellationToken cancellationToken)
    {
        WindowKey first = windows[0];
        encoder.Encode(windows, cancellationToken);
        float[] probabilities = decoder.DetectLanguage(windows.Length > 1, cancellationToken);
        if (ShortContext.IsShort(first) && probabilities.Max() < Sure)
        {
            encoder.Encode(WindowKey.Silent(first.Seek, first.Content), cancellationToken);
            probabilities = decoder.DetectLanguage(isOneOfSeveral: false, cancellationToken);
        }

        return Best(probabilities);
    }

    /// <summary>Code of the most probable language among those that are allowed.</summary>
    public string Best(float[] probabilities)
    {
        string? best = null;
        float most = -1;
        for (int i = 0; i < probabilities.Length; i++)
        {
            string code = tokenizer.Languages[i];
            if (probabilities[i] > most && (options.Languages.Count == 0 || options.Languages.Contains(code, StringComparer.Ordinal)))
            {
                (best, most) = (code, probabilities[i]);
            }
        }

        return best ?? "en";
    }
}
