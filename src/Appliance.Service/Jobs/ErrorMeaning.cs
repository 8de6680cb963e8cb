namespace Appliance.Service.Jobs;

/// <summary>What an error code means.</summary>
/// <param name="Name">The name on every surface.</param>
/// <param name="HttpStatus">The status in HTTP.</param>
/// <param name="IsRetryable">Whether the same request may succeed later.</param>
internal sealed record ErrorMeaning(string Name, int HttpStatus, bool IsRetryable);
