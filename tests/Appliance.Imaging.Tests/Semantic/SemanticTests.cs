using System.Text.Json;
using Appliance.Imaging.Files;
using Appliance.Imaging.Models;
using Appliance.Imaging.Tests.Files;
using Appliance.Imaging.Tests.Golden;
using Appliance.Imaging.Tests.Pipeline;

namespace Appliance.Imaging.Tests.Semantic;

/// <summary>Does a picture show what was asked for? The judge of shared/golden/imaging/semantic: the nearest of rendered scenes counts as drawn.</summary>
public sealed class SemanticTests
{
    private const int SceneBytes = 32 * 32 * 3;

    // float rounding may move one or two of the 240
    private const int AsTheModelItself = 238;

    [Fact]
    public void Draw_EveryItem_DrawsWhatTheModelDraws()
    {
        JsonElement golden = GoldenFolder.Json("semantic", "prompts.json");
        SceneJudge judge = new(File.ReadAllBytes(GoldenFolder.Require("semantic", "scenes.bin")), golden.GetProperty("subjects").GetInt32());
        using DiffusionModel model = EmbeddedModel.Load();
        ImagePipeline pipeline = new(model);
        int same = 0;
        int items = 0;
        Dictionary<string, int> right = [];
        foreach (JsonElement item in golden.GetProperty("items").EnumerateArray())
        {
            ImageRequest request = EmbeddedModel.Request(item.GetProperty("prompt").GetString()!, item.GetProperty("seed").GetInt64()) with { NegativePrompt = "" };
            RgbImage image = pipeline.Draw(request, progress: null, TestContext.Current.CancellationToken).Image;
            int drawn = judge.Nearest(image, item.GetProperty("candidates"));
            string kind = item.GetProperty("kind").GetString()!;
            right[kind] = right.GetValueOrDefault(kind) + (drawn == item.GetProperty("answer").GetInt32() ? 1 : 0);
            same += drawn == item.GetProperty("drawn").GetInt32() ? 1 : 0;
            items++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{same} of {items} as the model itself; right: {string.Join(", ", right.Select(pair => $"{pair.Key} {pair.Value}"))}");
        Assert.Equal(240, items);
        Assert.True(same >= AsTheModelItself, $"only {same} of {items} items were drawn as by the model itself");
    }

    [Theory]
    [InlineData("euler")]
    [InlineData("euler-karras")]
    [InlineData("euler-ancestral")]
    [InlineData("dpmpp-2m")]
    [InlineData("dpmpp-2m-karras")]
    [InlineData("pndm")]
    public void Draw_OtherSchedulers_DrawTheSameThings(string scheduler)
    {
        JsonElement golden = GoldenFolder.Json("semantic", "prompts.json");
        SceneJudge judge = new(File.ReadAllBytes(GoldenFolder.Require("semantic", "scenes.bin")), golden.GetProperty("subjects").GetInt32());
        using DiffusionModel model = EmbeddedModel.Load();
        ImagePipeline pipeline = new(model);
        int right = 0;
        JsonElement[] items = [.. golden.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("kind").GetString() == "subject-common").Take(8)];
        foreach (JsonElement item in items)
        {
            ImageRequest request = EmbeddedModel.Request(item.GetProperty("prompt").GetString()!, item.GetProperty("seed").GetInt64()) with { Scheduler = scheduler };
            RgbImage image = pipeline.Draw(request, progress: null, TestContext.Current.CancellationToken).Image;
            right += judge.Nearest(image, item.GetProperty("candidates")) == item.GetProperty("answer").GetInt32() ? 1 : 0;
        }

        Assert.True(right >= items.Length - 1, $"{scheduler}: {right} of {items.Length} are right");
    }

    [Fact]
    public void Draw_ContactSheet_IsKeptToBeLookedAt()
    {
        string[] prompts =
        [
            "a red apple on a blue background", "three cats", "a small star on a purple background", "a purple elephant", "a burger and a beer", "a crown above a frog",
            "a sailboat", "an owl", "a dragon", "a mountain", "a robot", "a pine tree", "a fire truck", "a cup of coffee", "a frog", "a rainbow",
            "a green car", "two dogs on a yellow background", "a big sun", "a pink heart", "a snowman", "four lemons", "a blue guitar", "a photo of a pizza",
        ];
        using DiffusionModel model = EmbeddedModel.Load();
        ImagePipeline pipeline = new(model);
        ContactSheet sheet = new(columns: 6, prompts.Length, side: 128);
        for (int i = 0; i < prompts.Length; i++)
        {
            sheet.Place(i, pipeline.Draw(EmbeddedModel.Request(prompts[i], 100 + i), progress: null, TestContext.Current.CancellationToken).Image);
        }

        string path = Path.Combine(RepositoryFolder.Path, ".artifacts", "contact-sheet.png");
        File.WriteAllBytes(path, ImageFormats.Encode(path, sheet.Image, FileFormatTests.Parameters));
        Assert.True(sheet.DistinctPictures == prompts.Length);
    }
}
