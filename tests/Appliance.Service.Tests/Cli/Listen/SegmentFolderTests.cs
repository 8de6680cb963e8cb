using Appliance.Service.Cli;
using Appliance.Service.Cli.Listen;
using Appliance.Service.Cli.Output;

namespace Appliance.Service.Tests.Cli.Listen;

public sealed class SegmentFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("appliance-test-").FullName;
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _error.Dispose();
    }

    [Fact]
    public void Create_TwiceInASecond_MakesTwoFolders()
    {
        using SegmentFolder first = SegmentFolder.Create(_folder, TimeProvider.System, Terminal());
        using SegmentFolder second = SegmentFolder.Create(_folder, TimeProvider.System, Terminal());
        Assert.Equal(2, Directory.GetDirectories(_folder).Length);
    }

    [Fact]
    public void Create_WhereAFileStands_SaysWhatToDo()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, string.Empty);
        CommandException fault = Assert.Throws<CommandException>(() => SegmentFolder.Create(file, TimeProvider.System, Terminal()));
        Assert.Equal(ExitCode.OutputFailed, fault.Code);
        Assert.Contains("--save", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Record_FolderGone_IsToldOnceAndNothingElse()
    {
        using SegmentFolder folder = SegmentFolder.Create(_folder, TimeProvider.System, Terminal());
        Directory.Delete(Directory.GetDirectories(_folder)[0], recursive: true);
        folder.Record(0, 0, [0.5f]);
        folder.Record(1, 0, [0.5f]);
        Assert.Single(_error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Record_Samples_AreAWaveFileOfTheirLength()
    {
        using (SegmentFolder folder = SegmentFolder.Create(_folder, TimeProvider.System, Terminal()))
        {
            folder.Record(7, 0, [0f, 0.5f, -1f, 2f]);
        }

        byte[] wave = File.ReadAllBytes(Path.Combine(Directory.GetDirectories(_folder)[0], "segment-000007.wav"));
        Assert.Equal(44 + 8, wave.Length);
        Assert.Equal(44, BitConverter.ToInt32(wave, 4));
        Assert.Equal(8, BitConverter.ToInt32(wave, 40));
        Assert.Equal([0, 16384, -32768, 32767], Enumerable.Range(0, 4).Select(i => (int)BitConverter.ToInt16(wave, 44 + (i * 2))));
    }

    private Terminal Terminal() => new(TextWriter.Null, _error, outputIsTerminal: false, errorIsTerminal: false, colour: false);
}
