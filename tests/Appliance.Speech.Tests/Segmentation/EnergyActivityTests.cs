using Appliance.Speech.Segmentation;

namespace Appliance.Speech.Tests.Segmentation;

public class EnergyActivityTests
{
    [Fact]
    public void Next_SteadyNoise_IsNoSpeech()
    {
        EnergyActivity activity = new();
        float last = 1;
        for (int i = 0; i < 1000; i++)
        {
            last = activity.Next([], -35);
        }

        Assert.InRange(last, 0, 0.35f);
    }

    [Fact]
    public void Next_SoundWellAboveTheNoise_IsSpeech()
    {
        EnergyActivity activity = new();
        for (int i = 0; i < 1000; i++)
        {
            activity.Next([], -45);
        }

        Assert.InRange(activity.Next([], -20), 0.9f, 1);
        Assert.InRange(activity.Next([], -45), 0, 0.1f);
    }

    [Fact]
    public void Next_VeryQuietSound_IsNoSpeech() => Assert.InRange(new EnergyActivity().Next([], -58), 0, 0.35f);

    [Fact]
    public void Next_FiveSecondsOfTalk_StaysSpeech()
    {
        EnergyActivity activity = new();
        for (int i = 0; i < 100; i++)
        {
            activity.Next([], -60);
        }

        for (int i = 0; i < 5 * 31; i++)
        {
            Assert.InRange(activity.Next([], -25), 0.5f, 1);
        }
    }
}
