using Appliance.Native;
using Appliance.Service.Configuration;
using Appliance.Service.Health.Doctor;

namespace Appliance.Service.Tests.Health;

public sealed class CaptureCheckTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("appliance-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Examine_Microphone_NamesIt()
    {
        Finding finding = Examine(new CaptureDeviceInfo(1, 0, "C920", "HD Pro Webcam", "USB Audio"), new CaptureDeviceInfo(1, 2, "C920", "HD Pro Webcam", "USB Audio"));
        Assert.Equal(FindingState.Ok, finding.State);
        Assert.Equal("hw:CARD=C920 (HD Pro Webcam), hw:CARD=C920,DEV=2 (HD Pro Webcam)", finding.Text);
    }

    [Fact]
    public void Examine_None_SaysWhatToDo()
    {
        Finding finding = Examine();
        Assert.Equal((FindingState.Warning, "no microphone"), (finding.State, finding.Text));
        Assert.Contains("connect one", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Examine_NodesThatCannotBeUsed_NamesTheGroup()
    {
        File.WriteAllText(Path.Combine(_root, "pcmC0D0c"), string.Empty);
        Finding finding = Examine();
        Assert.Equal(FindingState.Warning, finding.State);
        Assert.Contains("group 'audio'", finding.Fix, StringComparison.Ordinal);
    }

    private Finding Examine(params CaptureDeviceInfo[] devices)
    {
        using DoctorContext context = new(new ApplianceSettings { Capture = new CaptureSettings { DeviceRoot = _root } }, []);
        return Assert.Single(new CaptureCheck(() => devices).Examine(context));
    }
}
