using System.Runtime.InteropServices;

namespace Appliance.Native;

/// <summary>
/// Environment variables as native libraries see them: what .NET sets stays inside the managed runtime. Not safe while another
/// thread reads the environment, so for the start of a program only.
/// </summary>
public static partial class ProcessVariable
{
    /// <summary>Sets a variable for the libraries that are loaded after this call.</summary>
    public static void Set(string name, string value)
    {
        if (SetVariable(name, value, overwrite: 1) != 0)
        {
            throw new ArgumentException($"\"{name}\" can't be the name of a variable", nameof(name));
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
