namespace Appliance.Speech.Recognition.Vocabulary;

/// <summary>A word and the tokens it is made of.</summary>
/// <param name="Text">Text, leading space included.</param>
/// <param name="Tokens">Token ids.</param>
internal readonly record struct TokenWord(string Text, int[] Tokens);
