namespace Appliance.Service.Devices;

/// <summary>What a test of the microphone found.</summary>
/// <param name="Device">The device.</param>
/// <param name="PeakDecibels">The loudest 32 ms, in dBFS.</param>
internal sealed record MicrophoneTest(string? Device, double PeakDecibels);
