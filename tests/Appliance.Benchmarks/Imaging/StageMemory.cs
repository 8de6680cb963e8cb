using Appliance.Benchmarks.Speech;
using Appliance.Imaging.Denoising;

namespace Appliance.Benchmarks.Imaging;

/// <summary>Resident memory at the ends of the stages of a picture.</summary>
internal sealed class StageMemory : IDenoisingWatcher
{
    public double AfterPrompt { get; private set; }

    public double AfterSteps { get; private set; }

    public void Starting(DenoisingState state) => AfterPrompt = Memory.ResidentMegabytes;

    public void Stepped(int step, DenoisingState state) => AfterSteps = Memory.ResidentMegabytes;
}
