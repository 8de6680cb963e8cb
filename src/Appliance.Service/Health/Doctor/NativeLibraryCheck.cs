using System.Runtime.InteropServices;
using Appliance.Native;

namespace Appliance.Service.Health.Doctor;

/// <summary>Whether libappliance.so is there, of the right version, and uses what the processor has.</summary>
internal sealed class NativeLibraryCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "library";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(DoctorContext context)
    {
        string text = $"{NativeRuntime.LibraryPath}, ABI {NativeRuntime.AbiVersion}, {NativeRuntime.SimdLevel}";
        bool isSlow = NativeRuntime.BestSimdLevel == SimdLevel.Scalar;
        yield return isSlow
            ? Finding.Warning(text, $"no vector code for this {RuntimeInformation.ProcessArchitecture} processor: log-mel is slower, results are the same")
            : Finding.Ok(text);
    }
}
