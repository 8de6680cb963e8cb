namespace Appliance.Speech.Tests.Capture;

/// <summary>Tests that measure memory or time of the whole process: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class MeasuredTests
{
    public const string Name = "measured";
}
