namespace Appliance.Service.Health.SelfTests;

/// <summary>One comparison with a golden result. To add one: a class here and a line in <see cref="SelfTestList"/>.</summary>
internal interface ISelfTest
{
    /// <summary>Short name.</summary>
    string Name { get; }

    /// <summary>Runs. A fault that is thrown counts as a failure with its message.</summary>
    SelfTestOutcome Run(SelfTestContext context, CancellationToken cancellationToken);
}
