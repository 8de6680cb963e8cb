using Appliance.Native;
using Appliance.Speech.Capture;
using Appliance.Testing.Microphones;

namespace Appliance.Speech.Tests.Capture;

/// <summary>The source <c>alsa</c> with the real ALSA and a device of the tests' own.</summary>
public sealed class MicrophoneTests
{
    private const int NoSuchDevice = 19;
    private const int Busy = 16;

    private readonly float[] _samples = new float[4096];

    [Fact]
    public void Read_UnplugAndReplug_IsAbsentAndBackInTimeWithTheGapOnTheTimeline()
    {
        using PacedPcm device = Device();
        using ILiveAudio audio = CaptureSources.Find("alsa").Open(new CaptureOptions { Device = "paced" });
        long start = TimeProvider.System.GetTimestamp();
        Assert.Equal(CaptureEvent.Present, Next(audio).Event);
        Assert.Equal(CaptureEvent.Samples, Next(audio).Event);

        device.Refuse = NoSuchDevice;
        device.Raise = NoSuchDevice;
        long unplugged = TimeProvider.System.GetTimestamp();
        long timeline = Until(audio, CaptureEvent.Absent, out _);
        Assert.InRange(TimeProvider.System.GetElapsedTime(unplugged).TotalSeconds, 0, 5 * 2);

        device.Refuse = Busy;
        Assert.Equal(CaptureEvent.Idle, audio.Read(_samples, CancellationToken.None).Event);
        device.Refuse = 0;
        long replugged = TimeProvider.System.GetTimestamp();
        timeline += Until(audio, CaptureEvent.Gap, out CaptureRead gap);
        Assert.InRange(TimeProvider.System.GetElapsedTime(replugged).TotalSeconds, 0, 5 * 3);
        Assert.Equal(GapReason.Unplugged, gap.Reason);
        timeline += Until(audio, CaptureEvent.Samples, out _);
        double elapsed = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        Assert.InRange(timeline / 16000.0, elapsed - 0.5, elapsed + 0.5);
    }

    [Fact]
    public void IsMuted_SetWhileItRuns_TheDeviceIsStoppedOnReturn()
    {
        using PacedPcm device = Device();
        using ILiveAudio audio = CaptureSources.Find("alsa").Open(new CaptureOptions { Device = "paced" });
        Until(audio, CaptureEvent.Samples, out _);
        audio.IsMuted = true;
        Assert.False(device.IsRunning);
        audio.IsMuted = false;
        Until(audio, CaptureEvent.Skipped, out CaptureRead skipped);
        Assert.True(skipped.Samples > 0);
        Assert.True(device.IsRunning);
    }

    [Fact]
    public void Open_Busy_SaysSo()
    {
        using PacedPcm device = Device();
        device.Refuse = Busy;
        CaptureException problem = Assert.Throws<CaptureException>(() => CaptureSources.Find("alsa").Open(new CaptureOptions { Device = "paced" }));
        Assert.Equal(CaptureError.NoDevice, problem.Error);
        Assert.Contains("another program uses 'paced'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SteadyState_AllocatesNothing()
    {
        using PacedPcm device = Device();
        using ILiveAudio audio = CaptureSources.Find("alsa").Open(new CaptureOptions { Device = "paced" });
        for (int i = 0; i < 5; i++)
        {
            Next(audio);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            audio.Read(_samples, CancellationToken.None);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static PacedPcm Device()
    {
        PacedPcm device = new();
        ProcessVariable.Set("ALSA_CONFIG_PATH", device.Configuration);
        return device;
    }

    private CaptureRead Next(ILiveAudio audio)
    {
        CaptureRead read;
        do
        {
            read = audio.Read(_samples, CancellationToken.None);
        }
        while (read.Event == CaptureEvent.Idle);
        return read;
    }

    /// <summary>Reads up to and including an event, at most 20 s.</summary>
    /// <returns>The length of the timeline on the way.</returns>
    private long Until(ILiveAudio audio, CaptureEvent wanted, out CaptureRead read)
    {
        long length = 0;
        long start = TimeProvider.System.GetTimestamp();
        do
        {
            read = audio.Read(_samples, CancellationToken.None);
            length += read.Samples;
            Assert.True(TimeProvider.System.GetElapsedTime(start).TotalSeconds < 20, $"no {wanted} within 20 s");
        }
        while (read.Event != wanted);
        return length;
    }
}
