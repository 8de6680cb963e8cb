using Appliance.Speech.Recognition.Graphs;
using Appliance.Speech.Recognition.Graphs.SplitCrossKv;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Tests.Graphs;

/// <summary>Beams are re-ordered by copying as little as possible; here against copying everything.</summary>
public sealed class SelfCacheTests
{
    private const int Heads = 2;
    private const int Capacity = 24;
    private const int RowElements = Heads * Capacity * SplitCrossKvSignature.HeadSize;

    [Fact]
    public void Reorder_RandomBeams_EqualsCopyingEverything()
    {
        Random random = new(7);
        for (int round = 0; round < 200; round++)
        {
            int rows = random.Next(1, 7);
            using SelfCache cache = Start(rows, prompt: [9, 8, 7]);
            int[][] expected = [.. Enumerable.Range(0, rows).Select(_ => (int[])[9, 8, 7])];
            for (int step = 0; step < 12; step++)
            {
                int[] parents = [.. Enumerable.Range(0, rows).Select(_ => random.Next(rows))];
                int[] tokens = [.. Enumerable.Range(0, rows).Select(_ => random.Next(3))];
                cache.Reorder(parents);
                expected = [.. parents.Select((parent, row) => (int[])[.. expected[parent], tokens[row]])];
                Feed(cache, tokens, expected);
                Check(cache, expected);
            }
        }
    }

    [Fact]
    public void Expand_Rows_StandSideBySide()
    {
        using SelfCache cache = new(Signature());
        cache.Start(2);
        cache.Append([1, 2, 3, 4], 2);
        Write(cache, 0, [1, 2]);
        Write(cache, 1, [3, 4]);

        cache.Expand(3);

        Check(cache, [[1, 2], [1, 2], [1, 2], [3, 4], [3, 4], [3, 4]]);
    }

    [Fact]
    public void Keep_SomeRows_StandAtTheFront()
    {
        using SelfCache cache = new(Signature());
        cache.Start(3);
        cache.Append([1, 2, 3, 4, 5, 6], 2);
        Write(cache, 0, [1, 2]);
        Write(cache, 1, [3, 4]);
        Write(cache, 2, [5, 6]);

        cache.Keep([1, 2]);

        Check(cache, [[3, 4], [5, 6]]);
    }

    private static SplitCrossKvSignature Signature() => new()
    {
        Element = TensorElementType.Float,
        AlignmentHeads = 0,
        Dimensions = new WhisperDimensions
        {
            MelCount = 80, AudioContext = 1500, TextContext = Capacity, VocabularySize = 100, DecoderLayers = 2, DecoderHeads = Heads,
        },
    };

    private static SelfCache Start(int rows, int[] prompt)
    {
        SelfCache cache = new(Signature());
        cache.Start(1);
        cache.Append(prompt, prompt.Length);
        Write(cache, 0, prompt);
        cache.Expand(rows);
        return cache;
    }

    private static void Feed(SelfCache cache, int[] tokens, int[][] histories)
    {
        cache.Append(tokens, 1);
        for (int row = 0; row < tokens.Length; row++)
        {
            WriteEntry(cache, row, histories[row], histories[row].Length - 1);
        }
    }

    private static void Write(SelfCache cache, int row, int[] history)
    {
        for (int position = 0; position < history.Length; position++)
        {
            WriteEntry(cache, row, history, position);
        }
    }

    /// <summary>An entry depends on all tokens up to it, as in a real decoder.</summary>
    private static float Entry(int[] history, int position, int tensor, int head)
    {
        float value = (tensor * 7) + head;
        for (int i = 0; i <= position; i++)
        {
            value = (value * 1.7f) + history[i];
        }

        return value;
    }

    private static void WriteEntry(SelfCache cache, int row, int[] history, int position)
    {
        for (int tensor = 0; tensor < cache.Count; tensor++)
        {
            using OrtValue view = cache.View(tensor);
            Span<float> data = view.GetTensorMutableDataAsSpan<float>();
            for (int head = 0; head < Heads; head++)
            {
                data.Slice((row * RowElements) + (((head * Capacity) + position) * SplitCrossKvSignature.HeadSize), SplitCrossKvSignature.HeadSize)
                    .Fill(Entry(history, position, tensor, head));
            }
        }
    }

    private static void Check(SelfCache cache, int[][] expected)
    {
        Assert.Equal(expected.Length, cache.Rows);
        for (int tensor = 0; tensor < cache.Count; tensor++)
        {
            using OrtValue view = cache.View(tensor);
            ReadOnlySpan<float> data = view.GetTensorDataAsSpan<float>();
            for (int row = 0; row < expected.Length; row++)
            {
                for (int i = 0; i < expected[row].Length * Heads; i++)
                {
                    (int head, int position) = Math.DivRem(i, expected[row].Length);
                    float value = data[(row * RowElements) + (((head * Capacity) + position) * SplitCrossKvSignature.HeadSize) + 63];
                    Assert.Equal(Entry(expected[row], position, tensor, head), value);
                }
            }
        }
    }
}
