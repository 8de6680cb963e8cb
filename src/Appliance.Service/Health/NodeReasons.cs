namespace Appliance.Service.Health;

/// <summary>What is amiss, as codes that programs read. Thread-safe.</summary>
internal sealed class NodeReasons
{
    /// <summary>Nothing keeps the clock right.</summary>
    public const string ClockUnsynced = "clock_unsynced";

    /// <summary>A broker on another machine is used without user or without encryption.</summary>
    public const string InsecureBroker = "insecure_broker";

    /// <summary>Somebody else uses the client id.</summary>
    public const string ClientIdConflict = "client_id_conflict";

    /// <summary>The port of the embedded broker is taken; what answers there is used.</summary>
    public const string BrokerPortInUse = "broker_port_in_use";

    /// <summary>The disk is full.</summary>
    public const string DiskFull = "disk_full";

    /// <summary>The broker refused messages; they are among the dead letters.</summary>
    public const string MessagesRefused = "messages_refused";

    /// <summary>The microphone is away.</summary>
    public const string NoMicrophone = "no_microphone";

    /// <summary>A model is missing or damaged.</summary>
    public const string ModelUnusable = "model_unusable";

    /// <summary>Listening ended with a fault; it is begun again.</summary>
    public const string ListeningFailed = "listening_failed";

    /// <summary>The database was damaged or of a newer program; it was set aside.</summary>
    public const string DatabaseSetAside = "database_set_aside";

    /// <summary>Parts of settings.json were passed over.</summary>
    public const string SettingsPassedOver = "settings_passed_over";

    private readonly Lock _lock = new();
    private readonly SortedSet<string> _codes = new(StringComparer.Ordinal);

    /// <summary>Called when a code came or went.</summary>
    public event Action? Changed;

    /// <summary>The codes in force.</summary>
    public IReadOnlyList<string> Codes
    {
        get
        {
            lock (_lock)
            {
                return [.. _codes];
            }
        }
    }

    /// <summary>Sets or clears a code.</summary>
    public void Set(string code, bool isOn)
    {
        bool changed;
        lock (_lock)
        {
            changed = isOn ? _codes.Add(code) : _codes.Remove(code);
        }

        if (changed)
        {
            Changed?.Invoke();
        }
    }
}
