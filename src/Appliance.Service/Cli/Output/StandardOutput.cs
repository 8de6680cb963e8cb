using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Service.Cli.Output;

/// <summary>
/// Standard output as UTF-8 without a byte order mark. A full disk and a closed pipe are told as exceptions: the
/// console stream of .NET says nothing when a pipe is closed, so pipes are written through a file stream.
/// </summary>
internal sealed class StandardOutput : TextWriter
{
    private const int BrokenPipe = 32;

    private readonly StreamWriter _writer = new(Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };

    /// <inheritdoc/>
    public override Encoding Encoding => _writer.Encoding;

    /// <inheritdoc/>
    public override string NewLine => "\n";

    /// <inheritdoc/>
    public override void Write(char value) => Guarded(() => _writer.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Guarded(() => _writer.Write(value));

    /// <inheritdoc/>
    public override void WriteLine() => Guarded(() => _writer.Write('\n'));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Guarded(() => _writer.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Guarded(_writer.Flush);

    private static Stream Open()
    {
        FileStream pipe = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // a file that others write to as well keeps its shared position only with plain writes, which the console stream does
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }

    private static void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StandardOutputException(fault.HResult == BrokenPipe, fault);
        }
    }
}
