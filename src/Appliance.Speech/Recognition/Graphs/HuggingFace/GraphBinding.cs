using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>Binds tensors by name. A binding holds on to what it was given, so the view itself is let go at once.</summary>
/// <param name="binding">The binding.</param>
internal readonly struct GraphBinding(OrtIoBinding binding)
{
    /// <summary>Binds an input.</summary>
    public void Input(GraphTensor tensor, OrtValue view)
    {
        using (view)
        {
            binding.BindInput(tensor.Name, view);
        }
    }

    /// <summary>Binds an output.</summary>
    public void Output(GraphTensor tensor, OrtValue view)
    {
        using (view)
        {
            binding.BindOutput(tensor.Name, view);
        }
    }
}
