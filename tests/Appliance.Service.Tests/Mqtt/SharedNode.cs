namespace Appliance.Service.Tests.Mqtt;

/// <summary>One broker and one node for the tests of a class.</summary>
public sealed class SharedNode : IAsyncLifetime
{
    /// <summary>The broker.</summary>
    public Mosquitto Broker { get; } = Mosquitto.Started();

    /// <summary>The node, named desk.</summary>
    public NodeProcess Node { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Node = new NodeProcess("desk", NodeProcess.At(Broker));
        Node.Start();
        await Node.WaitForLogAsync("connected to the broker", TimeSpan.FromSeconds(60));
    }

    public ValueTask DisposeAsync()
    {
        Node.Dispose();
        Broker.Dispose();
        return ValueTask.CompletedTask;
    }
}
