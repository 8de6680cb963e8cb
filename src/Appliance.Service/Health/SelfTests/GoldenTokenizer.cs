namespace Appliance.Service.Health.SelfTests;

/// <summary>A sentence with its tokens, and the non-speech set.</summary>
/// <param name="VocabularySize">Of the model that they belong to.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Tokens">Its tokens.</param>
/// <param name="NonSpeechCount">How many tokens stand for no speech.</param>
/// <param name="NonSpeechSha256">Beginning of the hash of their ids, ascending, with commas between them.</param>
internal sealed record GoldenTokenizer(
    int VocabularySize, string Text, IReadOnlyList<int> Tokens, int NonSpeechCount, string NonSpeechSha256);
