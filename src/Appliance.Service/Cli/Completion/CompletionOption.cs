using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Completion;

/// <summary>An option as a shell sees it.</summary>
/// <param name="Names">All its names.</param>
/// <param name="Summary">First sentence of its description.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Choices">The values there are, when they can be listed.</param>
internal sealed record CompletionOption(IReadOnlyList<string> Names, string Summary, ValueKind Kind, IReadOnlyList<string> Choices);
