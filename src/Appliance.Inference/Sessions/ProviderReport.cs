namespace Appliance.Inference.Sessions;

/// <summary>Whether an execution provider is used, and why not.</summary>
/// <param name="Name">Name as in the configuration: tensorrt, cuda, cpu.</param>
/// <param name="Used">Whether sessions are opened on it.</param>
/// <param name="Reason">One of <see cref="ProviderReasons"/>, for programs.</param>
/// <param name="Text">One line for people: "what is wrong: what to do", or what is used.</param>
public sealed record ProviderReport(string Name, bool Used, string Reason, string Text);
