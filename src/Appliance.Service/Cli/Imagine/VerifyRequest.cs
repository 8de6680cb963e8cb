namespace Appliance.Service.Cli.Imagine;

/// <summary>A call of <c>image verify</c>.</summary>
internal sealed record VerifyRequest : ModelRequest;
