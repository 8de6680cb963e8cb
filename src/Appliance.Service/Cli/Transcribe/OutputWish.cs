using Appliance.Speech.Transcripts.Subtitles;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>What the caller said of the output.</summary>
/// <param name="Path">File or folder, or null for standard output.</param>
/// <param name="IsFolder">Whether the path can only be a folder.</param>
/// <param name="Format">Name of the format, or null when nothing was said.</param>
/// <param name="Layout">How cues are laid out.</param>
internal sealed record OutputWish(string? Path, bool IsFolder, string? Format, SubtitleOptions Layout);
