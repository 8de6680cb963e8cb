namespace Appliance.Service.Tests.EndToEnd;

/// <summary>Peak memory of a run with nothing odd about it: the model and one second of a tone.</summary>
public sealed class PeakOfModel : IAsyncLifetime
{
    public long PeakBytes { get; private set; }

    public async ValueTask InitializeAsync()
    {
        ProgramCall call = new("transcribe", "-") { Input = new WaveFile { Data = WaveFile.Tone(1) }.ToBytes() };
        ProgramRun run = await ProgramRun.RunAsync(call);
        Assert.Equal(0, run.Code);
        PeakBytes = run.PeakBytes;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
