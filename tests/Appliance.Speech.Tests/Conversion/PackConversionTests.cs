using System.Numerics.Tensors;
using System.Text.Json;
using Appliance.Native;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Conversion;

/// <summary>whisper-base converted from the shipped int8 pack, against that pack's own logits over the reference transcript of the bundled clip.</summary>
public sealed class PackConversionTests
{
    private const int Mels = 80;
    private const int WindowFrames = 3000;
    private const int SampleRateHz = 16_000;
    private const int WindowSeconds = 30;
    private const int Capacity = 448;
    private const int Vocabulary = 51_865;

    // start of transcript, English, transcribe; the end of text closes what is fed
    private static readonly long[] Prompt = [50_258, 50_259, 50_359];
    private const long EndOfText = 50_257;

    private static readonly string Share = Path.Combine(RepositoryFolder.Path, "rootfs", "usr", "share", "appliance");
    private static readonly string Base = Path.Combine(Share, "models", "whisper-base");

    [Theory]
    [InlineData("float32", "standard")]
    [InlineData("float16", "standard")]
    public void ConvertedPack_TeacherForcedOverTheReference_AgreesWithTheInt8Pack(string precision, string attention)
    {
        long[] tokens = ReferenceTokens();
        float[] logMel = LogMel();
        using ConvertedPack pack = ConvertedPack.From(Base, precision, attention);

        float[][] expected = Logits(Base, logMel, tokens);
        float[][] actual = Logits(pack.Folder, logMel, tokens);

        double divergence = expected.Zip(actual, Divergence).Average();
        double equal = expected.Zip(actual, (e, a) => TensorPrimitives.IndexOfMax(e) == TensorPrimitives.IndexOfMax(a) ? 1.0 : 0.0).Average();
        TestContext.Current.SendDiagnosticMessage(
            "{0} {1}: {2} tokens, mean KL {3:g3} nats, argmax equal {4:p1}", precision, attention, expected.Length, divergence, equal);
        Assert.InRange(divergence, 0, 0.005);
        Assert.InRange(equal, 0.98, 1);
    }

    private static long[] ReferenceTokens()
    {
        string line = File.ReadLines(SharedFolder.Require("golden", "speech", "reference-greedy.jsonl")).Single(l => l.Contains("\"jfk-11s\"", StringComparison.Ordinal));
        using JsonDocument reference = JsonDocument.Parse(line);
        JsonElement segments = reference.RootElement.GetProperty("segments");
        return [.. segments.EnumerateArray().SelectMany(s => s.GetProperty("tokens").EnumerateArray()).Select(t => t.GetInt64()), EndOfText];
    }

    // the distributions after the prompt and after each token, as in decoding: the prompt in one call, then token by token
    private static float[][] Logits(string folder, float[] logMel, long[] tokens)
    {
        using PackRunner runner = new(folder, Capacity);
        runner.Encode(logMel, Mels);
        return [runner.Decode(Prompt)[^Vocabulary..], .. tokens.SkipLast(1).Select(token => runner.Decode(token))];
    }

    // Kullback-Leibler divergence of two rows of logits, in nats
    private static double Divergence(float[] first, float[] second)
    {
        double[] p = LogSoftmax(first);
        double[] q = LogSoftmax(second);
        return p.Zip(q, (a, b) => Math.Exp(a) * (a - b)).Sum();
    }

    private static double[] LogSoftmax(float[] logits)
    {
        double maximum = logits.Max();
        double sum = Math.Log(logits.Sum(v => Math.Exp(v - maximum))) + maximum;
        return [.. logits.Select(v => v - sum)];
    }

    // the clip's log-mel in a full window, padded with 0.0; the maximum over the clip and 30 s of silence is that of the clip
    private static float[] LogMel()
    {
        float[] samples = new float[WindowSeconds * SampleRateHz];
        using AudioFileReader reader = AudioFileReader.Open(Path.Combine(Share, "clips", "jfk.flac"), new AudioFileOptions());
        int length = 0;
        for (int read = reader.Read(samples); read > 0; read = reader.Read(samples.AsSpan(length)))
        {
            length += read;
        }

        using LogMelExtractor extractor = new(Mels);
        float[] frames = new float[((length / 160) + 8) * Mels];
        int count = extractor.Append(samples.AsSpan(0, length), frames);
        extractor.Finish(frames.AsSpan(count * Mels));
        float[] window = new float[Mels * WindowFrames];
        LogMelExtractor.Normalize(frames.AsSpan(0, length / 160 * Mels), Mels, extractor.Maximum, window, WindowFrames);
        return window;
    }
}
