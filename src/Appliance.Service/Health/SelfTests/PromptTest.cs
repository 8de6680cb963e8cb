using Appliance.Imaging.Prompts;

namespace Appliance.Service.Health.SelfTests;

/// <summary>A prompt to the tokens of CLIP.</summary>
internal sealed class PromptTest : ISelfTest
{
    /// <inheritdoc/>
    public string Name => "prompt";

    /// <inheritdoc/>
    public SelfTestOutcome Run(SelfTestContext context, CancellationToken cancellationToken)
    {
        GoldenPicture golden = context.Golden.Picture;
        int[] ids = ClipTokenizer.Read(Path.Combine(context.ImageModelFolder.Path, "tokenizer")).Encode(golden.Text).Ids;
        return SelfTestOutcome.Same(golden.Tokens, ids[..golden.Tokens.Count], "tokens");
    }
}
