using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using Appliance.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Tests.Sessions;

// ONNX Runtime and the logger of its messages are one for the process
[Collection("ONNX Runtime")]
public sealed class OnnxRuntimeLibraryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_ProgramsOwn_HasTheNeededVersion()
    {
        OnnxRuntimeLibrary library = OnnxRuntimeLibrary.Load(directory: null);

        Assert.Equal(OnnxRuntimeLibrary.NeededVersion, library.Version);
        Assert.True(File.Exists(library.Path));
    }

    [Fact]
    public void Load_EmptyFolder_IsMissingAndNamesTheFile()
    {
        InferenceException fault = Assert.Throws<InferenceException>(() => OnnxRuntimeLibrary.Load(_folder.Path));

        Assert.Equal(InferenceError.RuntimeMissing, fault.Code);
        Assert.StartsWith(_folder["libonnxruntime.so"], fault.Message, StringComparison.Ordinal);
        Assert.Contains("inference.onnxRuntimeDirectory", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NotALibrary_IsMissing()
    {
        _folder.Write("libonnxruntime.so", "text");

        Assert.Equal(InferenceError.RuntimeMissing, Assert.Throws<InferenceException>(() => OnnxRuntimeLibrary.Load(_folder.Path)).Code);
    }

    [Fact]
    public void Load_LibraryOfSomethingElse_IsMissing()
    {
        Compile("int something_else(void) { return 0; }");

        Assert.Equal(InferenceError.RuntimeMissing, Assert.Throws<InferenceException>(() => OnnxRuntimeLibrary.Load(_folder.Path)).Code);
    }

    [Theory]
    [InlineData("1.19.2")]
    [InlineData("1.30.0")]
    public void Load_OlderVersion_NamesBothVersionsAndNeverCallsIt(string version)
    {
        Compile(Fake(version, "abort(), (void *)0"));

        InferenceException fault = Assert.Throws<InferenceException>(() => OnnxRuntimeLibrary.Load(_folder.Path));

        Assert.Equal(InferenceError.RuntimeTooOld, fault.Code);
        Assert.Contains(version, fault.Message, StringComparison.Ordinal);
        Assert.Contains(OnnxRuntimeLibrary.NeededVersion, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_VersionTextNewButApiNot_IsTooOld()
    {
        Compile(Fake("99.99.0", "(void *)0"));

        Assert.Equal(InferenceError.RuntimeTooOld, Assert.Throws<InferenceException>(() => OnnxRuntimeLibrary.Load(_folder.Path)).Code);
    }

    [Fact]
    public void Load_NewerVersionWithTheApi_IsTaken()
    {
        Compile(Fake("1.99.3", "\"\""));

        Assert.Equal("1.99.3", OnnxRuntimeLibrary.Load(_folder.Path).Version);
    }

    [Fact]
    public void Start_AnotherFolderThanTheOneInUse_IsRefused()
    {
        using SessionFactory first = new(new());

        InferenceException fault = Assert.Throws<InferenceException>(() => new SessionFactory(new() { OnnxRuntimeDirectory = _folder.Path }));

        Assert.Equal(InferenceError.RuntimeAlreadyLoaded, fault.Code);
    }

    [Fact]
    public void Start_FolderWithAnotherCopy_UsesThatCopy()
    {
        string copy = _folder["libonnxruntime.so"];
        File.Copy(OnnxRuntimeLibrary.Load(directory: null).Path, copy);
        IsolatedLoad isolated = new();
        try
        {
            // ONNX Runtime is loaded once in a process: fresh copies of the managed assemblies have not done so yet
            Assembly inference = isolated.LoadFromAssemblyName(typeof(SessionFactory).Assembly.GetName());
            Type settingsType = inference.GetType(typeof(SessionSettings).FullName!)!;
            object settings = Activator.CreateInstance(settingsType)!;
            settingsType.GetProperty(nameof(SessionSettings.OnnxRuntimeDirectory))!.SetValue(settings, _folder.Path);
            object factory = Activator.CreateInstance(inference.GetType(typeof(SessionFactory).FullName!)!, settings, null)!;

            Assert.Equal(OnnxRuntimeLibrary.NeededVersion, factory.GetType().GetProperty(nameof(SessionFactory.OnnxRuntimeVersion))!.GetValue(factory));
            Assert.Contains(File.ReadLines("/proc/self/maps"), line => line.EndsWith(copy, StringComparison.Ordinal));
        }
        finally
        {
            isolated.Unload();
        }
    }

    private static string Fake(string version, string api) => $$"""
        #include <stdlib.h>
        static const void *get_api(unsigned version) { (void)version; return {{api}}; }
        static const char *get_version(void) { return "{{version}}"; }
        static const struct { const void *(*get_api)(unsigned); const char *(*get_version)(void); } base = { get_api, get_version };
        const void *OrtGetApiBase(void) { return &base; }
        """;

    private void Compile(string source)
    {
        string file = _folder.Write("fake.c", source);
        using Process compiler = Process.Start(new ProcessStartInfo("cc", ["-shared", "-fPIC", "-o", _folder["libonnxruntime.so"], file]) { RedirectStandardError = true })!;
        string errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        Assert.True(compiler.ExitCode == 0, errors);
    }

    private sealed class IsolatedLoad() : AssemblyLoadContext("second ONNX Runtime", isCollectible: true)
    {
        private static readonly Assembly[] Own = [typeof(SessionFactory).Assembly, typeof(OrtEnv).Assembly];

        protected override Assembly? Load(AssemblyName assemblyName) =>
            Own.FirstOrDefault(assembly => assembly.GetName().Name == assemblyName.Name) is { } assembly ? LoadFromAssemblyPath(assembly.Location) : null;
    }
}
