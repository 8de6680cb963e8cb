using Appliance.Service.Cli.Call;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Configuration;

namespace Appliance.Service.Cli.Setup;

/// <summary>The verb <c>setup</c>.</summary>
internal sealed class SetupCommand
{
    private readonly BrokerOptions _broker = new();
    private readonly SetupOptions _setup = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new SetupCommand().Build();

    private VerbCommand Build() => new VerbCommand("setup", "connects the service to a broker and tests the microphone", Run)
    {
        Manual = new Manual
        {
            Description =
            [
                $"Asks for broker, user and password, tries them, tests the microphone if wanted, and writes the configuration ({ProductFiles.ConfigurationFile}, or the file of --config). With any of the options it asks nothing. Nothing is written when the broker can't be reached or something would be wrong; other keys of the file stay as they are.",
                "A password that is typed in goes to a file of mode 0600 beside the configuration, which only names it.",
            ],
            Groups = [_broker, _setup],
            Examples =
            [
                new("appliance setup", "asks"),
                new("appliance setup --broker broker.lan --node kitchen --username kitchen --password-file /etc/appliance/mqtt-password", "for scripts"),
                new("appliance setup --embedded", "back to the broker that comes along"),
            ],
            ExitCodes = CallCommand.ExitCodes,
        },
    }.WithOptions();

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        string file = GlobalOptions.Instance.FileOf(context.Call) ?? ProductFiles.ConfigurationFile;
        SetupAnswers answers = _setup.IsAskedFor(context.Call, _broker) ? _setup.AnswersOf(context.Call, _broker) : new SetupDialogue(context.Terminal).Ask();
        return new SetupRun(file, answers, context.Terminal).Run(cancellationToken);
    }
}
