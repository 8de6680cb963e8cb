namespace Appliance.Service.Health.Doctor;

/// <summary>What a check found.</summary>
/// <param name="State">How bad it is.</param>
/// <param name="Text">What is there, or what is wrong.</param>
/// <param name="Fix">What to do; empty when nothing is.</param>
internal sealed record Finding(FindingState State, string Text, string Fix = "")
{
    /// <summary>As it should be.</summary>
    public static Finding Ok(string text) => new(FindingState.Ok, text);

    /// <summary>It works, but something is amiss.</summary>
    public static Finding Warning(string text, string fix) => new(FindingState.Warning, text, fix);

    /// <summary>It does not work; the message is "what is wrong: what to do".</summary>
    public static Finding Fault(string message)
    {
        int end = message.LastIndexOf(": ", StringComparison.Ordinal);
        return end < 0 ? new(FindingState.Fault, message) : new(FindingState.Fault, message[..end], message[(end + 2)..]);
    }
}
