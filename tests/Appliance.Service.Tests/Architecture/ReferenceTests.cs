using System.Reflection;
using Appliance.Imaging;
using Appliance.Inference.Models;
using Appliance.Native;
using Appliance.Speech.Recognition;
using NetArchTest.Rules;

namespace Appliance.Service.Tests.Architecture;

/// <summary>Data flows one way: between projects, and between the folders of a project.</summary>
public sealed class ReferenceTests
{
    private static readonly Assembly Native = typeof(NativeRuntime).Assembly;
    private static readonly Assembly Inference = typeof(ModelCatalog).Assembly;
    private static readonly Assembly Speech = typeof(Transcriber).Assembly;
    private static readonly Assembly Imaging = typeof(ImagePipeline).Assembly;
    private static readonly Assembly Service = typeof(Program).Assembly;

    [Fact]
    public void Projects_ReferToThoseBelowThemOnly()
    {
        Assert.Empty(ProjectsUsedBy(Native));
        Assert.Subset(new HashSet<string> { "Appliance.Native" }, ProjectsUsedBy(Inference));
        Assert.Subset(new HashSet<string> { "Appliance.Native", "Appliance.Inference" }, ProjectsUsedBy(Speech));
        Assert.Subset(new HashSet<string> { "Appliance.Native", "Appliance.Inference" }, ProjectsUsedBy(Imaging));
        Assert.Subset(new HashSet<string> { "Appliance.Native", "Appliance.Inference", "Appliance.Speech", "Appliance.Imaging" }, ProjectsUsedBy(Service));
    }

    [Theory]
    [InlineData("Capture", "Segmentation Features Recognition Transcripts Listening")]
    [InlineData("Segmentation", "Features Recognition Transcripts Listening")]
    [InlineData("Features", "Recognition Transcripts Listening")]
    [InlineData("Recognition", "Listening")]
    [InlineData("Transcripts", "Capture Segmentation Features Recognition Listening")]
    public void SpeechStages_KnowNoLaterStage(string stage, string later) => AssertIndependent(Speech, "Appliance.Speech", stage, later);

    [Theory]
    [InlineData("Graphs", "Prompts Denoising Decoding Files Models")]
    [InlineData("Prompts", "Denoising Decoding Files Models")]
    [InlineData("Denoising", "Decoding Files Models")]
    [InlineData("Decoding", "Files Models")]
    [InlineData("Files", "Graphs Prompts Denoising Decoding Models")]
    public void ImagingStages_KnowNoLaterStage(string stage, string later) => AssertIndependent(Imaging, "Appliance.Imaging", stage, later);

    [Theory]
    [InlineData("Configuration", "Cli Health Jobs Storage Devices Mqtt")]
    [InlineData("Storage", "Cli Health Jobs Devices Mqtt")]
    [InlineData("Jobs", "Cli Devices Mqtt")]
    [InlineData("Devices", "Cli Mqtt")]
    [InlineData("Health", "Cli Mqtt")]
    [InlineData("Mqtt", "Cli")]
    public void ServiceFolders_KnowNoSurface(string folder, string above) => AssertIndependent(Service, "Appliance.Service", folder, above);

    [Fact]
    public void Imports_AreDeclaredInNativeOnly()
    {
        Assembly[] others = [Inference, Speech, Imaging, Service];
        IEnumerable<string> imports = others.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(method => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
            .Select(method => $"{method.DeclaringType}.{method.Name}");

        Assert.Empty(imports);
    }

    [Fact]
    public void Console_IsUsedByTheCommandLineOnly()
    {
        Assembly[] all = [Native, Inference, Speech, Imaging, Service];
        NetArchTest.Rules.TestResult result = Types.InAssemblies(all).That().DoNotResideInNamespace("Appliance.Service.Cli")
            .ShouldNot().HaveDependencyOn("System.Console").GetResult();

        Assert.Empty(result.FailingTypeNames ?? []);
    }

    [Fact]
    public void Policies_AreInternalAndSealed()
    {
        Type[] policies = [.. new[] { Inference, Speech, Imaging, Service }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsInterface: true } && type.GetProperty("Name")?.PropertyType == typeof(string))];
        IEnumerable<string> open = policies.SelectMany(policy => policy.Assembly.GetTypes().Where(type => type.IsClass && policy.IsAssignableFrom(type)))
            .Where(type => type.IsPublic || !type.IsSealed)
            .Select(type => type.FullName!);

        Assert.NotEmpty(policies);
        Assert.Empty(open);
    }

    private static HashSet<string> ProjectsUsedBy(Assembly assembly) =>
        [.. assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("Appliance.", StringComparison.Ordinal))];

    private static void AssertIndependent(Assembly assembly, string root, string folder, string others)
    {
        string[] forbidden = [.. others.Split(' ').Select(other => $"{root}.{other}")];
        NetArchTest.Rules.TestResult result = Types.InAssembly(assembly).That().ResideInNamespaceMatching($@"^{root}\.{folder}(\..*)?$")
            .ShouldNot().HaveDependencyOnAny(forbidden).GetResult();

        Assert.Empty(result.FailingTypeNames ?? []);
    }
}
