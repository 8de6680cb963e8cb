namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>
/// Puts the copies that give each row its parent's contents into an order in which no row is overwritten while another still needs
/// it: one copy for each row that changes, and one more for each ring of rows that change places.
/// </summary>
internal sealed class RowMoves
{
    /// <summary>The spare row.</summary>
    public const int Scratch = -1;

    private int[] _sources = [];
    private int[] _readers = [];
    private RowMove[] _moves = [];
    private int _count;

    /// <summary>The moves, in order; valid until the next call.</summary>
    public ReadOnlySpan<RowMove> Plan(ReadOnlySpan<int> parents)
    {
        int waiting = Start(parents);
        while (waiting > 0)
        {
            int done = MoveUnread();
            waiting -= done;
            if (done == 0)
            {
                OpenRing();
            }
        }

        return _moves.AsSpan(0, _count);
    }

    private int Start(ReadOnlySpan<int> parents)
    {
        if (_sources.Length != parents.Length)
        {
            _sources = new int[parents.Length];
            _readers = new int[parents.Length];
            _moves = new RowMove[2 * parents.Length];
        }

        parents.CopyTo(_sources);
        Array.Clear(_readers);
        _count = 0;
        int waiting = 0;
        for (int row = 0; row < parents.Length; row++)
        {
            if (parents[row] != row)
            {
                _readers[parents[row]]++;
                waiting++;
            }
        }

        return waiting;
    }

    private int MoveUnread()
    {
        int done = 0;
        for (int row = 0; row < _sources.Length; row++)
        {
            if (_sources[row] != row && _readers[row] == 0)
            {
                Add(_sources[row], row);
                _sources[row] = row;
                done++;
            }
        }

        return done;
    }

    // every row that still waits is read by exactly one other: rings are left
    private void OpenRing()
    {
        int row = 0;
        while (_sources[row] == row)
        {
            row++;
        }

        int reader = Array.IndexOf(_sources, row);
        Add(row, Scratch);
        _sources[reader] = Scratch;
    }

    private void Add(int from, int to)
    {
        if (from != Scratch)
        {
            _readers[from]--;
        }

        _moves[_count++] = new RowMove(from, to);
    }
}
