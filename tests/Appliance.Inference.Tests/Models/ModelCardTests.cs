using Appliance.Inference.Models;

namespace Appliance.Inference.Tests.Models;

public sealed class ModelCardTests
{
    [Fact]
    public void Parse_FrontMatter_GivesLicenceAndOrigin()
    {
        ModelCard card = ModelCard.Parse("---\r\nlanguage:\r\n- en\r\nlicense: apache-2.0\r\nbase_model: openai/whisper-tiny\r\nlibrary_name: transformers.js\r\n---\r\n# Card\r\nlicense: mit\r\n");

        Assert.Equal("Apache-2.0", card.Licence);
        Assert.Equal("openai/whisper-tiny", card.Origin);
    }

    [Fact]
    public void Parse_BaseModelsAsList_TakesTheFirst() =>
        Assert.Equal("openai/whisper-base", ModelCard.Parse("---\nbase_model:\n  - 'openai/whisper-base'\n  - other\nlicense: mit\n---\n").Origin);

    [Fact]
    public void Parse_OtherLicence_TakesItsName() => Assert.Equal("my-licence", ModelCard.Parse("---\nlicense: other\nlicense_name: my-licence\n---\n").Licence);

    [Theory]
    [InlineData("")]
    [InlineData("# A card without front matter\nlicense: mit\n")]
    [InlineData("---\n---\nlicense: mit")]
    public void Parse_NothingSaid_IsUnknown(string text)
    {
        Assert.Equal("unknown", ModelCard.Parse(text).Licence);
        Assert.Equal("unknown", ModelCard.Parse(text).Origin);
    }
}
