using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Appliance.Service.Cli.Output;
using Appliance.Service.Configuration;
using Appliance.Service.Mqtt.Client;
using Appliance.Speech.Capture;

namespace Appliance.Service.Cli.Setup;

/// <summary>Tries what the user wants and writes it down.</summary>
internal sealed class SetupRun(string file, SetupAnswers answers, Terminal terminal)
{
    private static readonly TimeSpan TestTime = TimeSpan.FromSeconds(2);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Does it.</summary>
    /// <exception cref="CommandException">The broker can't be reached, or the file can't be written.</exception>
    /// <exception cref="ConfigurationException">Something would be wrong.</exception>
    public ExitCode Run(CancellationToken cancellationToken)
    {
        // 1. what the file would be, beside its place, so that it can be checked as a whole
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        string passwordFile = answers.PasswordFile ?? Path.Combine(folder, "mqtt-password");
        JsonObject document = Merge(Read(), passwordFile);
        byte[]? oldPassword = File.Exists(passwordFile) ? File.ReadAllBytes(passwordFile) : null;
        bool isDone = false;
        string draft = Path.Combine(folder, $".{Path.GetFileName(file)}.setup");
        try
        {
            if (answers.Password is { } password)
            {
                DurableFile.Write(passwordFile, Encoding.UTF8.GetBytes(password + "\n"));
            }

            DurableFile.Write(draft, Encoding.UTF8.GetBytes(document.ToJsonString(Indented) + "\n"));
            ApplianceSettings settings = ConfigurationReader.LoadForService(draft, Environment.GetEnvironmentVariables()).Settings;

            // 2. does it work?
            if (settings.Mqtt.Host is not null)
            {
                TryBrokerAsync(settings.Mqtt, cancellationToken).GetAwaiter().GetResult();
            }

            if (answers.TestsMicrophone)
            {
                TestMicrophone(settings.Capture, cancellationToken);
            }

            // 3. then it is written
            DurableFile.Write(file, File.ReadAllBytes(draft));
            isDone = true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.OutputFailed, $"{file} can't be written ({fault.Message}): run it as root, or name another file with --config", fault);
        }
        finally
        {
            File.Delete(draft);
            if (!isDone && answers.Password is not null)
            {
                TakeBack(passwordFile, oldPassword);
            }
        }

        terminal.WriteWarning($"{file} is written: start the service with 'appliance run', or restart it");
        return ExitCode.Done;
    }

    /// <summary>A password that was not to be had is not left behind.</summary>
    private static void TakeBack(string passwordFile, byte[]? before)
    {
        if (before is null)
        {
            File.Delete(passwordFile);
        }
        else
        {
            DurableFile.Write(passwordFile, before);
        }
    }

    private JsonObject Read()
    {
        if (!File.Exists(file))
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(File.ReadAllText(file), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }) as JsonObject ?? [];
        }
        catch (JsonException fault)
        {
            throw new ConfigurationException([$"{file}: not valid JSON at line {fault.LineNumber + 1}: correct it there first"]);
        }
    }

    private JsonObject Merge(JsonObject document, string passwordFile)
    {
        JsonObject mqtt = document["mqtt"] as JsonObject ?? [];
        Put(mqtt, "host", answers.Host);
        Put(mqtt, "port", answers.Port);
        Put(mqtt, "username", answers.Username);
        Put(mqtt, "password", answers.Password is not null || answers.PasswordFile is not null ? "file:" + Path.GetFullPath(passwordFile) : null);
        Put(mqtt, "tls", answers.CaFile is { } caFile ? new JsonObject { ["enabled"] = true, ["caFile"] = Path.GetFullPath(caFile) } : null);
        Put<bool?>(mqtt, "allowInsecure", answers.AllowInsecure ? true : null);
        document["mqtt"] = mqtt;
        if (answers.Node is { } name)
        {
            JsonObject node = document["node"] as JsonObject ?? [];
            node["name"] = name;
            document["node"] = node;
        }

        return document;
    }

    private static void Put<T>(JsonObject section, string name, T value)
    {
        section.Remove(name);
        if (value is not null)
        {
            section[name] = value as JsonNode ?? JsonValue.Create(value);
        }
    }

    private async Task TryBrokerAsync(MqttSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await using NodeClient client = await NodeClient.ConnectAsync(settings, cancellationToken);
            terminal.WriteWarning($"the broker at {settings.Host}:{settings.EffectivePort} answers");
        }
        catch (BrokerUnavailableException fault)
        {
            throw new CommandException(fault.IsForbidden ? ExitCode.Forbidden : ExitCode.Unavailable, fault.Message + "; nothing was written", fault);
        }
    }

    private void TestMicrophone(CaptureSettings capture, CancellationToken cancellationToken)
    {
        try
        {
            using ILiveAudio audio = CaptureSources.Find("alsa").Open(new CaptureOptions { Device = capture.Device, Channel = capture.Channel, DeviceRoot = capture.DeviceRoot });
            terminal.WriteWarning("listening for two seconds: say something");
            float[] samples = new float[4096];
            float peak = 0;
            long started = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(started) < TestTime)
            {
                CaptureRead read = audio.Read(samples, cancellationToken);
                for (int i = 0; read.Event == CaptureEvent.Samples && i < read.Samples; i++)
                {
                    peak = Math.Max(peak, Math.Abs(samples[i]));
                }
            }

            terminal.WriteWarning(FormattableString.Invariant($"{audio.Device}: loudest sample {20 * Math.Log10(Math.Max(peak, 1e-5)):0} dBFS{(peak < 0.01 ? ": too quiet, raise the microphone's level" : "")}"));
        }
        catch (CaptureException fault)
        {
            terminal.WriteWarning($"{fault.Message}; the rest is set up all the same");
        }
    }
}
