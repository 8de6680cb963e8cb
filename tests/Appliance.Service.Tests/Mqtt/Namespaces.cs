using System.Diagnostics;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>Network namespaces of the test's own, on a bridge with an address in this one: hosts on one machine.</summary>
internal sealed class Namespaces : IDisposable
{
    private readonly string _bridge = $"apl{Environment.ProcessId % 10000}";
    private readonly List<string> _names = [];
    private readonly int _net = 20 + (Environment.ProcessId % 200);

    /// <summary>Makes the bridge and so many hosts.</summary>
    public Namespaces(int count)
    {
        Assert.SkipUnless(Environment.UserName == "root" && TryRun("ip", "link", "add", _bridge, "type", "bridge"), "network namespaces can't be made here: run the tests as root");
        Run("ip", "addr", "add", $"{Address}/24", "dev", _bridge);
        Run("ip", "link", "set", _bridge, "up");
        for (int i = 0; i < count; i++)
        {
            string name = $"{_bridge}n{i}";
            _names.Add(name);
            Run("ip", "netns", "add", name);
            Run("ip", "link", "add", $"{_bridge}v{i}", "type", "veth", "peer", "name", "eth0", "netns", name);
            Run("ip", "link", "set", $"{_bridge}v{i}", "master", _bridge, "up");
            Run("ip", "-n", name, "addr", "add", $"10.77.{_net}.{i + 10}/24", "dev", "eth0");
            Run("ip", "-n", name, "link", "set", "eth0", "up");
            Run("ip", "-n", name, "link", "set", "lo", "up");
        }
    }

    /// <summary>Where this namespace is found from the others.</summary>
    public string Address => $"10.77.{_net}.1";

    /// <summary>What starts a program in one of them.</summary>
    public string[] LauncherOf(int host) => ["ip", "netns", "exec", _names[host]];

    public void Dispose()
    {
        foreach (string name in _names)
        {
            TryRun("ip", "netns", "del", name);
        }

        TryRun("ip", "link", "del", _bridge);
    }

    private static void Run(params string[] command) => Assert.True(TryRun(command), string.Join(' ', command));

    private static bool TryRun(params string[] command)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
