using Appliance.Inference.Models;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Health.Doctor;

/// <summary>Whether the model that speech is recognised with can be loaded.</summary>
internal sealed class SpeechModelCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "speech-model";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(DoctorContext context)
    {
        ModelFolder folder = context.Catalog.Find(context.Settings.Speech.Model, ModelKinds.Whisper);
        using WhisperModel model = WhisperModel.Load(folder, context.Sessions);
        string languages = model.IsMultilingual ? $"{model.Languages.Count} languages" : "English only";
        yield return Finding.Ok($"{model.Name} loads: {languages}, {(model.HasWordTimestamps ? "with" : "without")} word times");
    }
}
