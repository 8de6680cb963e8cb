using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Appliance.Service.Tests.EndToEnd;
using Appliance.Testing;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>The built program's <c>run</c>, with a state of its own; a test can kill it and start it again.</summary>
public sealed class NodeProcess : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly string[] _launcher;
    private Process? _process;

    /// <summary>Prepares one; it is not started.</summary>
    /// <param name="name">Its name in topics.</param>
    /// <param name="settings">Variables over the usual ones.</param>
    /// <param name="launcher">A program before it, such as ip netns exec NAME.</param>
    public NodeProcess(string name, IReadOnlyDictionary<string, string>? settings = null, params string[] launcher)
    {
        Name = name;
        _launcher = launcher;
        _variables = new()
        {
            ["APPLIANCE_NODE__NAME"] = name,
            ["APPLIANCE_STORAGE__DIRECTORY"] = _folder["state"],
            ["APPLIANCE_CAPTURE__SOURCE"] = "alsa",
            ["APPLIANCE_CAPTURE__DEVICEROOT"] = _folder.Path,
            ["XDG_CACHE_HOME"] = Path.Combine(Path.GetTempPath(), "appliance-test-cache"),
        };
        foreach ((string key, string value) in settings ?? new Dictionary<string, string>())
        {
            _variables[key] = value;
        }
    }

    /// <summary>Its name in topics.</summary>
    public string Name { get; }

    /// <summary>Its state directory.</summary>
    public string StateDirectory => _folder["state"];

    /// <summary>What it said so far.</summary>
    public string Log => string.Join('\n', _lines);

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Its process id.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentBytes => long.Parse(File.ReadAllText($"/proc/{ProcessId}/statm").Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) * Environment.SystemPageSize;

    /// <summary>Settings for a broker on this machine.</summary>
    public static Dictionary<string, string> At(Mosquitto broker) => new()
    {
        ["APPLIANCE_MQTT__HOST"] = "127.0.0.1",
        ["APPLIANCE_MQTT__PORT"] = broker.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>Changes a variable for the next start.</summary>
    public void Set(string name, string value) => _variables[name] = value;

    /// <summary>Starts it.</summary>
    public void Start()
    {
        string[] command = [.. _launcher, ProgramRun.ProgramPath, "run"];
        ProcessStartInfo info = new(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach ((string key, string value) in _variables)
        {
            info.Environment[key] = value;
        }

        _process = Process.Start(info)!;
        _process.ErrorDataReceived += (_, told) =>
        {
            if (told.Data is { } line)
            {
                _lines.Enqueue(line);
            }
        };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>Ends it as a power cut does.</summary>
    public void Kill()
    {
        if (_process is null)
        {
            return;
        }

        // a launcher such as ip netns exec replaces itself with the program
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Asks it to end, and waits.</summary>
    /// <returns>Exit status.</returns>
    public async Task<int> StopAsync(TimeSpan limit)
    {
        _ = SendSignal(_process!.Id, 15);
        using CancellationTokenSource overdue = new(limit);
        await _process.WaitForExitAsync(overdue.Token);
        int code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

    /// <summary>Waits for a line that holds a text.</summary>
    public Task WaitForLogAsync(string text, TimeSpan limit) => Wait.UntilAsync(() => Log.Contains(text, StringComparison.Ordinal), limit, () => $"no line with \"{text}\" in:\n{Log}");

    public void Dispose()
    {
        Kill();
        _folder.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);
}
