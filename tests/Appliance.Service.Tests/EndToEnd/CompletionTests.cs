namespace Appliance.Service.Tests.EndToEnd;

/// <summary>The scripts of <c>completion</c> in the shells they are for.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("appliance-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("appliance tr", "transcribe")]
    [InlineData("appliance models ", "list show verify add remove")]
    [InlineData("appliance models sh", "show")]
    [InlineData("appliance models show wh", "whisper-base")]
    [InlineData("appliance transcribe --beam", "--beam-size")]
    [InlineData("appliance transcribe --format s", "srt")]
    [InlineData("appliance transcribe --format = s", "srt")]
    [InlineData("appliance transcribe --model whisper-b", "whisper-base")]
    [InlineData("appliance completion ", "bash fish zsh")]
    [InlineData("appliance transcribe --vad a.f", "a.flac")]
    [InlineData("appliance --conf", "--config")]
    [InlineData("appliance transcribe --threads ", "")]
    public async Task Bash_Words_AreCompleted(string typed, string expected)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.flac"), "", TestContext.Current.CancellationToken);
        string words = string.Join(' ', typed.Split(' ').Select(word => $"'{word}'"));
        string offers = await Shell.ReadAsync(
            $"cd '{_folder}'; appliance() {{ '{ProgramRun.ProgramPath}' \"$@\"; }}; source <(appliance completion bash); "
            + $"COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _appliance; echo \"${{COMPREPLY[*]}}\"");

        Assert.Equal(expected, offers.Trim());
    }

    [Theory]
    [InlineData("appliance tr", "transcribe")]
    [InlineData("appliance models show wh", "whisper-base")]
    [InlineData("appliance transcribe --format s", "srt")]
    [InlineData("appliance transcribe --beam", "--beam-size")]
    [InlineData("appliance completion z", "zsh")]
    public async Task Fish_Words_AreCompleted(string typed, string expected)
    {
        Require("fish");
        string offers = await Shell.ReadAsync(
            $"function appliance; '{ProgramRun.ProgramPath}' $argv; end; appliance completion fish | source; complete -C '{typed}'", shell: "fish");

        Assert.Contains(expected, offers.Split('\n').Select(line => line.Split('\t')[0]));
    }

    [Theory]
    [InlineData("appliance tr", "transcribe")]
    [InlineData("appliance models ", "verify")]
    [InlineData("appliance models show wh", "whisper-base")]
    [InlineData("appliance transcribe --format s", "srt")]
    [InlineData("appliance transcribe --beam", "--beam-size")]
    public async Task Zsh_Words_AreCompleted(string typed, string expected)
    {
        Require("zsh");
        string words = string.Join(' ', typed.Split(' ').Select(word => $"'{word}'"));
        // what the completion system would do with the offers is written out instead
        string offers = await Shell.ReadAsync(
            $"appliance() {{ '{ProgramRun.ProgramPath}' \"$@\" }}; compdef() {{ : }}; _files() {{ : }}; "
            + "compadd() { if [[ $1 == -a ]]; then print -l -- ${(P)2}; else shift; print -l -- $@; fi }; "
            + "_describe() { local name=${@[-1]}; print -l -- ${${(P)name}%%:*} }; "
            + $"source <(appliance completion zsh); words=({words}); CURRENT=${{#words}}; _appliance", shell: "zsh");

        Assert.Contains(expected, offers.Split('\n'));
    }

    private static void Require(string shell)
    {
        if (!Shell.Has(shell))
        {
            Assert.Skip($"{shell} is not installed");
        }
    }
}
