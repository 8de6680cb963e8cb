using Appliance.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>The small inputs of a decoder call: tokens, their positions, and the switches.</summary>
/// <param name="capacity">Most tokens a row.</param>
internal sealed class TokenInputs(int capacity) : IDisposable
{
    // far enough apart for each to start on a line of its own
    private const int FalseOffset = 0;
    private const int TrueOffset = 64;
    private const int ZeroOffset = 128;
    private const int SwitchBytes = 192;

    private readonly NativeBuffer _tokens = new();
    private readonly NativeBuffer _positions = new();
    private readonly NativeBuffer _switches = new();

    /// <summary>Makes room; true when memory moved.</summary>
    public bool Reserve(int rows)
    {
        if (_switches.Reserve(SwitchBytes))
        {
            Span<byte> switches = _switches.Elements<byte>(0, SwitchBytes);
            switches.Clear();
            switches[TrueOffset] = 1;
        }

        return _positions.Reserve((long)capacity * sizeof(long)) | _tokens.Reserve((long)rows * capacity * sizeof(long));
    }

    /// <summary>Overwrites tokens and positions in place.</summary>
    public void Write(ReadOnlySpan<int> tokens, int length, int past)
    {
        Span<long> target = _tokens.Elements<long>(0, tokens.Length);
        for (int index = 0; index < tokens.Length; index++)
        {
            target[index] = tokens[index];
        }

        Span<long> positions = _positions.Elements<long>(0, length);
        for (int index = 0; index < length; index++)
        {
            positions[index] = past + index;
        }
    }

    /// <summary>input_ids.</summary>
    public OrtValue Tokens(int rows, int length) => _tokens.View(TensorElementType.Int64, [rows, length]);

    /// <summary>cache_position.</summary>
    public OrtValue Positions(int length) => _positions.View(TensorElementType.Int64, [length]);

    /// <summary>use_cache_branch.</summary>
    public OrtValue Switch(bool on) => _switches.View(TensorElementType.Bool, [1], on ? TrueOffset : FalseOffset);

    /// <summary>num_logits_to_keep: 0, for all. Its rank differs.</summary>
    public OrtValue Zero(int rank) =>
        _switches.View(TensorElementType.Int64, [.. Enumerable.Repeat(1L, rank)], ZeroOffset);

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _tokens.Dispose();
        _positions.Dispose();
        _switches.Dispose();
    }
}
