namespace Appliance.Speech.Recognition.Vocabulary;

/// <summary>A language that Whisper models know.</summary>
/// <param name="Code">Code as in the model's language token, such as `en` or `haw`.</param>
/// <param name="Name">English name in lower case.</param>
public sealed record SpeechLanguage(string Code, string Name);
