using System.Diagnostics;

namespace Appliance.Service.Tests.EndToEnd;

/// <summary>Runs other programs.</summary>
internal static class Shell
{
    /// <summary>Runs a program; false when it is not there or fails.</summary>
    public static async Task<bool> TryRunAsync(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>What a line of bash prints.</summary>
    public static async Task<string> ReadAsync(string line, bool withError = false, string shell = "bash")
    {
        using Process process = Process.Start(
            new ProcessStartInfo(shell, ["-c", line]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return withError ? output + await error : output;
    }

    /// <summary>Whether a program is installed.</summary>
    public static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
