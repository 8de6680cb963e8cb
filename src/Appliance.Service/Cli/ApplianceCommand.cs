using System.CommandLine;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli;

/// <summary>The program itself: verbs are added to it.</summary>
internal sealed class ApplianceCommand : RootCommand, IManual
{
    public ApplianceCommand()
        : base("hears and paints without the internet")
    {
        Options.Clear();
        Directives.Clear();
        foreach (Option option in GlobalOptions.Instance.Options)
        {
            Options.Add(option);
        }
    }

    /// <inheritdoc/>
    public Manual Manual { get; } = new()
    {
        Description =
        [
            "Offline speech to text and pictures from text, with Whisper and diffusion models on ONNX Runtime. Results go to standard output, everything else to standard error. Nothing is ever fetched from a network.",
        ],
        Examples =
        [
            new("appliance transcribe talk.mp3 >talk.txt", "writes down what is said in talk.mp3"),
            new("appliance listen", "writes down what the microphone hears"),
            new("appliance imagine \"a red apple\"", "draws a picture"),
            new("appliance models list", "shows the models on this machine"),
            new("appliance doctor", "finds out what is missing, and how to get it"),
        ],
        ExitCodes = [.. ManualTexts.ExitCodes.Keys],
    };
}
