using System.CommandLine;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Setup;

/// <summary>What else is set up.</summary>
internal sealed class SetupOptions : OptionGroup
{
    /// <inheritdoc/>
    public override string Title => "Set-up";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Embedded, AllowInsecure, TestMicrophone];

    private FlagOption Embedded { get; } = new("--embedded", false) { Description = "Uses the broker that comes along." };

    private FlagOption AllowInsecure { get; } = new("--allow-insecure", false) { Description = "Uses a broker on another machine without a user (in a lab)." };

    private FlagOption TestMicrophone { get; } = new("--test-microphone", false) { Description = "Listens to the microphone for two seconds and tells its level." };

    /// <summary>Whether the caller has said what he wants.</summary>
    public bool IsAskedFor(ParseResult call, BrokerOptions broker) => Options.Concat(broker.Options).Any(option => call.Names(option));

    /// <summary>What the caller wants.</summary>
    /// <exception cref="CommandException">Options that can't stand together.</exception>
    public SetupAnswers AnswersOf(ParseResult call, BrokerOptions broker)
    {
        (string Host, int? Port)? named = broker.BrokerOf(call);
        if (Embedded.Of(call) && named is not null)
        {
            throw new CommandException(ExitCode.WrongCall, "--embedded and --broker exclude each other: give one of them");
        }

        return new SetupAnswers
        {
            Host = named?.Host,
            Port = named?.Port,
            Node = broker.NodeOf(call),
            Username = broker.UsernameOf(call),
            PasswordFile = broker.PasswordFileOf(call),
            CaFile = broker.CaFileOf(call),
            AllowInsecure = AllowInsecure.Of(call),
            TestsMicrophone = TestMicrophone.Of(call),
        };
    }
}
