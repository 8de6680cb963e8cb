using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Appliance.Native.Interop;
using Appliance.Testing;

namespace Appliance.Native.Tests.Interop;

/// <summary>Compares the mirrored declarations with native/include/appliance.h.</summary>
public sealed partial class HeaderMirrorTests
{
    private static readonly string Header =
        File.ReadAllText(Path.Combine(RepositoryFolder.Path, "native", "include", "appliance.h"));

    [Fact]
    public void NativeStatus_NonNegative_IsTheStatusTable()
    {
        Dictionary<string, int> table = StatusRow().Matches(Header).ToDictionary(
            static row => row.Groups[1].Value.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant(),
            static row => int.Parse(row.Groups[2].Value, CultureInfo.InvariantCulture));
        Dictionary<string, int> mirrored = Enum.GetValues<NativeStatus>().Where(static status => status >= 0)
            .ToDictionary(static status => status.ToString().ToUpperInvariant(), static status => (int)status);
        Assert.Equal(table.OrderBy(static row => row.Value), mirrored.OrderBy(static row => row.Value));
    }

    [Fact]
    public void SimdLevel_Members_AreThoseOfTheHeader()
    {
        Dictionary<string, int> levels = SimdRow().Matches(Header).ToDictionary(
            static row => row.Groups[1].Value, static row => int.Parse(row.Groups[2].Value, CultureInfo.InvariantCulture));
        Assert.Equal(levels, Enum.GetValues<SimdLevel>().ToDictionary(static level => level.ToString().ToUpperInvariant(), static level => (int)level));
    }

    [Fact]
    public void NativeMethods_EntryPoints_AreTheExports()
    {
        IEnumerable<string> exports = Export().Matches(Header).Select(static export => export.Groups[1].Value);
        IEnumerable<string> imports = typeof(NativeMethods).GetMethods(BindingFlags.NonPublic | BindingFlags.Static)
            .Select(static method => method.GetCustomAttribute<LibraryImportAttribute>()?.EntryPoint)
            .OfType<string>();
        Assert.Equal(exports.Order(StringComparer.Ordinal), imports.Append("apl_abi_version").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AbiVersion_Constant_IsThatOfTheHeader() =>
        Assert.Contains($"#define APL_ABI_VERSION {NativeMethods.AbiVersion}\n", Header, StringComparison.Ordinal);

    [Theory]
    [InlineData(typeof(AudioFileConfig), "apl_audio_file_config", 8)]
    [InlineData(typeof(AudioFileInfo), "apl_audio_file_info", 24)]
    [InlineData(typeof(AudioFileStatisticsData), "apl_audio_file_statistics", 40)]
    [InlineData(typeof(CaptureConfig), "apl_capture_config", 28)]
    [InlineData(typeof(CaptureInfo), "apl_capture_info", 28)]
    [InlineData(typeof(CaptureResult), "apl_capture_result", 32)]
    [InlineData(typeof(CaptureStatisticsData), "apl_capture_statistics", 72)]
    [InlineData(typeof(LogMelConfig), "apl_log_mel_config", 12)]
    public void Struct_Fields_LieWhereCPutsThem(Type type, string name, int size)
    {
        string body = Regex.Match(Header, $@"typedef struct {name} \{{(.*?)\}} {name};", RegexOptions.Singleline).Groups[1].Value;
        List<(string Name, int Offset)> expected = [];
        int offset = 0;
        foreach (Match field in Field().Matches(body))
        {
            int bytes = int.Parse(field.Groups[1].Value, CultureInfo.InvariantCulture) / 8;
            offset = (offset + bytes - 1) / bytes * bytes;
            expected.Add((field.Groups[2].Value.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant(), offset));
            offset += bytes;
        }

        IEnumerable<(string, int)> actual = type.GetFields(BindingFlags.Public | BindingFlags.Instance)
            .Select(field => (field.Name.ToUpperInvariant(), (int)Marshal.OffsetOf(type, field.Name)));
        Assert.Equal(expected, actual);
        Assert.Equal(size, Marshal.SizeOf(type));
    }

    [GeneratedRegex(@"^    X\((\w+), (\d+), ", RegexOptions.Multiline)]
    private static partial Regex StatusRow();

    [GeneratedRegex(@"^    APL_SIMD_(\w+) = (\d+)", RegexOptions.Multiline)]
    private static partial Regex SimdRow();

    [GeneratedRegex(@"^APL_API int32_t (apl_\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Export();

    [GeneratedRegex(@"u?int(32|64)_t (\w+);")]
    private static partial Regex Field();
}
