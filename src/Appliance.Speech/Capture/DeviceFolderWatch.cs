namespace Appliance.Speech.Capture;

/// <summary>Notices that something came or went in the folder of device nodes (inotify). A folder that is not there gives no sign.</summary>
internal sealed class DeviceFolderWatch : IDisposable
{
    private readonly FileSystemWatcher? _watcher;
    private bool _hasChanged;

    /// <param name="folder">The folder, usually /dev/snd.</param>
    public DeviceFolderWatch(string folder)
    {
        try
        {
            if (!Directory.Exists(folder))
            {
                return;
            }

            _watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.Attributes };
            _watcher.Created += (_, _) => Notice();
            _watcher.Deleted += (_, _) => Notice();
            _watcher.Renamed += (_, _) => Notice();
            _watcher.Changed += (_, _) => Notice();
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // out of inotify watches, or the folder went meanwhile: looking every second is all there is then
            _watcher?.Dispose();
            _watcher = null;
        }
    }

    /// <summary>Whether something changed since the last time that this was asked (one atomic step, so that no change is lost).</summary>
    public bool TakeChange() => Interlocked.Exchange(ref _hasChanged, false);

    /// <inheritdoc/>
    public void Dispose() => _watcher?.Dispose();

    private void Notice() => Interlocked.Exchange(ref _hasChanged, true);
}
