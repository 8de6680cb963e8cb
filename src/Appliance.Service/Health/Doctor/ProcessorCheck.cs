using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Appliance.Service.Health.Doctor;

/// <summary>Which vector instructions the processor has.</summary>
internal sealed class ProcessorCheck : IDoctorCheck
{
    private const int StructuredFeatures = 7;
    private const int Avx512VnniBit = 11;
    private const int AvxVnniBit = 4;

    /// <inheritdoc/>
    public string Name => "processor";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(DoctorContext context)
    {
        string[] features = [.. Features().Where(feature => feature.IsThere).Select(feature => feature.Name)];
        string text = $"{RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, {string.Join(' ', features)}";
        yield return RuntimeInformation.ProcessArchitecture == Architecture.X64 && !Avx2.IsSupported
            ? Finding.Warning(text.TrimEnd(' ', ','), "a processor without AVX2 is several times slower: use one with AVX2")
            : Finding.Ok(text.TrimEnd(' ', ','));
    }

    private static IEnumerable<(string Name, bool IsThere)> Features() =>
    [
        ("avx2", Avx2.IsSupported),
        ("fma", Fma.IsSupported),
        ("avx512", Avx512BW.IsSupported),
        ("avx512-vnni", HasBit(0, register => register.Ecx, Avx512VnniBit)),
        ("avx-vnni", HasBit(1, register => register.Eax, AvxVnniBit)),
        ("neon", AdvSimd.IsSupported),
        ("dotprod", Dp.IsSupported),
    ];

    private static bool HasBit(int leaf, Func<(int Eax, int Ebx, int Ecx, int Edx), int> register, int bit) =>
        X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= StructuredFeatures
        && (register(X86Base.CpuId(StructuredFeatures, leaf)) >> bit & 1) == 1;
}
