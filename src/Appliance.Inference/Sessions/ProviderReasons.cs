namespace Appliance.Inference.Sessions;

/// <summary>The machine-readable reasons in a <see cref="ProviderReport"/>.</summary>
public static class ProviderReasons
{
    /// <summary>It is used.</summary>
    public const string Ok = "ok";

    /// <summary>The ONNX Runtime in use was built without it.</summary>
    public const string NotBuiltIn = "not_built_in";

    /// <summary>A library that it needs is not installed.</summary>
    public const string LibraryMissing = "library_missing";

    /// <summary>The machine has no device for it.</summary>
    public const string NoDevice = "no_device";

    /// <summary>The device's driver is older than the libraries need.</summary>
    public const string DriverTooOld = "driver_too_old";

    /// <summary>Everything seems to be there, but it failed when a session was opened on it.</summary>
    public const string Failed = "failed";
}
