using Appliance.Speech.Recognition.Graphs;
using Appliance.Speech.Recognition.Graphs.HuggingFace;

namespace Appliance.Speech.Tests.HuggingFace;

/// <summary>What the token loop costs besides ONNX Runtime, and how it is ended.</summary>
public sealed class SteadyStateTests
{
    private static readonly int[] Prompt = [257, 258, 261, 265];

    public static TheoryData<string> Layouts => TinyRandomPack.Layouts;

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Step_SecondDecodeOfALength_AllocatesNothing(string layout)
    {
        using TinyRandomPack pack = TinyRandomPack.Open(layout);
        using HuggingFaceGraphs graphs = HuggingFaceGraphsTests.Encoded(pack, 1);
        using CancellationTokenSource source = new();
        Decode(graphs, 5, steps: 40, source.Token);

        Assert.Equal(0, Decode(graphs, 5, steps: 40, source.Token));
    }

    [Fact]
    public void Step_PromptOfAnotherLength_UsesTheSameBindings()
    {
        using TinyRandomPack pack = TinyRandomPack.Open("merged-fp32");
        using TinyRandomParts parts = new(pack);
        parts.Encode(pack.Features(1), 1);
        Run(Prompt);
        int kept = parts.Decoder.KeptBindings;

        Run([.. Prompt, 72]);

        Assert.Equal(20, kept);
        Assert.Equal(21, parts.Decoder.KeptBindings);

        void Run(int[] prompt)
        {
            parts.Decoder.Prompt(prompt, prompt.Length, [prompt.Length - 1], CancellationToken.None);
            for (int step = 0; step < 20; step++)
            {
                parts.Decoder.Step([101], CancellationToken.None);
            }
        }
    }

    [Fact]
    public void Step_ManyNumbersOfRows_KeepsBindingsOfTheLastFew()
    {
        using TinyRandomPack pack = TinyRandomPack.Open("merged-fp32");
        using TinyRandomParts parts = new(pack);
        parts.Encode(pack.Features(1), 1);

        // the widest first: growing would move memory and drop all
        foreach (int rows in new[] { 6, 5, 4, 3, 2 })
        {
            parts.Decoder.Prompt(Prompt, 4, [3], CancellationToken.None);
            parts.Decoder.Expand(rows);
            for (int step = 0; step < 5; step++)
            {
                parts.Decoder.Step(new int[rows], CancellationToken.None);
            }
        }

        Assert.Equal(15, parts.Decoder.KeptBindings);
    }

    [Fact]
    public void Step_TokenCancelled_ThrowsAndTheRunGoesOn()
    {
        using TinyRandomPack pack = TinyRandomPack.Open("merged-fp32");
        using HuggingFaceGraphs graphs = HuggingFaceGraphsTests.Encoded(pack, 1);
        using CancellationTokenSource source = new();
        graphs.Prompt(Prompt, 4, [3], source.Token);
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => graphs.Step([72], source.Token));
        graphs.Step([72], CancellationToken.None);

        GoldenAssert.Near(pack.Golden.Steps[1].Logits.Rows[0].LastFirst32, graphs.Logits(0, 0)[..32], pack.Tolerance);
    }

    [Fact]
    public async Task Encode_CancelledWhileItRuns_EndsWithinTheCall()
    {
        using TinyRandomPack pack = TinyRandomPack.Open("merged-fp32");
        using HuggingFaceGraphs graphs = pack.OpenGraphs();
        float[] features = pack.Features(40);
        using CancellationTokenSource source = new();
        graphs.Encode(features, 1 + 39, pack.Config.Frames, CancellationToken.None);
        long whole = graphs.Calls.EncoderTicks;
        graphs.Calls.Clear();

        Task encoding = Task.Run(
            () => graphs.Encode(features, 40, pack.Config.Frames, source.Token), TestContext.Current.CancellationToken);
        source.CancelAfter(TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond * 20));

        OperationCanceledException ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => encoding);
        Assert.Equal(source.Token, ended.CancellationToken);
        Assert.InRange(graphs.Calls.EncoderTicks, 0, whole - 1);
        Assert.Throws<InvalidOperationException>(() => graphs.Prompt(Prompt, 4, [3], CancellationToken.None));

        graphs.Encode(pack.Features(1), 1, pack.Config.Frames, CancellationToken.None);
        graphs.Prompt(Prompt, 4, [3], CancellationToken.None);
        GoldenAssert.Near(pack.Golden.Steps[0].Logits.Rows[0].LastFirst32, graphs.Logits(0, 0)[..32], pack.Tolerance);
    }

    private static long Decode(HuggingFaceGraphs graphs, int rows, int steps, CancellationToken cancellationToken)
    {
        int[] tokens = new int[rows];
        int[] parents = [1, 0, 2, 2, 3];
        graphs.Prompt(Prompt, 4, [3], cancellationToken);
        graphs.Expand(rows);
        float sum = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < steps; step++)
        {
            graphs.Step(tokens, cancellationToken);
            graphs.Reorder(parents);
            sum += graphs.Logits(rows - 1, 0)[0];
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(float.IsFinite(sum));
        return allocated;
    }
}
