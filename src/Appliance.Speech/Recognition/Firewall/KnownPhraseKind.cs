namespace Appliance.Speech.Recognition.Firewall;

/// <summary>How a phrase is treated.</summary>
internal enum KnownPhraseKind
{
    /// <summary>It is none.</summary>
    None,

    /// <summary>People say it too: it passes when all evidence speaks for it.</summary>
    InDoubt,

    /// <summary>Nobody says it: it never passes.</summary>
    Never,
}
