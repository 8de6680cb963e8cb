using Appliance.Testing;

namespace Appliance.Service.Tests.EndToEnd;

/// <summary>What a person sees: progress and colours on a terminal only.</summary>
public sealed class TerminalTests
{
    private const string Colour = "\u001b[38;5;";
    private const string Clear = "\r\u001b[2K";

    [Fact]
    public async Task Transcribe_OnATerminal_ShowsProgressAndTakesItAway()
    {
        string seen = await OnTerminalAsync("", $"transcribe '{BundledClip.Path}'");

        Assert.Contains("100%", seen, StringComparison.Ordinal);
        Assert.Contains(Colour, seen, StringComparison.Ordinal);
        Assert.Contains("Americans", seen, StringComparison.Ordinal);
        Assert.EndsWith(Clear, seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcribe_NoColour_ShowsProgressWithoutIt()
    {
        string seen = await OnTerminalAsync("NO_COLOR=1", $"transcribe '{BundledClip.Path}'");

        Assert.Contains("100%", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(Colour, seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcribe_Quiet_ShowsTheTextAlone()
    {
        string seen = await OnTerminalAsync("", $"--quiet transcribe '{BundledClip.Path}'");

        Assert.DoesNotContain("%", seen, StringComparison.Ordinal);
        Assert.Contains("Americans", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelsList_OnATerminal_IsATable() =>
        Assert.Contains("│ whisper-base ", await OnTerminalAsync("NO_COLOR=1", "models list"), StringComparison.Ordinal);

    private static async Task<string> OnTerminalAsync(string variables, string arguments)
    {
        if (!Shell.Has("script"))
        {
            Assert.Skip("the program script is not installed (package bsdutils)");
        }

        return await Shell.ReadAsync(
            $"unset NO_COLOR; export TERM=xterm-256color LANG=C.UTF-8 {variables}; script -qec \"'{ProgramRun.ProgramPath}' {arguments}\" /dev/null </dev/null");
    }
}
