using Appliance.Native;
using Appliance.Speech.Capture;

namespace Appliance.Speech.Tests.Capture;

/// <summary>Microphones that a test plugs, unplugs and feeds.</summary>
internal sealed class FakeDevices : ICaptureDevices
{
    public List<CaptureDeviceInfo> There { get; } = [];

    public List<string> Opened { get; } = [];

    public FakeDevice? Last { get; private set; }

    public NativeStatus Refusal { get; set; }

    public double MeasuredRateHz { get; set; }

    public IReadOnlyList<CaptureDeviceInfo> List() => [.. There];

    public ICaptureDevice Open(string name, CaptureDeviceOptions options)
    {
        if (Refusal != NativeStatus.Ok)
        {
            throw new NativeException(Refusal, $"'{name}' is refused by the test", name);
        }

        Opened.Add(name);
        return Last = new FakeDevice { IsMuted = options.StartsMuted, MeasuredRateHz = MeasuredRateHz };
    }

    public void Plug(int card, string id) => There.Add(new CaptureDeviceInfo(card, 0, id, $"{id} name", "USB Audio"));

    public void Unplug()
    {
        There.Clear();
        Last!.IsGone = true;
    }
}
