namespace Appliance.Speech.Recognition.Firewall;

/// <summary>One ground on which text is held back.</summary>
internal interface IFirewallRule
{
    /// <summary>What it is called in events and counters.</summary>
    DropReason Reason { get; }

    /// <summary>Whether the text must not pass.</summary>
    bool Holds(FirewallCandidate candidate);
}
