namespace Appliance.Speech.Recognition.Vocabulary;

/// <summary>The text tokens of a vocabulary: bytes by id, and id by bytes. Immutable.</summary>
internal sealed class TokenTable
{
    private readonly byte[][] _tokens;

    // open addressing, id + 1 in each taken slot; a third full at most
    private readonly int[] _slots;

    /// <summary>Takes the bytes of each id; an empty one is a gap in the vocabulary.</summary>
    public TokenTable(byte[][] tokens)
    {
        _tokens = tokens;
        _slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(tokens.Length * 2) + 1)];
        for (int id = 0; id < tokens.Length; id++)
        {
            int slot = Find(tokens[id]);
            if (_slots[slot] == 0 && tokens[id].Length > 0)
            {
                _slots[slot] = id + 1;
            }
        }
    }

    /// <summary>Number of text tokens.</summary>
    public int Count => _tokens.Length;

    /// <summary>Bytes of one token.</summary>
    public ReadOnlySpan<byte> this[int id] => _tokens[id];

    /// <summary>Finds the token of these bytes.</summary>
    public bool TryFind(ReadOnlySpan<byte> bytes, out int id)
    {
        id = _slots[Find(bytes)] - 1;
        return id >= 0;
    }

    private int Find(ReadOnlySpan<byte> bytes)
    {
        int mask = _slots.Length - 1;
        int slot = Hash(bytes) & mask;
        while (_slots[slot] != 0 && !bytes.SequenceEqual(_tokens[_slots[slot] - 1]))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        // FNV-1a, then its high bits folded down: the table takes the low ones
        uint hash = 2166136261;
        foreach (byte value in bytes)
        {
            hash = (hash ^ value) * 16777619;
        }

        return (int)(hash ^ (hash >> 15));
    }
}
