using System.Numerics.Tensors;
using System.Text.Json;
using Appliance.Inference.Sessions;
using Appliance.Native;
using Appliance.Speech.Recognition.Graphs;
using Appliance.Speech.Recognition.Graphs.HuggingFace;
using Appliance.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Tests.HuggingFace;

/// <summary>Real weights (q8, merged, with attentions) over a real clip, against the golden.json of the pack.</summary>
public sealed class WhisperTinyEnTests : IDisposable
{
    private readonly string _folder = SharedFolder.Require("models", "whisper-tiny.en");
    private readonly JsonDocument _golden;
    private readonly SessionFactory _sessions = new(new SessionSettings { Providers = ["cpu"], Threads = 1 });
    private readonly HuggingFaceGraphs _graphs;
    private readonly int[] _ids;
    private readonly int[] _suppressed;

    public WhisperTinyEnTests()
    {
        _golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "golden.json")));
        _ids = Integers(_golden.RootElement.GetProperty("ids_cache"));
        using JsonDocument generation = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "generation_config.json")));
        _suppressed = Integers(generation.RootElement.GetProperty("suppress_tokens"));
        WhisperConfig config = WhisperConfig.Read(_folder);
        string onnx = Path.Combine(_folder, "onnx");
        _graphs = new HuggingFaceGraphs(
            HuggingFaceSessions.Open(
                _folder,
                Path.Combine(onnx, "encoder_model_quantized.onnx"),
                Path.Combine(onnx, "decoder_model_merged_quantized.onnx"),
                withPastPath: null,
                _sessions),
            config,
            AlignmentHeads.Read(_folder, config));
        _graphs.Encode(Jfk(), 1, 3000, CancellationToken.None);
    }

    public void Dispose()
    {
        _graphs.Dispose();
        _sessions.Dispose();
        _golden.Dispose();
    }

    [Fact]
    public void Step_Greedy_GivesGoldenTokens()
    {
        List<int> ids = [.. _ids[..2]];
        _graphs.Prompt(_ids.AsSpan(0, 2), 2, [1], CancellationToken.None);
        for (int step = 0; ids.Count < _ids.Length; step++)
        {
            CheckRaw(step, _graphs.Logits(0, 0));
            ids.Add(Best(_graphs.Logits(0, 0), first: step == 0));
            _graphs.Step([ids[^1]], CancellationToken.None);
        }

        Assert.Equal(_ids, ids);
        Assert.Equal(50256, Best(_graphs.Logits(0, 0), first: false));
    }

    [Fact]
    public void Prompt_WholeTextEachTime_GivesGoldenTokens()
    {
        int[] expected = Integers(_golden.RootElement.GetProperty("ids_no_cache"));
        List<int> ids = [.. expected[..2]];
        while (ids.Count < expected.Length)
        {
            _graphs.Prompt([.. ids], ids.Count, [ids.Count - 1], CancellationToken.None);
            ids.Add(Best(_graphs.Logits(0, 0), first: ids.Count == 2));
        }

        Assert.Equal(expected, ids);
    }

    [Fact]
    public void Align_GoldenText_LooksWhereEachStepLooked()
    {
        AlignmentScores scores = _graphs.Align(_ids, CancellationToken.None);

        // a row of the text is a step of the golden decode; q8 scales a whole text's activations together, so a few may differ
        int rows = 0;
        int near = 0;
        int head = 0;
        foreach (JsonProperty frames in _golden.RootElement.GetProperty("cross_attentions_argmax_per_step").EnumerateObject())
        {
            int[] expected = Integers(frames.Value);
            for (int step = 0; step < expected.Length; step++, rows++)
            {
                int at = ((head * scores.Tokens) + step + 1) * scores.Positions;
                int actual = TensorPrimitives.IndexOfMax(scores.Values.Span.Slice(at, scores.Positions));
                near += Math.Abs(actual - expected[step]) <= 5 ? 1 : 0;
            }

            head++;
        }

        Assert.Equal(8, head);
        Assert.InRange(near, rows * 9 / 10, rows);
    }

    [Fact]
    public async Task Encode_CancelledInsideTheCall_EndsIt()
    {
        float[] features = Jfk();
        OperationCanceledException? ended = null;

        // the timer may be late or early on a busy machine: until it strikes while ONNX Runtime is at work
        for (int milliseconds = 10; ended?.InnerException is not OnnxRuntimeException && milliseconds < 200; milliseconds += 10)
        {
            using CancellationTokenSource source = new();
            source.CancelAfter(milliseconds);
            ended = await Record.ExceptionAsync(
                () => Task.Run(() => _graphs.Encode(features, 1, 3000, source.Token), CancellationToken.None))
                as OperationCanceledException;
        }

        Assert.IsType<OnnxRuntimeException>(ended?.InnerException);
        Assert.Throws<InvalidOperationException>(() => _graphs.Prompt([50257], 1, [0], CancellationToken.None));
        _graphs.Encode(features, 1, 3000, CancellationToken.None);
    }

    private void CheckRaw(int step, Span<float> logits)
    {
        JsonElement golden = _golden.RootElement;
        Assert.Equal(golden.GetProperty("argmax_per_step_raw")[step].GetInt32(), TensorPrimitives.IndexOfMax<float>(logits));

        // q8 logits move with the processor's and ONNX Runtime's kernels: by 0.5 here, and by 2.5 between q8 and float32
        Assert.Equal(golden.GetProperty("max_logit_per_step")[step].GetDouble(), TensorPrimitives.Max<float>(logits), 1.5);
        if (step == 0)
        {
            double[] first = [.. golden.GetProperty("last_first32_step0").EnumerateArray().Select(value => value.GetDouble())];
            GoldenAssert.Near(first, logits[..32], 1);
        }
    }

    // speech.md §2.3: blank and end of text at the first step, the list at every step
    private int Best(Span<float> logits, bool first)
    {
        foreach (int token in first ? [220, 50256, .. _suppressed] : _suppressed)
        {
            logits[token] = float.NegativeInfinity;
        }

        return TensorPrimitives.IndexOfMax<float>(logits);
    }

    private static int[] Integers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetInt32())];

    private float[] Jfk()
    {
        using AudioFileReader reader = AudioFileReader.Open(
            SharedFolder.Require("corpus", "audio", "jfk-11s.flac"), new AudioFileOptions());
        float[] samples = new float[176_000];
        int count = 0;
        for (int read = 1; read > 0 && count < samples.Length; count += read)
        {
            read = reader.Read(samples.AsSpan(count));
        }

        using LogMelExtractor extractor = new(80);
        float[] frames = new float[80 * 1200];
        int written = extractor.Append(samples, frames);
        written += extractor.Finish(frames.AsSpan(written * 80));
        float[] window = new float[80 * 3000];
        window.AsSpan().Fill((extractor.Maximum - 8 + 4) / 4);
        LogMelExtractor.Normalize(frames.AsSpan(0, written * 80), 80, extractor.Maximum, window, 3000);
        JsonElement golden = _golden.RootElement.GetProperty("features");
        Assert.Equal(golden.GetProperty("sum").GetDouble(), GoldenAssert.Sum(window, value => value), 5.0);
        return window;
    }
}
