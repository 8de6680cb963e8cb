using Appliance.Speech.Features;
using Appliance.Speech.Recognition;
using Appliance.Speech.Recognition.Decoding;
using Appliance.Speech.Recognition.Decoding.Filters;
using Appliance.Speech.Recognition.Graphs;

namespace Appliance.Speech.Tests.Conformance;

/// <summary>Feeds a reference's tokens to our encoder, prompt, rules and steps, and asks at each step what we would have taken.</summary>
internal sealed class TeacherForcing(WhisperModel model, IMelSource mel, string language)
{
    private readonly LogProbabilities _probabilities = new();
    private readonly AttemptFactory _attempts =
        new(model.Tokenizer, new TranscriptionOptions { AudioContext = AudioContext.Full, LoopGuard = false }, language, model.Graphs.Dimensions.TextContext);

    /// <summary>Our choice's lead over the reference's token at each step: 0 where they are the same token.</summary>
    /// <param name="window">The window.</param>
    /// <param name="score">Sum of log-probabilities of the reference's tokens.</param>
    public float[] Leads(ReferenceWindow window, out double score)
    {
        int content = Encode(window);
        int[] prompt = window.History.Length == 0 ? [] : [model.Tokenizer.StartOfPrevious, .. window.History[^Math.Min(window.History.Length, 223)..]];
        DecodingSettings settings = _attempts.Create(prompt, 0, null, false, 0);
        model.Graphs.Prompt(settings.Prompt, settings.Prompt.Length, [settings.SotIndex, settings.Prompt.Length - 1], CancellationToken.None);
        float[] leads = new float[window.Tokens.Length];
        score = 0;
        for (int step = 0; step < leads.Length; step++)
        {
            Span<float> logits = model.Graphs.Logits(0, step == 0 ? 1 : 0);
            score += Look(logits, window.Tokens, step, settings.Filters, out leads[step]);
            if (step + 1 < leads.Length)
            {
                model.Graphs.Step([window.Tokens[step]], CancellationToken.None);
            }
        }

        return leads;
    }

    /// <summary>Our segments and words for the reference's tokens.</summary>
    public List<SegmentDraft> Words(ReferenceWindow window, double lastSpeech)
    {
        int content = Encode(window);
        DecodingResult result = new()
        {
            Tokens = window.Tokens, Text = "", AverageLogProbability = 0, NoSpeechProbability = 0, CompressionRatio = 0, Temperature = 0, Repeats = false,
        };
        List<SegmentDraft> segments = WindowSegments.Cut(result, model.Tokenizer, window.Seek, content, keepTail: false).Segments;
        new WordAligner(model.Graphs, model.Tokenizer, new TranscriptionOptions(), language, _attempts.Sot).Add(segments, content, lastSpeech, CancellationToken.None);
        return segments;
    }

    private int Encode(ReferenceWindow window)
    {
        int content = (int)Math.Min(WindowKey.FullFrames, mel.ContentFrames - window.Seek);
        new WindowEncoder(model.Graphs, mel).Encode(WindowKey.Full(window.Seek, content), CancellationToken.None);
        return content;
    }

    private double Look(Span<float> logits, int[] tokens, int step, ILogitFilter[] filters, out float lead)
    {
        int begin = model.Tokenizer.TimestampBegin;
        int theirs = tokens[step];
        float[] raw = logits.ToArray();
        TokenRange range = new(0, logits.Length);
        foreach (ILogitFilter filter in filters)
        {
            filter.Apply(logits, tokens.AsSpan(0, step), ref range);
        }

        ReadOnlySpan<float> allowed = logits[range.Begin..range.End];
        int ours = range.Begin + System.Numerics.Tensors.TensorPrimitives.IndexOfMax(allowed);
        bool byRule = ours >= begin != theirs >= begin;

        // where text stands against a timestamp the choice was between all timestamps together and the best text
        float timestamps = _probabilities.LogSumExp(logits[begin..]);
        float text = theirs < begin ? raw[theirs] : raw[ours];
        lead = ours == theirs ? 0 : byRule ? Math.Abs(timestamps - text) : logits[ours] - logits[theirs];
        if (float.IsNegativeInfinity(logits[theirs]))
        {
            lead = float.PositiveInfinity;
        }

        return theirs < range.Begin || theirs >= range.End ? -lead : logits[theirs] - _probabilities.LogSumExp(allowed);
    }
}
