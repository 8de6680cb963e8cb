using System.Text.Json;
using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Appliance.Native;
using Appliance.Speech.Capture;
using Appliance.Speech.Segmentation;
using Appliance.Speech.Tests.Capture;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Segmentation;

/// <summary>shared/golden/speech/vad.json, and the model it was made with.</summary>
internal static class VadGolden
{
    public static SileroVad LoadModel()
    {
        using SessionFactory sessions = new(new SessionSettings());
        return SileroVad.Load(new ModelCatalog([SharedFolder.Require("models")]).Find("silero-vad", ModelKinds.Vad), sessions);
    }

    public static (float[] Samples, float[] Probabilities) Read(string clip)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Require("golden", "speech", "vad.json")));
        JsonElement entry = document.RootElement.GetProperty(clip);
        float[] probabilities = [.. entry.GetProperty("probabilities").EnumerateArray().Select(value => value.GetSingle())];
        float[] samples = Decoded.Read(new AudioInput(SharedFolder.Require("corpus", "audio", clip + ".flac"), new AudioFileOptions())).Samples;
        return (samples[..entry.GetProperty("samples").GetInt32()], probabilities);
    }

    // the golden values have six decimals
    public static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }
}
