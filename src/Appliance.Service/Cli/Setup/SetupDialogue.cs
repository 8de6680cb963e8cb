using System.Globalization;
using System.Text;
using Appliance.Service.Cli.Output;
using Appliance.Service.Configuration;

namespace Appliance.Service.Cli.Setup;

/// <summary>Asks for everything, one question a line.</summary>
internal sealed class SetupDialogue(Terminal terminal)
{
    /// <summary>Asks.</summary>
    /// <exception cref="CommandException">There is nobody to ask.</exception>
    public SetupAnswers Ask()
    {
        if (Console.IsInputRedirected)
        {
            throw new CommandException(ExitCode.WrongCall, "there is no terminal to ask on: give options instead, see 'appliance setup --help'");
        }

        string broker = Question("Broker, as HOST or HOST:PORT (empty: the one that comes along)");
        string node = Question("Name of this machine in topics (empty: as it is)");
        if (broker.Length == 0)
        {
            return new SetupAnswers { Node = OrNull(node), TestsMicrophone = Yes("Test the microphone now?") };
        }

        (string host, int? port) = Split(broker);
        string user = Question("User at the broker (empty: nobody)");
        string password = user.Length > 0 ? Hidden("Password") : "";
        string caFile = Question("PEM file of the authority that signed the broker's certificate (empty: no TLS)");
        return new SetupAnswers
        {
            Host = host,
            Port = port,
            Node = OrNull(node),
            Username = OrNull(user),
            Password = OrNull(password),
            CaFile = OrNull(caFile),
            AllowInsecure = user.Length == 0 && !ConfigurationCheck.IsLoopback(host) && Yes("Use a broker on another machine without a user, in a lab?"),
            TestsMicrophone = Yes("Test the microphone now?"),
        };
    }

    private static (string Host, int? Port) Split(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text[(colon + 1)..], CultureInfo.InvariantCulture, out int port) ? (text[..colon], port) : (text, null);
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private bool Yes(string question) => Question(question + " [y/N]") is "y" or "Y" or "yes";

    private string Question(string question)
    {
        terminal.Error.Write(question + ": ");
        terminal.Error.Flush();
        return Console.ReadLine()?.Trim() ?? throw new CommandException(ExitCode.Interrupted, "no answer: nothing was written");
    }

    private string Hidden(string question)
    {
        terminal.Error.Write(question + ": ");
        terminal.Error.Flush();
        StringBuilder typed = new();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        terminal.Error.WriteLine();
        return typed.ToString();
    }
}
