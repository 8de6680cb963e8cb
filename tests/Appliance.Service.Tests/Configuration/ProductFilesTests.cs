using Appliance.Service.Configuration;

namespace Appliance.Service.Tests.Configuration;

public sealed class ProductFilesTests
{
    [Fact]
    public void ShareFolders_InSourceTree_AddsItsRootfs()
    {
        string folder = Directory.CreateTempSubdirectory("appliance-test-").FullName;
        File.WriteAllText(Path.Combine(folder, "Appliance.sln"), "");
        string share = Directory.CreateDirectory(Path.Combine(folder, "rootfs/usr/share/appliance")).FullName;
        string program = Directory.CreateDirectory(Path.Combine(folder, ".artifacts/bin")).FullName;

        IReadOnlyList<string> found = ProductFiles.ShareFolders(program);

        Assert.Equal(["/usr/share/appliance", share], found);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void ShareFolders_UnpackedPackage_AddsItsShare()
    {
        string folder = Directory.CreateTempSubdirectory("appliance-test-").FullName;
        string share = Directory.CreateDirectory(Path.Combine(folder, "usr/share/appliance")).FullName;
        string program = Directory.CreateDirectory(Path.Combine(folder, "usr/lib/appliance")).FullName;

        Assert.Equal(["/usr/share/appliance", share], ProductFiles.ShareFolders(program));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void FindBundledClip_InThisTree_IsThere() => Assert.True(File.Exists(ProductFiles.FindBundledClip()));
}
