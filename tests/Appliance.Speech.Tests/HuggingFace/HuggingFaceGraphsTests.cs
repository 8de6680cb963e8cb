using System.Numerics.Tensors;
using Appliance.Speech.Recognition.Graphs;
using Appliance.Speech.Recognition.Graphs.HuggingFace;

namespace Appliance.Speech.Tests.HuggingFace;

/// <summary>The contract of <see cref="IWhisperGraphs"/> over each layout.</summary>
public sealed class HuggingFaceGraphsTests
{
    private static readonly int[] Prompt = [257, 258, 261, 265];

    public static TheoryData<string> Layouts => TinyRandomPack.Layouts;

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Prompt_SomeLogitRows_AreThoseOfTheWhole(string layout)
    {
        using TinyRandomPack pack = TinyRandomPack.Open(layout);
        using HuggingFaceGraphs graphs = Encoded(pack, 1);
        graphs.Prompt(Prompt, 4, [0, 1, 2, 3], CancellationToken.None);
        float[] first = graphs.Logits(0, 0).ToArray();
        float[] last = graphs.Logits(0, 3).ToArray();

        graphs.Prompt(Prompt, 4, [0, 3], CancellationToken.None);

        GoldenAssert.Near(first, graphs.Logits(0, 0), pack.Tolerance);
        GoldenAssert.Near(last, graphs.Logits(0, 1), pack.Tolerance);
        Assert.Throws<ArgumentOutOfRangeException>(() => graphs.Logits(0, 2)[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => graphs.Logits(1, 0)[0]);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Step_Beams_AreWhatEachAloneGives(string layout)
    {
        using TinyRandomPack pack = TinyRandomPack.Open(layout);
        using HuggingFaceGraphs graphs = Encoded(pack, 1);
        float[][] alone = [.. new[] { (72, 101), (80, 90), (75, 33) }.Select(pair => Feed(graphs, pair.Item1, pair.Item2))];

        graphs.Prompt(Prompt, 4, [3], CancellationToken.None);
        graphs.Expand(3);
        graphs.Step([72, 80, 75], CancellationToken.None);
        graphs.Step([101, 90, 33], CancellationToken.None);

        // in q8 rows of one call share a scale of activations
        float tolerance = layout == "merged-quantized" ? 0.5f : pack.Tolerance;
        for (int row = 0; row < 3; row++)
        {
            GoldenAssert.Near(alone[row], graphs.Logits(row, 0), tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Reorder_Beams_ContinueFromTheirParents(string layout)
    {
        using TinyRandomPack pack = TinyRandomPack.Open(layout);
        using HuggingFaceGraphs graphs = Encoded(pack, 1);
        float[][] expected = Beams(graphs, [72, 80, 75], parents: null, [101, 90, 33]);

        float[][] actual = Beams(graphs, [80, 75, 72], parents: [2, 0, 1], [101, 90, 33]);

        for (int row = 0; row < 3; row++)
        {
            GoldenAssert.Near(expected[row], actual[row], pack.Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Step_WithoutShortCuts_GivesTheSame(string layout)
    {
        using TinyRandomPack pack = TinyRandomPack.Open(layout);
        using TinyRandomParts parts = new(pack);
        parts.Encode(pack.Features(1), 1);
        float[][] expected = Run();

        parts.Decoder.Abilities = default;
        float[][] actual = Run();

        Assert.Equal(3, parts.Decoder.Cross.RowsPerWindow);
        for (int row = 0; row < 3; row++)
        {
            GoldenAssert.Near(expected[row], actual[row], pack.Tolerance);
        }

        float[][] Run()
        {
            parts.Decoder.Prompt(Prompt, 4, [3], CancellationToken.None);
            parts.Decoder.Expand(3);
            parts.Decoder.Step([72, 80, 75], CancellationToken.None);
            parts.Decoder.Reorder([2, 2, 0]);
            parts.Decoder.Step([101, 90, 33], CancellationToken.None);
            return [.. Enumerable.Range(0, 3).Select(row => parts.Decoder.Logits(row, 0).ToArray())];
        }
    }

    [Fact]
    public void Expand_TwoWindows_KeepsEachWindowsAudio()
    {
        using TinyRandomPack pack = TinyRandomPack.Open("merged-fp32");
        using HuggingFaceGraphs graphs = pack.OpenGraphs();
        graphs.Encode(pack.Features(1, first: 1), 1, pack.Config.Frames, CancellationToken.None);
        float[] second = Feed(graphs, 72, 101);
        graphs.Encode(pack.Features(2), 2, pack.Config.Frames, CancellationToken.None);

        // twice, since the second run finds cross keys and values that the first has spread
        for (int round = 0; round < 2; round++)
        {
            graphs.Prompt([.. Prompt, .. Prompt], 4, [3], CancellationToken.None);
            graphs.Expand(2);
            graphs.Step([72, 80, 80, 72], CancellationToken.None);
            graphs.Reorder([1, 0, 3, 3]);
            graphs.Step([90, 101, 101, 90], CancellationToken.None);

            GoldenAssert.Near(second, graphs.Logits(2, 0), pack.Tolerance);
        }
    }

    [Theory]
    [InlineData("merged-fp32-attn")]
    [InlineData("merged-fp16-attn")]
    public void Align_GoldenTokens_GivesTheAttentionOfEachStep(string layout)
    {
        using TinyRandomPack pack = TinyRandomPack.Open(layout);
        using HuggingFaceGraphs graphs = Encoded(pack, 1);
        int[] tokens = [.. pack.Golden.Steps.SelectMany(step => step.InputIds[0])];

        // the first call starts from the encoder's states, the third from the keys and values that the second left
        Check(graphs.Align(tokens, CancellationToken.None));
        graphs.Prompt(Prompt, 4, [3], CancellationToken.None);
        Check(graphs.Align(tokens, CancellationToken.None));

        void Check(AlignmentScores scores)
        {
            Assert.True(scores.AfterSoftmax);
            Assert.Equal((pack.Heads.Count, tokens.Length, 1500), (scores.Heads, scores.Tokens, scores.Positions));
            for (int head = 0; head < scores.Heads; head++)
            {
                AlignmentHead place = pack.Heads[head];
                double[] weighted =
                    [.. pack.Golden.Steps.SelectMany(step => step.CrossAttentions![place.Layer].Weighted[0][place.Head])];
                double[] top = [.. pack.Golden.Steps.SelectMany(step => step.CrossAttentions![place.Layer].Top1[0][place.Head])];
                for (int token = 0; token < tokens.Length; token++)
                {
                    ReadOnlySpan<float> row = scores.Values.Span.Slice(((head * tokens.Length) + token) * 1500, 1500);
                    Assert.Equal(weighted[token], Weighted(row), layout == "merged-fp16-attn" ? 0.005 : 1e-5);
                    Assert.Equal(top[token], TensorPrimitives.Max(row), layout == "merged-fp16-attn" ? 0.005 : 1e-5);
                }
            }

            int argmax = pack.Golden.Steps[^1].Logits.Rows[0].LastArgmax;
            Assert.Equal(argmax, TensorPrimitives.IndexOfMax<float>(graphs.Logits(0, tokens.Length - 1)));
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void HasAlignment_PackWithAttentions_OnlyThere(string layout)
    {
        using TinyRandomPack pack = TinyRandomPack.Open(layout);
        using HuggingFaceGraphs graphs = Encoded(pack, 1);

        Assert.Equal(layout.EndsWith("-attn", StringComparison.Ordinal), graphs.HasAlignment);
        if (!graphs.HasAlignment)
        {
            Assert.Throws<InvalidOperationException>(() => graphs.Align(Prompt, CancellationToken.None));
        }
    }

    [Fact]
    public void Calls_ARun_HaveTheirShapes()
    {
        using TinyRandomPack pack = TinyRandomPack.Open("merged-fp32-attn");
        using HuggingFaceGraphs graphs = pack.OpenGraphs();
        graphs.Calls.Record = true;

        graphs.Encode(pack.Features(1), 1, pack.Config.Frames, CancellationToken.None);
        graphs.Prompt(Prompt, 4, [0, 3], CancellationToken.None);
        graphs.Expand(2);
        graphs.Step([72, 80], CancellationToken.None);
        graphs.Align([.. Prompt, 72], CancellationToken.None);

        Assert.Equal(
            [
                new GraphCall(GraphCallKind.Encode, 1, 0, 3000, 0, 0),
                new GraphCall(GraphCallKind.Prompt, 1, 1, 4, 2, 4),
                new GraphCall(GraphCallKind.Step, 1, 2, 1, 1, 5),
                new GraphCall(GraphCallKind.Align, 1, 1, 5, 5, 5),
            ],
            graphs.Calls.Recorded);
        Assert.True(graphs.Calls.EncoderTicks > 0 && graphs.Calls.DecoderTicks > 0);
    }

    [Fact]
    public void Calls_OutOfOrder_AreRefused()
    {
        using TinyRandomPack pack = TinyRandomPack.Open("merged-fp32");
        using HuggingFaceGraphs graphs = pack.OpenGraphs();
        float[] features = pack.Features(1);

        Assert.Throws<InvalidOperationException>(() => graphs.Prompt(Prompt, 4, [3], CancellationToken.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => graphs.Encode(features, 1, 1000, CancellationToken.None));
        Assert.Throws<ArgumentException>(() => graphs.Encode(features, 2, 3000, CancellationToken.None));
        graphs.Encode(features, 1, 3000, CancellationToken.None);
        Assert.Throws<InvalidOperationException>(() => graphs.Step([72], CancellationToken.None));
        Assert.Throws<InvalidOperationException>(() => graphs.Expand(2));
        Assert.Throws<ArgumentException>(() => graphs.Prompt(Prompt, 3, [0], CancellationToken.None));
        Assert.Throws<ArgumentException>(() => graphs.Prompt(Prompt, 4, [3, 0], CancellationToken.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => graphs.Prompt([257, 336], 2, [0], CancellationToken.None));
        graphs.Prompt(Prompt, 4, [3], CancellationToken.None);
        graphs.Expand(2);
        Assert.Throws<InvalidOperationException>(() => graphs.Expand(2));
        Assert.Throws<ArgumentException>(() => graphs.Step([72], CancellationToken.None));
        Assert.Throws<ArgumentException>(() => graphs.Reorder([0, 2]));
    }

    [Fact]
    public void Step_CacheIsFull_IsRefused()
    {
        using TinyRandomPack pack = TinyRandomPack.Open("merged-fp32");
        using HuggingFaceGraphs graphs = Encoded(pack, 1);
        int[] tokens = [.. Enumerable.Repeat(72, pack.Config.TextContext)];

        graphs.Prompt(tokens, tokens.Length, [tokens.Length - 1], CancellationToken.None);

        Assert.Throws<ArgumentException>(() => graphs.Step([72], CancellationToken.None));
    }

    internal static HuggingFaceGraphs Encoded(TinyRandomPack pack, int windows)
    {
        HuggingFaceGraphs graphs = pack.OpenGraphs();
        graphs.Encode(pack.Features(windows), windows, pack.Config.Frames, CancellationToken.None);
        return graphs;
    }

    private static float[] Feed(HuggingFaceGraphs graphs, int first, int second)
    {
        graphs.Prompt(Prompt, 4, [3], CancellationToken.None);
        graphs.Step([first], CancellationToken.None);
        graphs.Step([second], CancellationToken.None);
        return graphs.Logits(0, 0).ToArray();
    }

    private static float[][] Beams(HuggingFaceGraphs graphs, int[] first, int[]? parents, int[] second)
    {
        graphs.Prompt(Prompt, 4, [3], CancellationToken.None);
        graphs.Expand(3);
        graphs.Step(first, CancellationToken.None);
        if (parents is not null)
        {
            graphs.Reorder(parents);
        }

        graphs.Step(second, CancellationToken.None);
        return [graphs.Logits(0, 0).ToArray(), graphs.Logits(1, 0).ToArray(), graphs.Logits(2, 0).ToArray()];
    }

    private static double Weighted(ReadOnlySpan<float> row)
    {
        double sum = 0;
        for (int position = 0; position < row.Length; position++)
        {
            sum += row[position] * (position + 1) / 1500.0;
        }

        return sum;
    }
}
