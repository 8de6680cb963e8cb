using Appliance.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Providers;

/// <summary>Something that ONNX Runtime can run a graph on. To add one: a class here and a line in <see cref="ExecutionProviders"/>.</summary>
internal interface IExecutionProvider
{
    /// <summary>Name in the configuration and on the command line.</summary>
    string Name { get; }

    /// <summary>Looks whether it could work here, without starting it.</summary>
    ProviderReport Probe(ProbeContext context);

    /// <summary>Whether graphs of this role are better off on it.</summary>
    bool Suits(SessionRole role);

    /// <summary>Adds it to the options, behind those already there.</summary>
    /// <exception cref="OnnxRuntimeException">It does not start.</exception>
    void Append(SessionOptions options);
}
