using Appliance.Service.Jobs;

namespace Appliance.Service.Mqtt.Commands;

/// <summary>A command that could not be read, with what could be of it.</summary>
/// <param name="Call">Verb, id and where to answer, as far as they are known.</param>
/// <param name="HasId">Whether the id could be read, or there was none.</param>
/// <param name="Error">What is wrong.</param>
internal sealed record CommandFault(CommandCall Call, bool HasId, JobError Error);
