namespace Appliance.Service.Storage;

/// <summary>Why something can't be stored.</summary>
internal enum StorageError
{
    /// <summary>The disk (or its inodes, or a quota) is full.</summary>
    DiskFull,

    /// <summary>The outbox holds as much as it may.</summary>
    OutboxFull,

    /// <summary>Another service uses the state directory.</summary>
    InUse,

    /// <summary>The state directory or the database can't be used.</summary>
    Unusable,
}
