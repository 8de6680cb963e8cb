namespace Appliance.Service.Health.Doctor;

/// <summary>Finds out whether files can be made in a folder, by making one.</summary>
internal static class WritableFolder
{
    /// <summary>Null when they can, else why not.</summary>
    public static string? Probe(string folder)
    {
        try
        {
            string path = Path.Combine(folder, ".appliance-" + Path.GetRandomFileName());
            new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return fault.Message;
        }
    }
}
