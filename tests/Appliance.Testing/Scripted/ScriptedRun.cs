namespace Appliance.Testing.Scripted;

/// <summary>One run of scripted graphs.</summary>
/// <param name="Encoding">Number of the encoder call that it reads, from 1.</param>
/// <param name="Frames">Mel frames of that call.</param>
/// <param name="Prompt">Tokens of the prompt.</param>
/// <param name="Window">Window of the call.</param>
/// <param name="Sampled">Tokens that were fed since.</param>
internal sealed record ScriptedRun(int Encoding, int Frames, int[] Prompt, int Window, IReadOnlyList<int> Sampled);
