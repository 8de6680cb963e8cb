using System.Text;
using System.Text.Json;
using Appliance.Inference.Models;

namespace Appliance.Imaging.Prompts;

/// <summary>The tokens and merges of a CLIP tokenizer: byte pair encoding over UTF-8, with an end-of-word mark on the last byte.</summary>
internal sealed class ClipVocabulary
{
    private const string WordEnd = "</w>";

    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<(string Left, string Right), int> _ranks;
    private readonly Dictionary<int, string> _texts;

    private ClipVocabulary(Dictionary<string, int> ids, Dictionary<(string Left, string Right), int> ranks)
    {
        _ids = ids;
        _ranks = ranks;
        _texts = ids.ToDictionary(pair => pair.Value, pair => pair.Key);
    }

    /// <summary>Reads <c>vocab.json</c> and <c>merges.txt</c> of a folder.</summary>
    /// <exception cref="ModelException">One is missing or damaged.</exception>
    public static ClipVocabulary Read(string folder)
    {
        string path = Path.Combine(folder, "vocab.json");
        using JsonDocument document = SourceJson.Read(path);
        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        HashSet<int> seen = [];
        foreach (JsonProperty token in document.RootElement.EnumerateObject())
        {
            if (token.Value.ValueKind != JsonValueKind.Number || !token.Value.TryGetInt32(out int id) || id < 0 || !seen.Add(id))
            {
                throw new ModelException(ModelError.Damaged, path, $"{path} gives \"{token.Name}\" an id that is no whole number or is given twice: take the file from the model's origin");
            }

            ids[token.Name] = id;
        }

        return new(ids, Merges(Path.Combine(folder, "merges.txt")));
    }

    /// <summary>The id of a token as it stands in the file; null when there is none.</summary>
    public int? Find(string token) => _ids.TryGetValue(token, out int id) ? id : null;

    /// <summary>Appends the ids of a piece of text.</summary>
    /// <param name="piece">Text without white space.</param>
    /// <param name="unknown">Id of what the vocabulary has not got.</param>
    /// <param name="ids">Where they go.</param>
    public void Encode(string piece, int unknown, List<int> ids)
    {
        List<string> symbols = [.. Encoding.UTF8.GetBytes(piece).Select(value => ByteSymbols.Of(value).ToString())];
        symbols[^1] += WordEnd;
        while (symbols.Count > 1)
        {
            (int best, int rank) = (-1, int.MaxValue);
            for (int i = 0; i + 1 < symbols.Count; i++)
            {
                if (_ranks.TryGetValue((symbols[i], symbols[i + 1]), out int found) && found < rank)
                {
                    (best, rank) = (i, found);
                }
            }

            if (best < 0)
            {
                break;
            }

            Merge(symbols, symbols[best], symbols[best + 1]);
        }

        ids.AddRange(symbols.Select(symbol => Find(symbol) ?? unknown));
    }

    /// <summary>The text that ids stand for; what is not text (marks) is left out.</summary>
    public string Decode(IEnumerable<int> ids)
    {
        List<byte> bytes = [];
        foreach (int id in ids)
        {
            string token = _texts.GetValueOrDefault(id, "");
            bool endsWord = token.EndsWith(WordEnd, StringComparison.Ordinal);
            foreach (char symbol in endsWord ? token[..^WordEnd.Length] : token)
            {
                if (ByteSymbols.TryRead(symbol, out byte value))
                {
                    bytes.Add(value);
                }
            }

            if (endsWord)
            {
                bytes.Add((byte)' ');
            }
        }

        return Encoding.UTF8.GetString([.. bytes]).Trim();
    }

    // every occurrence at once, as the reference does
    private static void Merge(List<string> symbols, string left, string right)
    {
        int kept = 0;
        for (int i = 0; i < symbols.Count; i++)
        {
            bool isPair = i + 1 < symbols.Count && symbols[i] == left && symbols[i + 1] == right;
            symbols[kept++] = isPair ? left + right : symbols[i];
            i += isPair ? 1 : 0;
        }

        symbols.RemoveRange(kept, symbols.Count - kept);
    }

    private static Dictionary<(string Left, string Right), int> Merges(string path)
    {
        try
        {
            Dictionary<(string Left, string Right), int> ranks = [];
            foreach (string line in File.ReadLines(path, Encoding.UTF8))
            {
                string[] pair = line.Split(' ');
                if (line.StartsWith("#version", StringComparison.Ordinal) || line.Length == 0)
                {
                    continue;
                }

                if (pair.Length != 2)
                {
                    throw new ModelException(ModelError.Damaged, path, $"{path} has a line that is not two symbols (\"{line[..Math.Min(line.Length, 40)]}\"): take the file from the model's origin");
                }

                ranks.TryAdd((pair[0], pair[1]), ranks.Count);
            }

            return ranks;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException(ModelError.Incomplete, path, $"{path} is missing: take the whole folder from the model's origin", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelError.Damaged, path, $"{path} can't be read ({e.Message}): check its permissions", e);
        }
    }
}
