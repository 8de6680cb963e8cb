namespace Appliance.Service.Health.Doctor;

/// <summary>Whether ONNX Runtime can be loaded.</summary>
internal sealed class OnnxRuntimeCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "onnxruntime";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(DoctorContext context)
    {
        string place = context.Settings.Inference.OnnxRuntimeDirectory ?? "the one that came with the program";
        yield return Finding.Ok($"{context.Sessions.OnnxRuntimeVersion} ({place}), {context.Sessions.Threads} threads");
    }
}
