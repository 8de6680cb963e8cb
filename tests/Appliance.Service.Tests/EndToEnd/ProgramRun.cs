using System.Diagnostics;
using System.Globalization;
using Appliance.Testing;

namespace Appliance.Service.Tests.EndToEnd;

/// <summary>How one run of the built program ended.</summary>
/// <param name="Code">Exit status.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="PeakBytes">Peak resident memory, sampled; what is allocated last of all may be missed.</param>
public sealed record ProgramRun(int Code, string Out, string Error, long PeakBytes)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Lines of standard error.</summary>
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The program: APPLIANCE_PROGRAM, or the one built in the same configuration as this test.</summary>
    public static string ProgramPath => Environment.GetEnvironmentVariable("APPLIANCE_PROGRAM") is { Length: > 0 } named
        ? named
        : Path.Combine(RepositoryFolder.Path, ".artifacts", "bin", "Appliance.Service", new DirectoryInfo(AppContext.BaseDirectory).Name, "appliance");

    /// <summary>Runs the program to its end.</summary>
    public static Task<ProgramRun> RunAsync(params string[] arguments) => RunAsync(new ProgramCall(arguments));

    /// <summary>Runs the program to its end.</summary>
    public static async Task<ProgramRun> RunAsync(ProgramCall call)
    {
        using Process process = new() { StartInfo = call.StartInfo(ProgramPath) };
        process.Start();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task feeding = FeedAsync(process, call.Input);
        Task<long> peak = WatchAsync(process);
        using CancellationTokenSource limit = new(Limit);
        try
        {
            await (call.WhileRunning?.Invoke(process) ?? Task.CompletedTask);
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"appliance {string.Join(' ', call.Arguments)} did not end within {Limit}");
        }

        await feeding;
        return new ProgramRun(process.ExitCode, await output, await error, await peak);
    }

    private static async Task FeedAsync(Process process, byte[]? input)
    {
        try
        {
            if (input is not null)
            {
                await process.StandardInput.BaseStream.WriteAsync(input);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // the program ended without reading it all
        }
    }

    private static async Task<long> WatchAsync(Process process)
    {
        long peak = 0;
        while (ReadPeak(process.Id) is { } bytes)
        {
            peak = Math.Max(peak, bytes);
            await Task.Delay(TimeSpan.FromMilliseconds(2));
        }

        return peak;
    }

    private static long? ReadPeak(int processId)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{processId}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? null : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
