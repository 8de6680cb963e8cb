using Appliance.Inference.Models;
using Appliance.Service.Configuration;
using Appliance.Speech.Segmentation;

namespace Appliance.Service.Health.Doctor;

/// <summary>Whether voice activity can be detected.</summary>
internal sealed class VoiceActivityCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "voice-activity";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(DoctorContext context)
    {
        using SileroVad detector = SileroVad.Load(context.Catalog.Find(KnownNames.VoiceActivityModel, ModelKinds.Vad), context.Sessions);
        yield return Finding.Ok($"{KnownNames.VoiceActivityModel} loads");
    }
}
