using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Appliance.Service.Cli.Call;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Cli.Output;
using Appliance.Service.Configuration;
using Appliance.Service.Jobs;
using Appliance.Service.Mqtt.Client;

namespace Appliance.Service.Cli.Fleet;

/// <summary><c>fleet submit</c>.</summary>
internal sealed class FleetSubmit
{
    private readonly Argument<string[]> _files = new("FILE") { Arity = ArgumentArity.OneOrMore };
    private readonly FleetOutputOptions _output = new();
    private readonly TranscribeParameterOptions _parameters = new();
    private readonly BrokerOptions _broker = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new FleetSubmit().Build();

    private VerbCommand Build()
    {
        VerbCommand command = new VerbCommand("submit", "has recordings transcribed by all nodes of a fleet", Run)
        {
            ArgumentKind = ValueKind.Path,
            Manual = new Manual
            {
                Arguments = "FILE…",
                Description =
                [
                    "Offers each FILE (or each file of a folder) to the nodes that share work, sends it to the one that takes it, and writes NAME.json to the output folder, with the keys of 'appliance transcribe --json'. A node that dies is noticed, its work goes to another one.",
                    "It can be started again: a recording whose transcript is there is left out. Each failure is one line on standard error; the exit status is that of the first.",
                ],
                Groups = [_output, _parameters, _broker],
                Examples = [new("appliance fleet submit recordings/ --output transcripts/ --broker broker.lan", "transcribes a folder")],
                ExitCodes = CallCommand.ExitCodes,
            },
        }.WithOptions();
        command.Arguments.Add(_files);
        return command;
    }

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        JsonObject parameters = _parameters.ParametersOf(context.Call);
        Dictionary<FleetJob, string> destinations = Plan(context, parameters);
        if (destinations.Count == 0)
        {
            context.Terminal.WriteWarning("every transcript is there already: nothing is to be done");
            return ExitCode.Done;
        }

        MqttSettings settings = _broker.SettingsOf(context.Call, context.Settings.Mqtt);
        try
        {
            return SubmitAsync(context.Terminal, settings, destinations, parameters, cancellationToken).GetAwaiter().GetResult();
        }
        catch (BrokerUnavailableException fault)
        {
            throw new CommandException(fault.IsForbidden ? ExitCode.Forbidden : ExitCode.Unavailable, fault.Message, fault);
        }
    }

    private Dictionary<FleetJob, string> Plan(CallContext context, JsonObject parameters)
    {
        string folder = _output.FolderOf(context.Call);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.OutputFailed, $"the folder {folder} can't be made ({fault.Message}): make it or name another --output", fault);
        }

        Dictionary<FleetJob, string> destinations = [];
        Dictionary<string, string> stems = new(StringComparer.Ordinal);
        foreach (string file in context.Call.GetValue(_files)!.SelectMany(Expand))
        {
            string stem = Path.GetFileNameWithoutExtension(file);
            if (!stems.TryAdd(stem, file))
            {
                throw new CommandException(ExitCode.WrongCall, $"{stems[stem]} and {file} would both be written to {stem}.json: submit them in two calls with two folders");
            }

            string destination = Path.Combine(folder, stem + ".json");
            if (!File.Exists(destination))
            {
                destinations.Add(new FleetJob(IdOf(file, parameters), file), destination);
            }
        }

        return destinations;
    }

    private static IEnumerable<string> Expand(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal)
        : [path];

    /// <summary>The same recording with the same parameters is the same job, for whoever asks again.</summary>
    private static string IdOf(string file, JsonObject parameters)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            byte[] content = SHA256.HashData(stream);
            return "f" + Convert.ToHexStringLower(SHA256.HashData([.. content, .. Encoding.UTF8.GetBytes(parameters.ToJsonString())]))[..40];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.InputMissing, $"{file}: can't be read ({fault.Message}): check the path and its permissions", fault);
        }
    }

    private static async Task<ExitCode> SubmitAsync(
        Terminal terminal, MqttSettings settings, Dictionary<FleetJob, string> destinations, JsonObject parameters, CancellationToken cancellationToken)
    {
        await using NodeClient client = await NodeClient.ConnectAsync(settings, cancellationToken);

        // two files of the same content are one job with two transcripts
        ILookup<string, (FleetJob Job, string Destination)> byId = destinations.ToLookup(pair => pair.Key.Id, pair => (pair.Key, pair.Value));
        FleetRequester requester = new(client, settings.Base, byId.Select(same => same.First().Job), parameters, TimeProvider.System);
        ExitCode first = ExitCode.Done;
        int done = 0;
        requester.Noted += terminal.WriteDetail;
        requester.Ended += job =>
        {
            foreach ((FleetJob one, string destination) in byId[job.Id])
            {
                done++;
                ExitCode code = Write(terminal, one.File, job.Outcome!, destination);
                first = first == ExitCode.Done ? code : first;
            }
        };
        await requester.RunAsync(cancellationToken);
        terminal.WriteWarning($"{done} recordings, {requester.Retries} offered again");
        return first;
    }

    private static ExitCode Write(Terminal terminal, string file, JsonObject outcome, string destination)
    {
        if (outcome["type"]?.GetValue<string>() == EnvelopeTypes.Result && outcome["data"] is JsonObject data)
        {
            data["file"] = file;
            AtomicFile.Write(destination, writer => writer.Write(data.ToJsonString() + "\n"));
            terminal.WriteResult(destination);
            return ExitCode.Done;
        }

        terminal.WriteError($"{file}: {outcome["error"]?["message"]?.GetValue<string>() ?? "failed"}");
        return ErrorExit.Of(ErrorCodes.Parse(outcome["error"]?["code"]?.GetValue<string>()));
    }
}
