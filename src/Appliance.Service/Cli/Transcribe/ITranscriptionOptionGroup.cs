using System.CommandLine;
using Appliance.Service.Configuration;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>A group of options that say how a recording is transcribed.</summary>
internal interface ITranscriptionOptionGroup
{
    /// <summary>The options with this group's values in place: the caller's, else the configured ones.</summary>
    /// <exception cref="CommandException">Options that can't stand together.</exception>
    TranscriptionOptions Apply(ParseResult call, SpeechSettings settings, TranscriptionOptions options);
}
