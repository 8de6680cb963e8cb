using System.Text.Json;

namespace Appliance.Speech.Recognition.Vocabulary;

/// <summary>
/// What the vocabulary files of a model folder say: tokenizer.json, or the older vocab.json with added_tokens.json. The list of
/// merges is not read: a token's id is its rank (<see cref="BytePairEncoder"/>).
/// </summary>
internal sealed class VocabularyFile
{
    private readonly Dictionary<string, int> _added = [];
    private byte[]?[] _tokens = [];

    private VocabularyFile(string path) => Path = path;

    /// <summary>The file that was read.</summary>
    public string Path { get; }

    /// <summary>Ids of the special tokens that the files name.</summary>
    public IReadOnlyDictionary<string, int> Added => _added;

    /// <summary>Reads the files of a folder.</summary>
    /// <exception cref="Inference.Models.ModelException">A file is missing or not readable as a byte-level vocabulary.</exception>
    public static VocabularyFile Read(string folder)
    {
        string tokenizer = System.IO.Path.Combine(folder, "tokenizer.json");
        string vocabulary = System.IO.Path.Combine(folder, "vocab.json");
        string path = File.Exists(tokenizer) || !File.Exists(vocabulary) ? tokenizer : vocabulary;
        VocabularyFile file = new(path);
        if (path == tokenizer)
        {
            file.Parse(path, ReadTokenizer);
        }
        else
        {
            file.Parse(path, ReadTokens);
            file.Parse(System.IO.Path.Combine(folder, "added_tokens.json"), ReadAddedObject);
        }

        return file;
    }

    /// <summary>The first <paramref name="count"/> tokens, all of which must be there.</summary>
    public byte[][] Tokens(int count)
    {
        byte[][] tokens = new byte[count][];
        for (int id = 0; id < count; id++)
        {
            tokens[id] = (id < _tokens.Length ? _tokens[id] : null)
                ?? throw VocabularyFault.Damaged(Path, $"token {id} of {count} is missing or not byte-level: take this file from the model's origin again");
        }

        return tokens;
    }

    private delegate void Reading(VocabularyFile file, ref Utf8JsonReader reader);

    private void Parse(string path, Reading reading)
    {
        if (!File.Exists(path))
        {
            throw VocabularyFault.Incomplete(path, "the model's vocabulary is missing: put the tokenizer.json that belongs to this model there");
        }

        try
        {
            Utf8JsonReader reader = new(File.ReadAllBytes(path));
            reader.Read();
            reading(this, ref reader);
        }
        catch (Exception exception) when (exception
            is JsonException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw VocabularyFault.Damaged(path, "this is not a readable vocabulary: take this file from the model's origin again", exception);
        }
    }

    private static void ReadTokenizer(VocabularyFile file, ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.CurrentDepth == 1 && reader.ValueTextEquals("added_tokens"u8))
            {
                reader.Read();
                ReadAddedArray(file, ref reader);
            }
            else if (reader.CurrentDepth == 2 && reader.ValueTextEquals("vocab"u8))
            {
                reader.Read();
                ReadTokens(file, ref reader);
            }
        }
    }

    private static void ReadTokens(VocabularyFile file, ref Utf8JsonReader reader)
    {
        Require(ref reader, JsonTokenType.StartObject);
        char[] characters = new char[256];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueSpan.Length > characters.Length)
            {
                characters = new char[reader.ValueSpan.Length];
            }

            ReadOnlySpan<char> token = characters.AsSpan(0, reader.CopyString(characters));
            if (token is ['<', '|', _, .., '|', '>'])
            {
                string name = token.ToString();
                reader.Read();
                file._added[name] = reader.GetInt32();
                continue;
            }

            byte[]? bytes = ByteAlphabet.ToBytes(token);
            reader.Read();
            file.Set(reader.GetInt32(), bytes);
        }
    }

    private void Set(int id, byte[]? bytes)
    {
        // no Whisper vocabulary comes near this; a garbled id must not ask for gigabytes
        const int most = 1 << 20;
        if (id is < 0 or >= most)
        {
            throw new FormatException();
        }

        if (id >= _tokens.Length)
        {
            Array.Resize(ref _tokens, Math.Max(id + 1, Math.Max(_tokens.Length * 2, 1024)));
        }

        _tokens[id] = bytes;
    }

    private static void ReadAddedArray(VocabularyFile file, ref Utf8JsonReader reader)
    {
        using JsonDocument added = JsonDocument.ParseValue(ref reader);
        foreach (JsonElement token in added.RootElement.EnumerateArray())
        {
            if (token.TryGetProperty("content"u8, out JsonElement content) && token.TryGetProperty("id"u8, out JsonElement id))
            {
                file._added[content.GetString() ?? ""] = id.GetInt32();
            }
        }
    }

    private static void ReadAddedObject(VocabularyFile file, ref Utf8JsonReader reader)
    {
        Require(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString() ?? "";
            reader.Read();
            file._added[name] = reader.GetInt32();
        }
    }

    private static void Require(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException();
        }
    }
}
