namespace Appliance.Imaging.Prompts;

/// <summary>A prompt as a text encoder gets it.</summary>
/// <param name="Ids">Start mark, at most 75 tokens, end mark, padding; shape [77].</param>
/// <param name="LeftOut">The end of the prompt that found no place; empty when all of it did.</param>
internal sealed record PromptTokens(int[] Ids, string LeftOut);
