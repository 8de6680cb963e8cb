using Appliance.Inference.Tensors;
using Appliance.Speech.Recognition.Graphs;
using Appliance.Speech.Recognition.Graphs.HuggingFace;
using Appliance.Testing.Golden;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Tests.HuggingFace;

/// <summary>Each Hugging Face layout against the numbers of ONNX Runtime driven by the exporter's own code.</summary>
public sealed class TinyRandomTests
{
    public static TheoryData<string> Layouts => TinyRandomPack.Layouts;

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Encode_GoldenFeatures_GivesGoldenStates(string layout)
    {
        using TinyRandomPack pack = TinyRandomPack.Open(layout);
        using TinyRandomParts parts = new(pack);

        parts.Encode(pack.Features(1), 1);

        float[] states = new float[pack.Config.AudioContext * pack.Config.StateSize];
        ElementTypes.Read(parts.Encoder.States, parts.Graphs.StatesType, 0, states);
        GoldenAssert.Tensor(pack.Golden.Encoder, states, pack.Tolerance);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Append_GoldenSteps_GiveGoldenLogitsAndCaches(string layout)
    {
        using TinyRandomPack pack = TinyRandomPack.Open(layout);
        using TinyRandomParts parts = new(pack);
        parts.Encode(pack.Features(1), 1);

        foreach (WhisperGoldenStep step in pack.Golden.Steps)
        {
            Feed(parts.Decoder, step, swapped: false);

            GoldenAssert.Logits(step.Logits.Rows[0], token => parts.Decoder.Logits(0, token).ToArray(), pack.Tolerance);
            foreach ((string name, GoldenTensor expected) in step.Kv!)
            {
                GoldenAssert.Tensor(expected, Cache(parts, name), pack.Tolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Append_TwoWindows_GiveGoldenLogits(string layout)
    {
        using TinyRandomPack pack = TinyRandomPack.Open(layout);
        using TinyRandomParts parts = new(pack);
        parts.EncodeTogether(pack.Features(2), 2);
        bool swapped = false;

        foreach (WhisperGoldenStep step in pack.Golden.Batch2.Steps)
        {
            // swapping all rows of keys and values is the same as swapping the tokens' rows
            swapped ^= step.SwapKvRowsBefore;
            Feed(parts.Decoder, step, swapped);

            for (int row = 0; row < 2; row++)
            {
                int actual = swapped ? 1 - row : row;
                GoldenAssert.Logits(
                    step.Logits.Rows[row], token => parts.Decoder.Logits(actual, token).ToArray(), pack.Tolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Prompt_AgainOnTheSameAudio_DoesNotReadTheStates(string layout)
    {
        using TinyRandomPack pack = TinyRandomPack.Open(layout);
        using TinyRandomParts parts = new(pack);
        parts.Encode(pack.Features(1), 1);
        WhisperGoldenStep step = pack.Golden.Steps[0];
        Feed(parts.Decoder, step, swapped: false);
        parts.Encoder.States.Elements<byte>(0, pack.Config.AudioContext * pack.Config.StateSize * sizeof(ushort)).Clear();

        parts.Decoder.Prompt(step.InputIds[0], 4, [0, 1, 2, 3], CancellationToken.None);

        // a merged graph that picks its branch by the past's length cannot start on an empty past
        Assert.Equal(layout != "merged-no-branch", parts.Decoder.Abilities.StartsCached);
        if (parts.Decoder.Abilities.StartsCached)
        {
            GoldenAssert.Logits(step.Logits.Rows[0], token => parts.Decoder.Logits(0, token).ToArray(), pack.Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Expand_Beams_ShareTheirWindowsCrossKeysAndValues(string layout)
    {
        using TinyRandomPack pack = TinyRandomPack.Open(layout);
        using TinyRandomParts parts = new(pack);
        parts.Encode(pack.Features(1), 1);
        parts.Decoder.Prompt(pack.Golden.Steps[0].InputIds[0], 4, [3], CancellationToken.None);

        parts.Decoder.Expand(5);

        Assert.True(parts.Decoder.Abilities.SharesCross);
        Assert.Equal(1, parts.Decoder.Cross.RowsPerWindow);
    }

    private static void Feed(TextDecoder decoder, WhisperGoldenStep step, bool swapped)
    {
        int[][] rows = swapped ? [.. step.InputIds.Reverse()] : step.InputIds;
        int[] tokens = [.. rows.SelectMany(row => row)];
        int length = rows[0].Length;
        int[] all = [.. Enumerable.Range(0, length)];
        if (decoder.Self.Length == 0)
        {
            decoder.Prompt(tokens, length, all, CancellationToken.None);
        }
        else if (length == 1)
        {
            decoder.Step(tokens, CancellationToken.None);
        }
        else
        {
            decoder.Append(tokens, length, all, CancellationToken.None);
        }
    }

    private static float[] Cache(TinyRandomParts parts, string name)
    {
        string[] words = name.Split('.');
        int tensor = (2 * int.Parse(words[1])) + (words[3] == "key" ? 0 : 1);
        SelfCache self = parts.Decoder.Self;
        using OrtValue value = words[2] == "decoder"
            ? self.View(tensor, self.Rows, self.Length, self.Length & 1)
            : parts.Decoder.Cross.View(tensor, 1);
        return parts.Graphs.CacheType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float
            ? value.GetTensorDataAsSpan<float>().ToArray()
            : [.. value.GetTensorDataAsSpan<Float16>().ToArray().Select(half => (float)half)];
    }
}
