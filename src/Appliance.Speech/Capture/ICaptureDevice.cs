using Appliance.Native;

namespace Appliance.Speech.Capture;

/// <summary>An open microphone.</summary>
internal interface ICaptureDevice : IDisposable
{
    /// <summary>The rate that it says it runs at.</summary>
    int SampleRateHz { get; }

    /// <summary>What was met so far.</summary>
    CaptureStatistics Statistics { get; }

    /// <summary>Waits for what comes next on the timeline.</summary>
    CaptureDeviceRead Read(Span<float> samples, int timeoutMs);

    /// <summary>Mutes or unmutes; from any thread.</summary>
    void SetMuted(bool muted);
}
