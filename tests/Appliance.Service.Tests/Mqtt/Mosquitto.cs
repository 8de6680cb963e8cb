using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Appliance.Testing;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>A real mosquitto on a port of its own, which a test can kill and start again.</summary>
public sealed class Mosquitto : IDisposable
{
    private const string Program = "/usr/sbin/mosquitto";

    private readonly TemporaryFolder _folder = new();
    private readonly string _configuration;
    private Process? _process;

    /// <summary>Prepares one; it is not started.</summary>
    /// <param name="more">Lines of its configuration beyond a listener for everybody.</param>
    /// <param name="listener">The listener's own line; PORT stands for the port.</param>
    public Mosquitto(string more = "allow_anonymous true", string listener = "listener PORT 127.0.0.1")
    {
        Assert.SkipUnless(File.Exists(Program), "mosquitto is not installed: apt-get install mosquitto");
        Port = FreePort();
        _configuration = _folder["mosquitto.conf"];

        // root is kept, so that it can read the test's files
        File.WriteAllText(_configuration, $"{listener.Replace("PORT", Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)}\nuser root\nlog_dest file {_folder["log"]}\nlog_type all\n{more}\n");
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>A folder for files that its configuration names.</summary>
    public TemporaryFolder Folder => _folder;

    /// <summary>Its log so far.</summary>
    public string Log => File.Exists(_folder["log"]) ? File.ReadAllText(_folder["log"]) : "";

    /// <summary>A started one.</summary>
    public static Mosquitto Started(string more = "allow_anonymous true")
    {
        Mosquitto broker = new(more);
        broker.Start();
        return broker;
    }

    /// <summary>A port that nobody uses.</summary>
    public static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Starts it and waits until it answers.</summary>
    public void Start()
    {
        _process = Process.Start(new ProcessStartInfo(Program, ["-c", _configuration]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        for (int i = 0; i < 200; i++)
        {
            try
            {
                using TcpClient probe = new("127.0.0.1", Port);
                return;
            }
            catch (SocketException)
            {
                if (_process.HasExited)
                {
                    Assert.Fail($"mosquitto ended: {_process.StandardError.ReadToEnd()}{Log}");
                }

                Thread.Sleep(25);
            }
        }

        Assert.Fail("mosquitto does not listen");
    }

    /// <summary>Ends it as a power cut does.</summary>
    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        Kill();
        _folder.Dispose();
    }
}
