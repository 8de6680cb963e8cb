namespace Appliance.Service.Cli.Transcribe;

/// <summary>One input: a file, or standard input copied to a file that has no name any more.</summary>
internal sealed class InputFile : IDisposable
{
    /// <summary>The argument that means standard input.</summary>
    public const string StandardInput = "-";

    private readonly FileStream? _spool;

    private InputFile(string name, string path, FileStream? spool)
    {
        Name = name;
        Path = path;
        _spool = spool;
    }

    /// <summary>The input as the caller named it.</summary>
    public string Name { get; }

    /// <summary>Where its bytes are; can be opened as often as needed.</summary>
    public string Path { get; }

    /// <summary>Takes an argument; reads standard input to its end when it is meant.</summary>
    /// <exception cref="CommandException">Standard input can't be used.</exception>
    public static InputFile Open(string argument, CancellationToken cancellationToken) =>
        argument == StandardInput ? Spool(cancellationToken) : new(argument, argument, spool: null);

    /// <inheritdoc/>
    public void Dispose() => _spool?.Dispose();

    private static InputFile Spool(CancellationToken cancellationToken)
    {
        if (!Console.IsInputRedirected)
        {
            throw new CommandException(ExitCode.InputMissing, "standard input is a terminal: send audio into it ('… | appliance transcribe -')");
        }

        if (OwnPipe.IsStandardInput())
        {
            throw new CommandException(ExitCode.InputMissing, "standard input is closed: send audio into it ('… | appliance transcribe -')");
        }

        string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "appliance-" + System.IO.Path.GetRandomFileName());
        FileStream? spool = null;
        try
        {
            spool = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            // from here on the bytes go away with the process, however it ends
            File.Delete(path);
            Copy(Console.OpenStandardInput(), spool, cancellationToken);
            spool.Flush();
            // by number of the process, since ffmpeg opens it too
            return new(StandardInput, $"/proc/{Environment.ProcessId}/fd/{spool.SafeFileHandle.DangerousGetHandle()}", spool);
        }
        catch (Exception fault)
        {
            spool?.Dispose();
            if (fault is IOException or UnauthorizedAccessException)
            {
                throw new CommandException(ExitCode.OutputFailed,
                    $"standard input can't be kept in {System.IO.Path.GetTempPath()} ({fault.Message}): free space or set TMPDIR to a folder that has it", fault);
            }

            throw;
        }
    }

    private static void Copy(Stream source, Stream destination, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[1 << 16];
        for (int count = source.Read(buffer); count > 0; count = source.Read(buffer))
        {
            cancellationToken.ThrowIfCancellationRequested();
            destination.Write(buffer, 0, count);
        }
    }
}
