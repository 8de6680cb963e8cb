namespace Appliance.Service.Health.SelfTests;

/// <summary>One line of the report.</summary>
/// <param name="Name">Name of the test.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="Time">How long it took, what it loaded first included.</param>
internal sealed record SelfTestResult(string Name, SelfTestOutcome Outcome, TimeSpan Time)
{
    /// <summary>Runs one test; whatever it throws is a failure.</summary>
    public static SelfTestResult Of(ISelfTest test, SelfTestContext context, TimeProvider time, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        SelfTestOutcome outcome;
        try
        {
            outcome = test.Run(context, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            outcome = new(false, (fault as TypeInitializationException)?.InnerException?.Message ?? fault.Message);
        }

        return new(test.Name, outcome, time.GetElapsedTime(start));
    }
}
