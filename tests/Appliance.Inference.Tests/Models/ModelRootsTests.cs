using Appliance.Inference.Models;

namespace Appliance.Inference.Tests.Models;

public sealed class ModelRootsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_Installed_HasTheTwoSystemFolders() =>
        Assert.Equal(["/var/lib/appliance/models", "/usr/share/appliance/models"], ModelRoots.Find(Directory.CreateDirectory(_folder["usr", "lib", "appliance"]).FullName));

    [Fact]
    public void Find_InASourceTree_HasItsRootfsLast()
    {
        _folder.Write("Appliance.sln", "");
        string models = Directory.CreateDirectory(_folder["rootfs", "usr", "share", "appliance", "models"]).FullName;

        Assert.Equal(models, ModelRoots.Find(Directory.CreateDirectory(_folder[".artifacts", "bin", "x"]).FullName)[^1]);
        Assert.True(ModelRoots.IsBuiltIn(models + "/"));
    }

    [Fact]
    public void IsBuiltIn_LocalRoot_IsNot() => Assert.False(ModelRoots.IsBuiltIn(ModelRoots.Local));
}
