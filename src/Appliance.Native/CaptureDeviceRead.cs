namespace Appliance.Native;

/// <summary>The outcome of one reading of a microphone.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Count">16 kHz samples that were written, or are missing.</param>
/// <param name="CapturedNs">CLOCK_MONOTONIC, in nanoseconds, at which the last of them was captured.</param>
/// <param name="Error">The system's error number, when the device is gone.</param>
public readonly record struct CaptureDeviceRead(CaptureDeviceEvent Event, long Count, long CapturedNs, int Error);
