using Appliance.Native;
using Appliance.Speech.Capture;
using Microsoft.Extensions.Time.Testing;

namespace Appliance.Speech.Tests.Capture;

public sealed class AlsaAudioTests : IDisposable
{
    private readonly FakeDevices _devices = new();
    private readonly FakeTimeProvider _time = new();
    private readonly TemporaryFolder _root = new();
    private readonly float[] _samples = new float[1024];

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Open_NoMicrophone_SaysWhatToDo()
    {
        CaptureException problem = Assert.Throws<CaptureException>(() => Open("auto"));
        Assert.Equal(CaptureError.NoDevice, problem.Error);
        Assert.Contains("no microphone", problem.Message, StringComparison.Ordinal);
        Assert.Contains("--source file", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_UnknownName_NamesThoseThatAreThere()
    {
        _devices.Plug(0, "C920");
        _devices.Refusal = NativeStatus.DeviceNotFound;
        CaptureException problem = Assert.Throws<CaptureException>(() => Open("nosuch"));
        Assert.Contains("hw:CARD=C920", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Busy_SaysThatAnotherProgramHasIt()
    {
        _devices.Plug(0, "C920");
        _devices.Refusal = NativeStatus.DeviceBusy;
        CaptureException problem = Assert.Throws<CaptureException>(() => Open("auto"));
        Assert.Equal(CaptureError.NoDevice, problem.Error);
        Assert.Contains("end that program", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("C920")]
    [InlineData("hw:3")]
    [InlineData("hw:3,0")]
    [InlineData("hw:CARD=C920")]
    public void Open_AnyOfItsNames_OpensTheStableOne(string name)
    {
        _devices.Plug(3, "C920");
        using ILiveAudio audio = Open(name);
        Assert.Equal("hw:CARD=C920", audio.Device);
        Assert.Equal(CaptureEvent.Present, Read(audio).Event);
    }

    [Fact]
    public void Open_ByPath_FollowsTheLink()
    {
        _devices.Plug(0, "Intel");
        _devices.Plug(2, "C920");
        File.WriteAllText(Path.Combine(_root.Path, "controlC2"), string.Empty);
        Directory.CreateDirectory(Path.Combine(_root.Path, "by-path"));
        string link = Path.Combine(_root.Path, "by-path", "pci-0000:00:14.0-usb-0:2:1.0");
        File.CreateSymbolicLink(link, "../controlC2");
        using ILiveAudio byPath = Open(link);
        using ILiveAudio byName = Open("pci-0000:00:14.0-usb-0:2:1.0");
        Assert.Equal("hw:CARD=C920", byPath.Device);
        Assert.Equal("hw:CARD=C920", byName.Device);
        Assert.Throws<CaptureException>(() => Open("/dev/snd/by-path/nothing-there"));
    }

    [Fact]
    public void Read_LostSamples_AreAGap()
    {
        _devices.Plug(0, "C920");
        using ILiveAudio audio = Open("auto");
        Read(audio);
        _devices.Last!.Reads.Enqueue(new CaptureDeviceRead(CaptureDeviceEvent.Samples, 320, 1, 0));
        _devices.Last.Reads.Enqueue(new CaptureDeviceRead(CaptureDeviceEvent.Lost, 800, 2, 0));
        _devices.Last.Reads.Enqueue(new CaptureDeviceRead(CaptureDeviceEvent.Muted, 900, 3, 0));
        Assert.Equal(new CaptureRead(CaptureEvent.Samples, 320, 1), Read(audio));
        Assert.Equal(new CaptureRead(CaptureEvent.Gap, 800, 2, GapReason.Xrun), Read(audio));
        Assert.Equal(new CaptureRead(CaptureEvent.Skipped, 900, 3), Read(audio));
    }

    [Fact]
    public void Read_UnpluggedAndBackOnAnotherNumber_IsAGapOfThatLength()
    {
        _devices.Plug(1, "C920");
        using ILiveAudio audio = Open("auto");
        Read(audio);
        _devices.Last!.Reads.Enqueue(new CaptureDeviceRead(CaptureDeviceEvent.Samples, 320, _time.GetTimestamp(), 0));
        Read(audio);
        FakeDevice gone = _devices.Last;
        _devices.Unplug();
        Assert.Equal(CaptureEvent.Absent, Read(audio).Event);
        Assert.True(gone.IsDisposed);
        Assert.Equal(CaptureEvent.Idle, Read(audio).Event);
        _time.Advance(TimeSpan.FromSeconds(5));
        _devices.Plug(0, "Other");
        _devices.Plug(4, "C920");
        CaptureRead gap = Read(audio);
        Assert.Equal((CaptureEvent.Gap, 5 * 16000L, GapReason.Unplugged), (gap.Event, gap.Samples, gap.Reason));
        Assert.Equal(CaptureEvent.Present, Read(audio).Event);
        Assert.Equal(["hw:CARD=C920", "hw:CARD=C920"], _devices.Opened);
    }

    [Fact]
    public void Read_AwayWithAnotherOneThere_AutoTakesThat()
    {
        _devices.Plug(1, "C920");
        using ILiveAudio audio = Open("auto");
        Read(audio);
        _devices.Unplug();
        Read(audio);
        _devices.Plug(0, "Other");
        _time.Advance(TimeSpan.FromSeconds(1));
        Read(audio);
        Assert.Equal("hw:CARD=Other", audio.Device);
    }

    [Fact]
    public void Read_AwayWithAnotherOneThere_AnotherNameIsNotTaken()
    {
        _devices.Plug(1, "C920");
        using ILiveAudio audio = Open("C920");
        Read(audio);
        _devices.Unplug();
        Read(audio);
        _devices.Plug(0, "Other");
        _devices.Refusal = NativeStatus.DeviceNotFound;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(CaptureEvent.Idle, Read(audio).Event);
    }

    [Fact]
    public void Read_NotListedAnyMoreWhenTheFolderChanges_IsAbsentBeforeTheDriverSaysSo()
    {
        File.WriteAllText(Path.Combine(_root.Path, "pcmC1D0c"), string.Empty);
        _devices.Plug(1, "C920");
        using ILiveAudio audio = Open("auto");
        Read(audio);
        _devices.There.Clear();
        File.Delete(Path.Combine(_root.Path, "pcmC1D0c"));
        long start = TimeProvider.System.GetTimestamp();
        CaptureEvent seen = CaptureEvent.Idle;
        while (seen == CaptureEvent.Idle && TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(10))
        {
            seen = Read(audio).Event;
        }

        Assert.Equal(CaptureEvent.Absent, seen);
    }

    [Fact]
    public void Read_ComesBack_IsNoticedByTheFolderWithoutWaiting()
    {
        using ILiveAudio audio = CaptureSourceFor("auto", waits: true);
        Assert.Equal(CaptureEvent.Absent, Read(audio).Event);
        _devices.Plug(1, "C920");

        // the clock stands: only the folder can tell
        File.WriteAllText(Path.Combine(_root.Path, "controlC1"), string.Empty);
        long start = TimeProvider.System.GetTimestamp();
        CaptureEvent seen = CaptureEvent.Idle;
        while (seen == CaptureEvent.Idle && TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(15))
        {
            seen = Read(audio).Event;
        }

        Assert.True(seen is CaptureEvent.Gap or CaptureEvent.Present);
    }

    [Fact]
    public void IsMuted_SetWhileAway_TheDeviceComesBackMuted()
    {
        _devices.Plug(1, "C920");
        using ILiveAudio audio = Open("auto");
        Read(audio);
        audio.IsMuted = true;
        Assert.True(_devices.Last!.IsMuted);
        _devices.Unplug();
        Read(audio);
        _devices.Plug(1, "C920");
        _time.Advance(TimeSpan.FromSeconds(1));
        Read(audio);
        Assert.Equal(2, _devices.Opened.Count);
        Assert.True(_devices.Last.IsMuted);
    }

    [Fact]
    public void IsMuted_DeviceDoesNotStop_IsClosed()
    {
        _devices.Plug(1, "C920");
        using ILiveAudio audio = Open("auto");
        Read(audio);
        FakeDevice device = _devices.Last!;
        device.RefusesToMute = true;
        audio.IsMuted = true;
        Assert.True(device.IsDisposed);
    }

    [Fact]
    public void Open_StartsMuted_NoSampleIsRead()
    {
        _devices.Plug(1, "C920");
        using ILiveAudio audio = new AlsaSource(_devices).Open(Options("auto") with { StartsMuted = true });
        Assert.True(audio.IsMuted);
        Assert.True(_devices.Last!.IsMuted);
    }

    [Theory]
    [InlineData(16000, 0)]
    [InlineData(16300, 0)]
    [InlineData(16400, 1)]
    [InlineData(15600, 1)]
    public void Read_RateOffByTheClock_IsSaid(double measured, int warnings)
    {
        RecordingLogger logger = new();
        _devices.Plug(1, "C920");
        _devices.MeasuredRateHz = measured;
        using ILiveAudio audio = new AlsaSource(_devices).Open(Options("auto") with { Logger = logger });
        Read(audio);
        for (int i = 0; i < 3; i++)
        {
            _devices.Last!.Reads.Enqueue(new CaptureDeviceRead(CaptureDeviceEvent.Samples, 320, i, 0));
            Read(audio);
        }

        Assert.Equal(warnings, logger.Messages.Count(message => message.Contains("by the clock", StringComparison.Ordinal)));
    }

    private CaptureRead Read(ILiveAudio audio) => audio.Read(_samples, CancellationToken.None);

    private ILiveAudio Open(string device) => CaptureSourceFor(device, waits: false);

    private ILiveAudio CaptureSourceFor(string device, bool waits) => new AlsaSource(_devices).Open(Options(device) with { WaitsForDevice = waits });

    private CaptureOptions Options(string device) => new() { Device = device, DeviceRoot = _root.Path, Time = _time };
}
