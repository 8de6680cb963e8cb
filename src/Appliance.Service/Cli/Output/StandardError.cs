using System.Text;

namespace Appliance.Service.Cli.Output;

/// <summary>Standard error, where a full disk or a closed pipe must not end the work: there is no place left to complain.</summary>
internal sealed class StandardError : TextWriter
{
    private readonly TextWriter _writer = Console.Error;

    /// <inheritdoc/>
    public override Encoding Encoding => _writer.Encoding;

    /// <inheritdoc/>
    public override string NewLine => "\n";

    /// <inheritdoc/>
    public override void Write(char value) => Guarded(() => _writer.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Guarded(() => _writer.Write(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Guarded(() => _writer.Write(value + "\n"));

    /// <inheritdoc/>
    public override void Flush() => Guarded(_writer.Flush);

    private static void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // the exit status still tells
        }
    }
}
