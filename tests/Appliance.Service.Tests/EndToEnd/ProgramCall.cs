using System.Diagnostics;

namespace Appliance.Service.Tests.EndToEnd;

/// <summary>A call of the built program.</summary>
public sealed record ProgramCall(params string[] Arguments)
{
    /// <summary>What it reads from standard input.</summary>
    public byte[]? Input { get; init; }

    /// <summary>Variables over those of the test's own environment; null takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>Folder that it runs in.</summary>
    public string? Folder { get; init; }

    /// <summary>What the test does meanwhile.</summary>
    public Func<Process, Task>? WhileRunning { get; init; }

    internal ProcessStartInfo StartInfo(string program)
    {
        ProcessStartInfo info = new(program, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder ?? "",
        };
        foreach ((string name, string? value) in Variables)
        {
            info.Environment[name] = value;
        }

        return info;
    }
}
