using System.Text;
using Appliance.Native;

namespace Appliance.Service.Cli.Output;

/// <summary>Writes a file so that nobody ever sees half of it: beside its final place first, then one rename.</summary>
internal static class AtomicFile
{
    private const uint TypeBits = 0xF000;
    private const uint RegularFile = 0x8000;

    // what the process has open already, whatever that is
    private static readonly string[] _openFiles = ["/dev/std", "/dev/fd/", "/proc/self/fd/"];

    /// <summary>Writes the file.</summary>
    /// <param name="path">Final place; what stands there is replaced, a device or pipe is written to as it is.</param>
    /// <param name="write">Produces the text.</param>
    /// <exception cref="CommandException">It can't be written; nothing is left behind.</exception>
    public static void Write(string path, Action<TextWriter> write) => WriteBytes(path, stream =>
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        write(writer);
    });

    /// <summary>Writes the file.</summary>
    /// <param name="path">As for <see cref="Write"/>.</param>
    /// <param name="write">Produces the bytes.</param>
    /// <exception cref="CommandException">It can't be written; nothing is left behind.</exception>
    public static void WriteBytes(string path, Action<Stream> write)
    {
        try
        {
            string target = FinalTarget(path);
            if (IsStream(target))
            {
                // appends where standard output is a file, so that what stands there stays
                WriteTo(new FileStream(target, FileMode.Append, FileAccess.Write, FileShare.ReadWrite), write);
            }
            else
            {
                Replace(target, write);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, fault);
        }
    }

    /// <summary>Finds out before the work whether the file can be written: makes and removes a file beside its place.</summary>
    /// <exception cref="CommandException">It can't.</exception>
    public static void Probe(string path)
    {
        try
        {
            string target = FinalTarget(path);
            if (Directory.Exists(target))
            {
                throw new CommandException(ExitCode.OutputFailed, $"{path} is a folder: name a file in it, or end it with /");
            }

            if (!IsStream(target))
            {
                string probe = TemporaryBeside(target);
                new FileStream(probe, FileMode.CreateNew, FileAccess.Write).Dispose();
                File.Delete(probe);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, fault);
        }
    }

    private static CommandException Unwritable(string path, Exception fault) =>
        new(ExitCode.OutputFailed, $"{path} can't be written ({fault.Message}): free space, check the permissions or name another --output", fault);

    private static bool IsOpenFile(string path) => _openFiles.Any(start => path.StartsWith(start, StringComparison.Ordinal));

    private static string FinalTarget(string path) => IsOpenFile(path) || new FileInfo(path).LinkTarget is null
        ? Path.GetFullPath(path)
        : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    // renaming a file over /dev/null or a named pipe would take it away from everybody
    private static bool IsStream(string path) =>
        IsOpenFile(path) || (File.Exists(path) && (FileIdentity.Of(path).Mode & TypeBits) != RegularFile);

    private static string TemporaryBeside(string target) =>
        Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");

    private static void Replace(string target, Action<Stream> write)
    {
        string temporary = TemporaryBeside(target);
        try
        {
            WriteTo(new FileStream(temporary, FileMode.CreateNew, FileAccess.Write), write);
            if (File.Exists(target))
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void WriteTo(FileStream stream, Action<Stream> write)
    {
        using (stream)
        {
            write(stream);
            stream.Flush(flushToDisk: stream.CanSeek);
        }
    }
}
