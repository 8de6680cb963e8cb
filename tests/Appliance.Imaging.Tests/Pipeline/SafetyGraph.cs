using Appliance.Testing.Onnx;

namespace Appliance.Imaging.Tests.Pipeline;

/// <summary>A safety checker that objects to bright pictures: has_nsfw_concepts = mean of images &gt; a bound.</summary>
internal static class SafetyGraph
{
    private const int FloatType = 1;
    private const int BoolType = 9;

    public static byte[] ObjectsAbove(float bound)
    {
        ProtobufMessage mean = new ProtobufMessage().Text(1, "images").Text(2, "mean").Text(4, "ReduceMean")
            .Nested(5, new ProtobufMessage().Text(1, "axes").Number(8, 1).Number(8, 2).Number(8, 3).Number(20, 7))
            .Nested(5, new ProtobufMessage().Text(1, "keepdims").Number(3, 0).Number(20, 2));
        ProtobufMessage greater = new ProtobufMessage().Text(1, "mean").Text(1, "bound").Text(2, "has_nsfw_concepts").Text(4, "Greater");
        ProtobufMessage same = new ProtobufMessage().Text(1, "clip_input").Text(2, "seen").Text(4, "Identity");
        ProtobufMessage value = new ProtobufMessage().Number(1, 1).Number(2, FloatType).Text(8, "bound").Bytes(9, BitConverter.GetBytes(bound));
        ProtobufMessage graph = new ProtobufMessage().Nested(1, mean).Nested(1, greater).Nested(1, same).Text(2, "safety").Nested(5, value)
            .Nested(11, Value("clip_input", FloatType, 4)).Nested(11, Value("images", FloatType, 4))
            .Nested(12, Value("has_nsfw_concepts", BoolType, 1)).Nested(12, Value("seen", FloatType, 4));
        return new ProtobufMessage().Number(1, 8).Nested(7, graph).Nested(8, new ProtobufMessage().Text(1, "").Number(2, 17)).ToArray();
    }

    private static ProtobufMessage Value(string name, int type, int rank)
    {
        ProtobufMessage shape = new();
        for (int i = 0; i < rank; i++)
        {
            shape.Nested(1, new ProtobufMessage().Text(2, $"{name}_{i}"));
        }

        ProtobufMessage tensor = new ProtobufMessage().Number(1, type).Nested(2, shape);
        return new ProtobufMessage().Text(1, name).Nested(2, new ProtobufMessage().Nested(1, tensor));
    }
}
