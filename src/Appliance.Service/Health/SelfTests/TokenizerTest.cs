using Appliance.Speech.Recognition.Vocabulary;

namespace Appliance.Service.Health.SelfTests;

/// <summary>Text to tokens and back.</summary>
internal sealed class TokenizerTest : ISelfTest
{
    /// <inheritdoc/>
    public string Name => "tokenizer";

    /// <inheritdoc/>
    public SelfTestOutcome Run(SelfTestContext context, CancellationToken cancellationToken)
    {
        GoldenTokenizer golden = context.Golden.Tokenizer;
        WhisperTokenizer tokenizer = WhisperTokenizer.Load(context.ModelFolder.Path, golden.VocabularySize);
        int[] tokens = tokenizer.Encode(golden.Text);
        string text = tokenizer.Decode(tokens);
        return text == golden.Text
            ? SelfTestOutcome.Same(golden.Tokens, tokens, "tokens")
            : new(false, $"decoded to \"{text}\"");
    }
}
