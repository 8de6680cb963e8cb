using System.Diagnostics;
using Appliance.Inference.Providers;
using Appliance.Inference.Sessions;

namespace Appliance.Inference.Tests.Providers;

public sealed class NvidiaProbeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ProbeContext _working;

    public NvidiaProbeTests()
    {
        _folder.Write("dev/nvidia0", "");
        Directory.CreateDirectory(_folder["runtime"]);
        _working = new()
        {
            BuiltIn = ["CUDAExecutionProvider", "TensorrtExecutionProvider", "CPUExecutionProvider"],
            RuntimeFolder = _folder["runtime"],
            DeviceFolder = _folder["dev"],
            CanLoad = _ => true,
            CudaDriverVersion = () => 12040,
        };
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Probe_EverythingThere_IsUsed()
    {
        BuildProvider("libcudart.so.12");

        ProviderReport report = new CudaProvider().Probe(_working);

        Assert.True(report.Used);
        Assert.Equal("ok", report.Reason);
        Assert.Contains("CUDA 12.4", report.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Probe_NotBuiltIn_SaysWhereToNameAnotherRuntime()
    {
        ProviderReport report = new CudaProvider().Probe(_working with { BuiltIn = ["CPUExecutionProvider"] });

        Assert.False(report.Used);
        Assert.Equal("not_built_in", report.Reason);
        Assert.Contains("inference.onnxRuntimeDirectory", report.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nvidiactl")]
    [InlineData("nvidia-caps")]
    [InlineData("null")]
    public void Probe_NoGpuAmongTheDevices_IsNoDevice(string device)
    {
        File.Move(_folder["dev", "nvidia0"], _folder["dev", device]);

        Assert.Equal("no_device", new CudaProvider().Probe(_working).Reason);
    }

    [Theory]
    [InlineData("nvidia1")]
    [InlineData("nvhost-gpu")]
    [InlineData("nvgpu")]
    public void Probe_DeviceOfABoard_IsFound(string device)
    {
        File.Move(_folder["dev", "nvidia0"], _folder["dev", device]);

        Assert.NotEqual("no_device", new CudaProvider().Probe(_working).Reason);
    }

    [Fact]
    public void Probe_NoDeviceFolder_IsNoDevice() => Assert.Equal("no_device", new CudaProvider().Probe(_working with { DeviceFolder = "/nonexistent" }).Reason);

    [Fact]
    public void Probe_NoDriver_IsLibraryMissing()
    {
        ProviderReport report = new CudaProvider().Probe(_working with { CudaDriverVersion = () => null });

        Assert.Equal("library_missing", report.Reason);
        Assert.Contains("libcuda.so.1", report.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Probe_NoProviderLibrary_IsLibraryMissing()
    {
        ProviderReport report = new TensorRtProvider().Probe(_working);

        Assert.Equal("library_missing", report.Reason);
        Assert.Contains("libonnxruntime_providers_tensorrt.so", report.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Probe_LibraryOfCudaMissing_NamesIt()
    {
        BuildProvider("libcudart.so.12", "libcudnn.so.9");

        ProviderReport report = new CudaProvider().Probe(_working with { CanLoad = name => name != "libcudnn.so.9" });

        Assert.Equal("library_missing", report.Reason);
        Assert.Contains("libcudnn.so.9", report.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("libcudart", report.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Probe_DriverOfAnOlderCuda_IsDriverTooOld()
    {
        BuildProvider("libcudart.so.13");

        ProviderReport report = new CudaProvider().Probe(_working);

        Assert.Equal("driver_too_old", report.Reason);
        Assert.Contains("supports CUDA 12.4", report.Text, StringComparison.Ordinal);
    }

    /// <summary>A shared object that is linked with empty libraries of these names.</summary>
    private void BuildProvider(params string[] needed)
    {
        List<string> linked = [];
        foreach (string library in needed)
        {
            string path = _folder["stub", library];
            Directory.CreateDirectory(_folder["stub"]);
            Compile("-shared", "-nostdlib", $"-Wl,-soname,{library}", "-o", path, "-x", "c", "/dev/null");
            linked.Add(path);
        }

        Compile(["-shared", "-nostdlib", "-Wl,--no-as-needed", "-o", _folder["runtime", "libonnxruntime_providers_cuda.so"], "-x", "c", "/dev/null", "-x", "none", .. linked]);
    }

    private static void Compile(params string[] arguments)
    {
        using Process compiler = Process.Start(new ProcessStartInfo("cc", arguments) { RedirectStandardError = true })!;
        string errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        Assert.True(compiler.ExitCode == 0, errors);
    }
}
