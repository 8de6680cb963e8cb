using System.Security.Cryptography;
using Appliance.Imaging;
using Appliance.Imaging.Files;

namespace Appliance.Service.Cli.Imagine;

/// <summary>A picture file that a call names, read whole.</summary>
/// <param name="Path">The path.</param>
/// <param name="Bytes">What is in it.</param>
internal sealed record PictureFile(string Path, byte[] Bytes)
{
    /// <summary>SHA-256 of the file, in hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Bytes));

    /// <summary>Reads a file.</summary>
    /// <exception cref="CommandException">It is not there, not readable or too large.</exception>
    public static PictureFile Read(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (stream.Length > PictureReader.MaximumFileBytes)
            {
                throw new CommandException(ExitCode.InputUnusable, $"{path}: the file has {stream.Length >> 20} MiB, at most {PictureReader.MaximumFileBytes >> 20} are read: give a smaller picture");
            }

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return new(path, bytes);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandException(ExitCode.InputMissing, $"{path}: there is no such file: check the path", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.InputMissing, $"{path}: can't be read ({fault.Message}): check its permissions", fault);
        }
    }

    /// <summary>Does something with the bytes; faults name the file.</summary>
    /// <exception cref="CommandException">It is no usable picture.</exception>
    public T Use<T>(Func<byte[], T> use)
    {
        try
        {
            return use(Bytes);
        }
        catch (ImagingException fault)
        {
            throw new CommandException(FailureMap.Describe(fault).Code, $"{Path}: {fault.Message}", fault);
        }
    }
}
