using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Appliance.Speech.Segmentation;
using Appliance.Speech.Tests.Capture;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Segmentation;

public class SileroVadTests
{
    public static TheoryData<string> Clips => ["jfk-11s", "gap-silence-2033", "ms-de-DE-training-audio2", "der-pink0-LJ001-0030", "guitar", "room-empty", "ami-meeting", "boundary-1998"];

    [Theory]
    [MemberData(nameof(Clips))]
    public void Append_CorpusClip_GivesTheGoldenProbabilities(string clip)
    {
        (float[] samples, float[] golden) = VadGolden.Read(clip);
        using SileroVad vad = VadGolden.LoadModel();

        VadGolden.AssertClose(golden, Run(vad, samples, _ => samples.Length));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(160)]
    [InlineData(512)]
    [InlineData(4000)]
    [InlineData(-1)]
    public void Append_AnyBlocks_GivesTheGoldenProbabilities(int blockSamples)
    {
        (float[] samples, float[] golden) = VadGolden.Read("ami-meeting");
        Random random = new(3);
        using SileroVad vad = VadGolden.LoadModel();

        VadGolden.AssertClose(golden, Run(vad, samples, _ => blockSamples > 0 ? blockSamples : random.Next(3000)));
    }

    [Fact]
    public void Reset_AfterAnotherStream_BeginsAnew()
    {
        (float[] samples, float[] golden) = VadGolden.Read("ami-meeting");
        using SileroVad vad = VadGolden.LoadModel();
        Run(vad, VadGolden.Read("guitar").Samples, _ => 777);

        vad.Reset();

        VadGolden.AssertClose(golden, Run(vad, samples, _ => samples.Length));
    }

    [Theory]
    [InlineData(512)]
    [InlineData(16384)]
    public void Append_SteadyState_AllocatesNothing(int blockSamples)
    {
        float[] block = new float[blockSamples];
        float[] probabilities = new float[blockSamples / 512];
        using SileroVad vad = VadGolden.LoadModel();
        vad.Append(block, probabilities);
        vad.Append(block, probabilities);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            vad.Append(block, probabilities);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Load_AnotherGraph_IsRefusedByName()
    {
        using SessionFactory sessions = new(new SessionSettings());
        using TemporaryFolder folder = new();
        string path = folder.Write("silero_vad.onnx", File.ReadAllBytes(SharedFolder.Require("models", "whisper-base", "encoder.onnx")));
        ModelManifest manifest = new() { Name = "other", Kind = ModelKinds.Vad, Licence = "MIT", Origin = "test", Files = [] };

        ModelException refused = Assert.Throws<ModelException>(() => SileroVad.Load(new ModelFolder(folder.Path, manifest), sessions));

        Assert.Equal((ModelError.Unsupported, path), (refused.Code, refused.Path));
    }

    [Fact]
    public void Append_TooLittleRoom_IsRefused()
    {
        using SileroVad vad = VadGolden.LoadModel();

        Assert.Throws<ArgumentException>(() => vad.Append(new float[1024], new float[1]));
    }

    [Fact]
    public void Finish_NothingLeftOver_GivesNothing()
    {
        float[] probabilities = new float[2];
        using SileroVad vad = VadGolden.LoadModel();
        vad.Append(new float[1024], probabilities);

        Assert.Equal(0, vad.Finish(probabilities));
    }

    private static float[] Run(SileroVad vad, float[] samples, Func<int, int> blockSize)
    {
        List<float> all = [];
        float[] probabilities = new float[(samples.Length / 512) + 1];
        for (int at = 0; at < samples.Length;)
        {
            int count = Math.Min(blockSize(at), samples.Length - at);
            all.AddRange(probabilities[..vad.Append(samples.AsSpan(at, count), probabilities)]);
            at += count;
        }

        all.AddRange(probabilities[..vad.Finish(probabilities)]);
        return [.. all];
    }
}
