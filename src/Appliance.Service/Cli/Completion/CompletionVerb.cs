using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Completion;

/// <summary>What a shell must know of one verb.</summary>
/// <param name="Path">The words that lead to it, such as <c>appliance models show</c>.</param>
/// <param name="Verbs">The verbs below it.</param>
/// <param name="Options">Its own options and the global ones.</param>
/// <param name="ArgumentKind">What its arguments are.</param>
/// <param name="ArgumentChoices">The arguments there are, when they can be listed.</param>
internal sealed record CompletionVerb(
    string Path,
    IReadOnlyList<CompletionWord> Verbs,
    IReadOnlyList<CompletionOption> Options,
    ValueKind ArgumentKind,
    IReadOnlyList<string> ArgumentChoices);
