namespace Appliance.Service.Health.SelfTests;

/// <summary>How one test went.</summary>
/// <param name="Passed">Whether the result is the golden one.</param>
/// <param name="Detail">What was compared and how close it came.</param>
internal readonly record struct SelfTestOutcome(bool Passed, string Detail)
{
    /// <summary>By the largest deviation of numbers.</summary>
    public static SelfTestOutcome Within(double deviation, double tolerance, string what) => new(
        deviation <= tolerance, FormattableString.Invariant($"{what}: off by {deviation:0.0e+00} at most, {tolerance:0.0e+00} allowed"));

    /// <summary>By lists that must be the same.</summary>
    public static SelfTestOutcome Same<T>(IReadOnlyList<T> expected, IReadOnlyList<T> actual, string what)
    {
        if (expected.SequenceEqual(actual))
        {
            return new(true, $"{what}: all {expected.Count} as expected");
        }

        int first = expected.Zip(actual).TakeWhile(pair => Equals(pair.First, pair.Second)).Count();
        string at = first < Math.Min(expected.Count, actual.Count) ? $"{actual[first]} in place of {expected[first]}" : "another length";
        return new(false, $"{what}: at {first} of {expected.Count} {at} ({actual.Count} in all)");
    }
}
