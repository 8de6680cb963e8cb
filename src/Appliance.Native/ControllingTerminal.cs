using System.Runtime.InteropServices;

namespace Appliance.Native;

/// <summary>The terminal that this process was started from.</summary>
public static partial class ControllingTerminal
{
    /// <summary>
    /// True when standard input is a terminal and this process is in its foreground. In the background the first read of it would stop
    /// the whole process.
    /// </summary>
    public static bool IsInForeground()
    {
        int group = GetForegroundGroup(0);
        return group >= 0 && group == GetGroup();
    }

    [LibraryImport("libc.so.6", EntryPoint = "tcgetpgrp")]
    private static partial int GetForegroundGroup(int descriptor);

    [LibraryImport("libc.so.6", EntryPoint = "getpgrp")]
    private static partial int GetGroup();
}
