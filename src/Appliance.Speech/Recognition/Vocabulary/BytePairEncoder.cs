using System.Buffers;
using System.Text;

namespace Appliance.Speech.Recognition.Vocabulary;

/// <summary>
/// Byte pair encoding by rank, as the original's tokenizer does it: of all neighbours whose joined bytes are a token, those with
/// the lowest id are joined first, the leftmost of equals. Thread-safe.
/// </summary>
/// <remarks>
/// Microsoft.ML.Tokenizers is not used for this. Its BpeTokenizer goes by the list of merges, and the multilingual packs lack the
/// first merge, "Ġ t": it never finds token 256, " t". Its TiktokenTokenizer is exact (the tests compare with it), but reads only
/// its own base64 file, which would have to be written from these tokens at every start, and takes longer for that than the rest
/// of the vocabulary does.
/// </remarks>
internal sealed class BytePairEncoder(TokenTable tokens)
{
    /// <summary>Appends the tokens of a text; names of special tokens in it are plain text.</summary>
    public void Encode(ReadOnlySpan<char> text, List<int> ids)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        TextPieces pieces = new(text);
        while (pieces.MoveNext())
        {
            EncodePiece(bytes.AsSpan(0, Encoding.UTF8.GetBytes(pieces.Current, bytes)), ids);
        }

        ArrayPool<byte>.Shared.Return(bytes);
    }

    private void EncodePiece(ReadOnlySpan<byte> piece, List<int> ids)
    {
        if (tokens.TryFind(piece, out int whole))
        {
            ids.Add(whole);
            return;
        }

        // ends[i] is where the part that begins at i ends, 0 when no part begins there; a queue keeps long pieces from costing n²
        int[] ends = new int[piece.Length];
        PriorityQueue<Pair, long> pairs = new();
        for (int i = 0; i < ends.Length; i++)
        {
            ends[i] = i + 1;
            Offer(piece, i, i + 1, i + 2, pairs);
        }

        Merge(piece, ends, pairs);
        for (int begin = 0; begin < piece.Length; begin = ends[begin])
        {
            if (!tokens.TryFind(piece[begin..ends[begin]], out int id))
            {
                throw new InvalidOperationException($"the vocabulary has no token for the byte 0x{piece[begin]:X2}");
            }

            ids.Add(id);
        }
    }

    private void Merge(ReadOnlySpan<byte> piece, int[] ends, PriorityQueue<Pair, long> pairs)
    {
        // begins[e] is where the part that ends at e begins
        int[] begins = new int[piece.Length + 1];
        for (int i = 0; i < piece.Length; i++)
        {
            begins[i + 1] = i;
        }

        while (pairs.TryDequeue(out Pair pair, out _))
        {
            bool isStale = ends[pair.Begin] != pair.Middle || ends[pair.Middle] != pair.End;
            if (isStale)
            {
                continue;
            }

            ends[pair.Begin] = pair.End;
            ends[pair.Middle] = 0;
            begins[pair.End] = pair.Begin;
            if (pair.Begin > 0)
            {
                Offer(piece, begins[pair.Begin], pair.Begin, pair.End, pairs);
            }

            if (pair.End < piece.Length)
            {
                Offer(piece, pair.Begin, pair.End, ends[pair.End], pairs);
            }
        }
    }

    private void Offer(ReadOnlySpan<byte> piece, int begin, int middle, int end, PriorityQueue<Pair, long> pairs)
    {
        if (end <= piece.Length && tokens.TryFind(piece[begin..end], out int rank))
        {
            pairs.Enqueue(new Pair(begin, middle, end), ((long)rank << 32) | (uint)begin);
        }
    }

    private readonly record struct Pair(int Begin, int Middle, int End);
}
