using System.Text.Json;
using Appliance.Inference.Models;

namespace Appliance.Imaging.Prompts;

/// <summary>
/// The tokenizer of CLIP text encoders as its fast implementation does it (imaging.md §2.2). Which marks start, end and pad a prompt stands in
/// the model's own files. Thread-safe.
/// </summary>
internal sealed class ClipTokenizer
{
    private const int DefaultLength = 77;
    private const int MaximumLength = 4096;

    private readonly ClipVocabulary _vocabulary;
    private readonly (string Text, int Id)[] _marks;
    private readonly int _start;
    private readonly int _end;
    private readonly int _padding;
    private readonly int _unknown;
    private readonly int _length;

    private ClipTokenizer(string folder)
    {
        _vocabulary = ClipVocabulary.Read(folder);
        using JsonDocument config = ReadOptional(folder, "tokenizer_config.json");
        using JsonDocument map = ReadOptional(folder, "special_tokens_map.json");
        string start = Mark("bos_token", "<|startoftext|>");
        string end = Mark("eos_token", "<|endoftext|>");
        string padding = Mark("pad_token", end);
        string unknown = Mark("unk_token", end);
        (_start, _end, _padding, _unknown) = (Id(start), Id(end), Id(padding), Id(unknown));
        _marks = [.. new[] { start, end, padding, unknown }.Distinct(StringComparer.Ordinal).Select(text => (text, Id(text)))];
        _length = new JsonFields(config.RootElement, Path.Combine(folder, "tokenizer_config.json")).Whole("model_max_length", 3, MaximumLength) ?? DefaultLength;

        string Mark(string name, string otherwise) => Content(map.RootElement, name) ?? Content(config.RootElement, name) ?? otherwise;

        int Id(string mark) => _vocabulary.Find(mark)
            ?? throw new ModelException(ModelError.Damaged, folder, $"{folder} has no token \"{mark}\" in its vocabulary: take the folder from the model's origin");
    }

    /// <summary>Tokens of a prompt, marks and padding included; 77 for every Stable Diffusion.</summary>
    public int Length => _length;

    /// <summary>Reads the files of a <c>tokenizer</c> folder.</summary>
    /// <exception cref="ModelException">One is missing or damaged.</exception>
    public static ClipTokenizer Read(string folder) => new(folder);

    /// <summary>Encodes a prompt.</summary>
    public PromptTokens Encode(string text)
    {
        List<int> body = Body(ClipPieces.Normalize(text));
        int room = _length - 2;
        int[] ids = new int[_length];
        Array.Fill(ids, _padding);
        ids[0] = _start;
        int kept = Math.Min(body.Count, room);
        body.CopyTo(0, ids, 1, kept);
        ids[kept + 1] = _end;
        return new(ids, body.Count > room ? _vocabulary.Decode(body.Skip(room)) : "");
    }

    private static JsonDocument ReadOptional(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        return File.Exists(path) ? SourceJson.Read(path) : JsonDocument.Parse("{}");
    }

    private static string? Content(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        JsonElement content = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("content", out JsonElement inner) ? inner : value;
        return content.ValueKind == JsonValueKind.String ? content.GetString() : null;
    }

    private List<int> Body(string text)
    {
        List<int> ids = [];
        int start = 0;
        while (start < text.Length)
        {
            (int end, string mark, int id) = NextMark(text, start);
            foreach (string piece in ClipPieces.Split(text[start..end]))
            {
                _vocabulary.Encode(piece, _unknown, ids);
            }

            if (mark.Length > 0)
            {
                ids.Add(id);
            }

            start = end + mark.Length;
        }

        return ids;
    }

    /// <summary>The next mark that is written out in the text; the end of the text when there is none.</summary>
    private (int Index, string Mark, int Id) NextMark(string text, int start)
    {
        (int Index, string Mark, int Id) next = (text.Length, "", 0);
        foreach ((string mark, int id) in _marks)
        {
            int found = text.IndexOf(mark, start, StringComparison.Ordinal);
            if (found >= 0 && found < next.Index)
            {
                next = (found, mark, id);
            }
        }

        return next;
    }
}
