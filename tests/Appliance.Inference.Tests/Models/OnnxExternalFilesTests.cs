using Appliance.Inference.Models;
using Appliance.Testing.Onnx;

namespace Appliance.Inference.Tests.Models;

public sealed class OnnxExternalFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<string> Check(string location, long length = 4)
    {
        string path = _folder.Write("model/onnx/m.onnx", TinyGraph.PlusExternal(location, 0, length));
        return OnnxExternalFiles.Check(_folder["model"], path, OnnxFile.Read(path));
    }

    [Fact]
    public void Check_FileBeside_ReturnsItsPath()
    {
        string weights = _folder.Write("model/onnx/m.onnx_data", new byte[4]);

        Assert.Equal([weights], Check("m.onnx_data"));
    }

    [Theory]
    [InlineData("../../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("./m.onnx_data")]
    public void Check_PathOutsideTheFolder_IsRefused(string location)
    {
        _folder.Write("secret", new byte[4]);

        Assert.Equal(ModelError.Unsupported, Assert.Throws<ModelException>(() => Check(location)).Code);
    }

    [Fact]
    public void Check_LinkOutOfTheFolder_IsRefused()
    {
        _folder.Write("secret", new byte[4]);
        Directory.CreateDirectory(_folder["model", "onnx"]);
        File.CreateSymbolicLink(_folder["model", "onnx", "m.onnx_data"], "../../secret");

        Assert.Equal(ModelError.Unsupported, Assert.Throws<ModelException>(() => Check("m.onnx_data")).Code);
    }

    [Fact]
    public void Check_FileMissing_IsIncomplete() => Assert.Equal(ModelError.Incomplete, Assert.Throws<ModelException>(() => Check("m.onnx_data")).Code);

    [Fact]
    public void Check_FileTooShort_IsDamaged()
    {
        _folder.Write("model/onnx/m.onnx_data", new byte[3]);

        Assert.Equal(ModelError.Damaged, Assert.Throws<ModelException>(() => Check("m.onnx_data")).Code);
    }
}
