namespace Appliance.Service.Storage;

/// <summary>Something can't be stored. The message is "what is wrong: what to do".</summary>
internal sealed class StorageException(StorageError code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of fault.</summary>
    public StorageError Code { get; } = code;
}
