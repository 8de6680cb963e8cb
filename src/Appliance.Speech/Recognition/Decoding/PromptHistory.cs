using Appliance.Speech.Recognition.Vocabulary;

namespace Appliance.Speech.Recognition.Decoding;

/// <summary>The text that windows are given as prompt: what was said before, the user's prompt, hotwords.</summary>
internal sealed class PromptHistory
{
    private readonly WhisperTokenizer _tokenizer;
    private readonly bool _carry;
    private readonly int _room;
    private readonly int[] _hotwords;
    private readonly int[] _initial;
    private readonly List<int> _tokens = [];
    private int _resetSince;

    /// <param name="tokenizer">The model's vocabulary.</param>
    /// <param name="options">The user's prompt and hotwords.</param>
    /// <param name="textContext">Most tokens that the decoder holds; half of them, less one, are for the prompt.</param>
    public PromptHistory(WhisperTokenizer tokenizer, TranscriptionOptions options, int textContext)
    {
        _tokenizer = tokenizer;
        _carry = options.CarryInitialPrompt;
        _room = (textContext / 2) - 1;
        _hotwords = Encode(options.Hotwords) is { } hotwords ? hotwords[..Math.Min(hotwords.Length, _room / 2)] : [];
        _initial = Encode(options.InitialPrompt) ?? [];
        _tokens.AddRange(_initial);
    }

    /// <summary>Tokens that stand before the SOT sequence; empty or opened by the start-of-previous token.</summary>
    public int[] Current()
    {
        ReadOnlySpan<int> all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_tokens);
        ReadOnlySpan<int> first = _hotwords;
        ReadOnlySpan<int> rest = all[_resetSince..];
        if (_carry)
        {
            first = (int[])[.. _hotwords, .. _initial];
            rest = all[Math.Max(_initial.Length, _resetSince)..];
        }

        first = first[^Math.Min(first.Length, _room)..];
        rest = rest[^Math.Min(rest.Length, _room - first.Length)..];
        return first.Length + rest.Length == 0 ? [] : [_tokenizer.StartOfPrevious, .. first, .. rest];
    }

    /// <summary>Adds what a window said.</summary>
    public void Add(ReadOnlySpan<int> tokens) => _tokens.AddRange(tokens);

    /// <summary>Leaves out all text so far from the prompts to come.</summary>
    public void Reset() => _resetSince = _tokens.Count;

    private int[]? Encode(string? text) => string.IsNullOrWhiteSpace(text) ? null : _tokenizer.Encode(" " + text.Trim());
}
