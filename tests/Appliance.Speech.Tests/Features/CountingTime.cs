namespace Appliance.Speech.Tests.Features;

/// <summary>A clock that goes on by one second each time it is read.</summary>
internal sealed class CountingTime : TimeProvider
{
    private long _readings;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => ++_readings;
}
