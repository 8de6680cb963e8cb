using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Appliance.Speech.Recognition.Vocabulary;

namespace Appliance.Service.Health.SelfTests;

/// <summary>The tokens that stand for no speech.</summary>
internal sealed class NonSpeechTest : ISelfTest
{
    /// <inheritdoc/>
    public string Name => "non-speech";

    /// <inheritdoc/>
    public SelfTestOutcome Run(SelfTestContext context, CancellationToken cancellationToken)
    {
        GoldenTokenizer golden = context.Golden.Tokenizer;
        IReadOnlyList<int> tokens = WhisperTokenizer.Load(context.ModelFolder.Path, golden.VocabularySize).NonSpeechTokens;
        string list = string.Join(',', tokens.Select(token => token.ToString(CultureInfo.InvariantCulture)));
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list)));
        bool isSame = tokens.Count == golden.NonSpeechCount && hash.StartsWith(golden.NonSpeechSha256, StringComparison.Ordinal);
        return new(isSame, $"{tokens.Count} tokens, sha256 {hash[..golden.NonSpeechSha256.Length]}");
    }
}
