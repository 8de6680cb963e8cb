namespace Appliance.Speech.Features;

/// <summary>
/// Mel frames in blocks of 10 s, so that growing copies nothing. It keeps all of them, or after <see cref="KeepOnly"/> the most
/// recent ones.
/// </summary>
internal sealed class MelFrameStore : IMelFrames, IDisposable
{
    /// <summary>Frames a block.</summary>
    public const int BlockFrames = 1000;

    private readonly List<MelFrameBlock> _blocks = [];
    private readonly int _melCount;
    private readonly int _marginFrames;
    private int _blockLimit = int.MaxValue;

    /// <param name="melCount">Mel bins a frame.</param>
    /// <param name="appendFrames">Most frames that are appended at once.</param>
    public MelFrameStore(int melCount, int appendFrames)
    {
        _melCount = melCount;
        _marginFrames = appendFrames;
    }

    /// <summary>Frames appended so far.</summary>
    public long FrameCount { get; private set; }

    /// <summary>The first frame that is still there.</summary>
    public long FirstFrame { get; private set; }

    private long CapacityEnd => FirstFrame + ((long)_blocks.Count * BlockFrames);

    /// <summary>From now on keeps that many blocks, at least two, and frees the others.</summary>
    public void KeepOnly(int blocks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 2);
        _blockLimit = blocks;
        while (_blocks.Count > blocks)
        {
            TakeFirstBlock().Dispose();
        }
    }

    /// <summary>Forgets all frames.</summary>
    public void Clear()
    {
        Dispose();
        _blocks.Clear();
        FrameCount = 0;
        FirstFrame = 0;
    }

    /// <summary>Where the next frames are to be written: room for as many as are appended at once.</summary>
    public Span<float> Room()
    {
        if (FrameCount == CapacityEnd)
        {
            AddBlock();
        }

        return _blocks[BlockOf(FrameCount)].Floats[(OffsetOf(FrameCount) * _melCount)..];
    }

    /// <summary>Takes in what was written to <see cref="Room"/>.</summary>
    public void Append(int frames)
    {
        int block = BlockOf(FrameCount);
        int used = OffsetOf(FrameCount) + frames;
        FrameCount += frames;
        if (used > BlockFrames)
        {
            // the block has a margin for what belongs to the next one
            Span<float> overflow = _blocks[block].Floats[(BlockFrames * _melCount)..(used * _melCount)];
            overflow.CopyTo(AddBlock().Floats);
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Run(long first, long end)
    {
        if (first < FirstFrame || end > FrameCount || first >= end)
        {
            throw new ArgumentOutOfRangeException(nameof(first), $"mel frames {first} to {end} are not among those kept, {FirstFrame} to {FrameCount}");
        }

        int offset = OffsetOf(first);
        int frames = (int)Math.Min(end - first, BlockFrames - offset);
        return _blocks[BlockOf(first)].Floats.Slice(offset * _melCount, frames * _melCount);
    }

    /// <inheritdoc/>
    public void Dispose() => _blocks.ForEach(block => block.Dispose());

    private MelFrameBlock AddBlock()
    {
        MelFrameBlock block = _blocks.Count < _blockLimit ? new MelFrameBlock((BlockFrames + _marginFrames) * _melCount) : TakeFirstBlock();
        _blocks.Add(block);
        return block;
    }

    private MelFrameBlock TakeFirstBlock()
    {
        MelFrameBlock first = _blocks[0];
        _blocks.RemoveAt(0);
        FirstFrame += BlockFrames;
        return first;
    }

    private int BlockOf(long frame) => (int)((frame - FirstFrame) / BlockFrames);

    private static int OffsetOf(long frame) => (int)(frame % BlockFrames);
}
