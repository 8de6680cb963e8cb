using System.Numerics.Tensors;
using Appliance.Inference.Models;
using Appliance.Inference.Tensors;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>
/// Finds out what a decoder can do, by running it over two positions of made-up audio with and without each short cut. It also
/// shows at load, and not at the first window, that the graphs run at all. Exporters have changed their graphs often (a cached branch
/// traced with one token may lack the causal mask for several), so only the numbers count.
/// </summary>
internal sealed class DecoderProbe : IDisposable
{
    // rounding gives 1e-6, a missing mask 0.6
    private const double Tolerance = 0.01;
    private const int FewPositions = 2;

    private readonly WhisperConfig _config;
    private readonly GraphRunner _runner;
    private readonly TextDecoder _decoder;
    private readonly NativeBuffer _states = new();
    private readonly int[] _tokens;

    private DecoderProbe(DecoderGraphs graphs, WhisperConfig config, string folder)
    {
        int fixedPositions = graphs.Full.Signature.States!.Dimensions[1];
        int positions = fixedPositions > 0 ? fixedPositions : FewPositions;
        _config = config;
        _tokens = [config.VocabularySize - 1, config.VocabularySize / 2, config.VocabularySize / 3];
        _runner = new GraphRunner(folder);
        _runner.Quieten();
        _decoder = new TextDecoder(graphs, config, [], positions, _runner);
        MakeStates(positions * config.StateSize, graphs);
    }

    /// <summary>Probes the graphs.</summary>
    /// <exception cref="ModelException">They do not run even as their layout promises.</exception>
    public static DecoderAbilities Run(DecoderGraphs graphs, WhisperConfig config, string folder)
    {
        using DecoderProbe probe = new(graphs, config, folder);
        float[] prompt = probe.Prompt();
        float[] step = probe.Step();
        return new DecoderAbilities(
            graphs.CanStartCached && probe.Agrees(new(StartsCached: true, SharesCross: false), prompt, step: null),
            probe.Agrees(new(StartsCached: false, SharesCross: true), prompt: null, step));
    }

    /// <summary>Frees the probe's buffers.</summary>
    public void Dispose()
    {
        _decoder.Dispose();
        _runner.Dispose();
        _states.Dispose();
    }

    private void MakeStates(int count, DecoderGraphs graphs)
    {
        float[] values = new float[count];
        for (int index = 0; index < count; index++)
        {
            values[index] = MathF.Sin(index * 1.7f) * 1.4f;
        }

        _states.Reserve((long)count * ElementTypes.Bytes(graphs.StatesType));
        ElementTypes.Write(values, _states, graphs.StatesType);
        _decoder.Start(_states, 1);
    }

    private float[] Prompt()
    {
        _decoder.Prompt(_tokens, _tokens.Length, [0, 1, 2], CancellationToken.None);
        return Logits(1, _tokens.Length);
    }

    private float[] Step()
    {
        _decoder.Expand(2);
        _decoder.Step(_tokens.AsSpan(0, 2), CancellationToken.None);
        return Logits(2, 1);
    }

    private bool Agrees(DecoderAbilities abilities, float[]? prompt, float[]? step)
    {
        _decoder.Abilities = abilities;
        try
        {
            float[] prompted = Prompt();
            return prompt is null ? Agree(step!, Step()) : Agree(prompt, prompted);
        }
        catch (ModelException)
        {
            return false;
        }
    }

    private float[] Logits(int rows, int length)
    {
        float[] all = new float[rows * length * _config.VocabularySize];
        for (int row = 0; row < rows * length; row++)
        {
            _decoder.Logits(row / length, row % length).CopyTo(all.AsSpan(row * _config.VocabularySize));
        }

        return all;
    }

    private static bool Agree(float[] expected, float[] actual)
    {
        float spread = TensorPrimitives.StdDev<float>(expected);
        return TensorPrimitives.Distance<float>(expected, actual) / Math.Sqrt(expected.Length) < Tolerance * spread;
    }
}
