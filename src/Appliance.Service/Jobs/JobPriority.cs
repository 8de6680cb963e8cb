namespace Appliance.Service.Jobs;

/// <summary>How urgent a job is.</summary>
internal enum JobPriority
{
    /// <summary>When nothing else is to be done: the fleet.</summary>
    Batch,

    /// <summary>HTTP and MQTT.</summary>
    Normal,

    /// <summary>Somebody is speaking: microphone, voice assistants, push-to-talk.</summary>
    Interactive,
}
