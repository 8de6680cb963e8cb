using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Recognition.Graphs.SplitCrossKv;

/// <summary>A binding together with the tensors that it refers to.</summary>
internal sealed class BoundCall : IDisposable
{
    private readonly List<OrtValue> _values = [];

    public BoundCall(InferenceSession session) => Binding = session.CreateIoBinding();

    /// <summary>What is run.</summary>
    public OrtIoBinding Binding { get; }

    /// <summary>Binds an input; the call owns the value from then on.</summary>
    public void Input(string name, OrtValue value)
    {
        _values.Add(value);
        Binding.BindInput(name, value);
    }

    /// <summary>Binds an output; the call owns the value from then on.</summary>
    public void Output(string name, OrtValue value)
    {
        _values.Add(value);
        Binding.BindOutput(name, value);
    }

    public void Dispose()
    {
        Binding.Dispose();
        foreach (OrtValue value in _values)
        {
            value.Dispose();
        }
    }
}
