using Appliance.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Inference.Tests.Tensors;

public sealed class NativeBufferTests
{
    [Fact]
    public void Reserve_Growing_KeepsWhatWasAskedFor()
    {
        using NativeBuffer buffer = new();
        Assert.True(buffer.Reserve(1000));
        buffer.Elements<int>(0, 2)[1] = 7;

        Assert.False(buffer.Reserve(500));
        Assert.True(buffer.Reserve(100_000, keptBytes: 8));

        Assert.Equal(7, buffer.Elements<int>(0, 2)[1]);
    }

    [Fact]
    public void View_BeyondTheMemory_IsRefused()
    {
        using NativeBuffer buffer = new();
        buffer.Reserve(4096);

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.View(TensorElementType.Float, [2, 513]));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Elements<float>(1024, 1).Clear());
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.CopyFrom(buffer, 4000, 0, 100));
    }

    [Fact]
    public void View_NoElements_HasItsShape()
    {
        using NativeBuffer buffer = new();
        buffer.Reserve(0);

        using OrtValue view = buffer.View(TensorElementType.Float16, [1, 6, 0, 64]);

        Assert.Equal([1, 6, 0, 64], view.GetTensorTypeAndShape().Shape);
    }

    [Theory]
    [InlineData(TensorElementType.Float, TensorElementType.Float)]
    [InlineData(TensorElementType.Float, TensorElementType.Float16)]
    [InlineData(TensorElementType.Float16, TensorElementType.Float)]
    [InlineData(TensorElementType.Float16, TensorElementType.Float16)]
    public void Convert_BetweenPrecisions_KeepsTheValues(TensorElementType from, TensorElementType to)
    {
        float[] values = [0, 1.5f, -2.25f, 1024];
        using NativeBuffer source = new();
        using NativeBuffer target = new();
        source.Reserve(64);
        target.Reserve(64);
        ElementTypes.Write(values, source, from);

        ElementTypes.Convert(source, from, target, to, first: 3, values.Length);

        float[] read = new float[4];
        ElementTypes.Read(target, to, 3, read);
        Assert.Equal(values, read);
    }
}
