using Appliance.Imaging.Denoising;

namespace Appliance.Benchmarks.Imaging;

/// <summary>Counts what the steps of a picture allocate on the managed heap, from the end of one step to the end of the next.</summary>
internal sealed class StepAllocation : IDenoisingWatcher
{
    private long _last;

    public long Bytes { get; private set; }

    public int Steps { get; private set; }

    public void Starting(DenoisingState state) => _last = 0;

    public void Stepped(int step, DenoisingState state)
    {
        if (_last > 0)
        {
            Bytes += GC.GetAllocatedBytesForCurrentThread() - _last;
            Steps++;
        }

        _last = GC.GetAllocatedBytesForCurrentThread();
    }
}
