using Appliance.Service.Cli;
using Appliance.Service.Cli.Output;
using Appliance.Service.Tests.EndToEnd;

namespace Appliance.Service.Tests.Cli.Output;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("appliance-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_NewFile_HoldsTheText()
    {
        string file = Path.Combine(_folder, "a.txt");

        AtomicFile.Write(file, writer => writer.WriteLine("ä"));

        Assert.Equal("ä\n"u8.ToArray(), File.ReadAllBytes(file));
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Write_ExistingFile_IsReplacedAndKeepsItsMode()
    {
        string file = Path.Combine(_folder, "a.txt");
        File.WriteAllText(file, "old");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        AtomicFile.Write(file, writer => writer.Write("new"));

        Assert.Equal("new", File.ReadAllText(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void Write_FaultHalfWay_LeavesWhatWasThere()
    {
        string file = Path.Combine(_folder, "a.txt");
        File.WriteAllText(file, "old");

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(file, writer =>
        {
            writer.Write(new string('x', 100_000));
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", File.ReadAllText(file));
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Write_ThroughASymbolicLink_ReplacesItsTarget()
    {
        string target = Path.Combine(_folder, "target");
        string link = Path.Combine(_folder, "link");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, target);

        AtomicFile.Write(link, writer => writer.Write("new"));

        Assert.Equal("new", File.ReadAllText(target));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void Write_DevNull_StaysADevice()
    {
        AtomicFile.Write("/dev/null", writer => writer.Write("x"));

        Assert.Equal("", File.ReadAllText("/dev/null"));
    }

    [Fact]
    public void Write_FileInMemoryBelowDev_IsAFileLikeAnother()
    {
        string folder = Path.Combine("/dev/shm", Path.GetFileName(_folder));
        if (!Directory.Exists("/dev/shm"))
        {
            Assert.Skip("there is no /dev/shm");
        }

        string file = Path.Combine(Directory.CreateDirectory(folder).FullName, "a.txt");
        try
        {
            AtomicFile.Probe(file);
            AtomicFile.Write(file, writer => writer.Write("a long text"));
            AtomicFile.Write(file, writer => writer.Write("short"));

            Assert.Equal("short", File.ReadAllText(file));
            Assert.Single(Directory.GetFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Write_NamedPipe_ReachesItsReader()
    {
        string pipe = Path.Combine(_folder, "pipe");
        if (!await Shell.TryRunAsync("mkfifo", pipe))
        {
            Assert.Skip("there is no mkfifo");
        }

        Task<string> read = Task.Run(() => File.ReadAllText(pipe), TestContext.Current.CancellationToken);
        AtomicFile.Probe(pipe);
        AtomicFile.Write(pipe, writer => writer.Write("x"));

        Assert.Equal("x", await read);
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Write_DevFull_IsAFailureOfTheOutput()
    {
        CommandException fault = Assert.Throws<CommandException>(() => AtomicFile.Write("/dev/full", writer => writer.Write("x")));

        Assert.Equal(ExitCode.OutputFailed, fault.Code);
        Assert.Contains("/dev/full", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Probe_MissingFolder_SaysSoAndLeavesNothing()
    {
        Assert.Equal(ExitCode.OutputFailed, Assert.Throws<CommandException>(() => AtomicFile.Probe(Path.Combine(_folder, "none", "a"))).Code);
        AtomicFile.Probe(Path.Combine(_folder, "a"));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Probe_Folder_IsNoFile() =>
        Assert.Contains("is a folder", Assert.Throws<CommandException>(() => AtomicFile.Probe(_folder)).Message, StringComparison.Ordinal);
}
