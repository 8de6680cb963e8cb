using Appliance.Inference.Sessions;
using Appliance.Speech.Tests;

[assembly: AssemblyFixture(typeof(OnnxRuntimeFixture))]

namespace Appliance.Speech.Tests;

/// <summary>Chooses ONNX Runtime's library before the first test: some open sessions of their own, and whoever does so first chooses it.</summary>
public sealed class OnnxRuntimeFixture : IDisposable
{
    private readonly SessionFactory _sessions = new(new SessionSettings());

    /// <inheritdoc/>
    public void Dispose() => _sessions.Dispose();
}
