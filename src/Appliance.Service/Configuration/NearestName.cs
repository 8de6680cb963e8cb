namespace Appliance.Service.Configuration;

/// <summary>Finds what somebody meant who mistyped a name.</summary>
internal static class NearestName
{
    /// <summary>The known name with the fewest edits, or null when every one differs in more than half of its letters.</summary>
    public static string? Find(string typed, IEnumerable<string> known)
    {
        (string Name, int Edits) best = known
            .Select(name => (Name: name, Edits: Distance(typed.ToUpperInvariant(), name.ToUpperInvariant())))
            .DefaultIfEmpty((Name: "", Edits: int.MaxValue))
            .MinBy(candidate => candidate.Edits);
        return best.Edits <= Math.Max(2, best.Name.Length / 2) ? best.Name : null;
    }

    // Levenshtein distance with one row; names are short
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
