namespace Appliance.Testing.Onnx;

/// <summary>ONNX files of a few hundred bytes: float <c>x</c>, shape [n], goes through one operator to <c>y</c>.</summary>
public static class TinyGraph
{
    private const int FloatType = 1;

    /// <summary>y = x + 1, with the 1 inside the file.</summary>
    public static byte[] PlusOne(params (string Key, string Value)[] metadata) =>
        Model(Node("Add", "x", "one"), Tensor().Bytes(9, BitConverter.GetBytes(1f)), metadata);

    /// <summary>y = x + w, with w in another file.</summary>
    public static byte[] PlusExternal(string location, long offset, long length) =>
        Model(Node("Add", "x", "one"), ExternalTensor(location, offset, length));

    /// <summary>As <see cref="PlusExternal"/>, with w inside the branch of an <c>If</c>, where merged decoders have their weights.</summary>
    public static byte[] PlusExternalInBranch(string location, long offset, long length)
    {
        ProtobufMessage branch = new ProtobufMessage()
            .Nested(1, new ProtobufMessage().Text(1, "one").Text(2, "z").Text(4, "Identity"))
            .Text(2, "branch")
            .Nested(5, ExternalTensor(location, offset, length))
            .Nested(12, new ProtobufMessage().Text(1, "z"));
        ProtobufMessage condition = new ProtobufMessage().Text(1, "c").Text(2, "y").Text(4, "If")
            .Nested(5, new ProtobufMessage().Text(1, "then_branch").Number(20, 5).Nested(6, branch));
        return Model(condition, initializer: null);
    }

    /// <summary>Whole and well formed, with an operator that no ONNX Runtime has.</summary>
    public static byte[] UnknownOperator() => Model(Node("NoSuchOperator", "x"), initializer: null);

    private static byte[] Model(ProtobufMessage node, ProtobufMessage? initializer, params (string Key, string Value)[] metadata)
    {
        ProtobufMessage graph = new ProtobufMessage().Nested(1, node).Text(2, "tiny");
        if (initializer is not null)
        {
            graph.Nested(5, initializer);
        }

        graph.Nested(11, FloatValue("x")).Nested(12, FloatValue("y"));
        ProtobufMessage model = new ProtobufMessage().Number(1, 8).Nested(7, graph).Nested(8, new ProtobufMessage().Text(1, "").Number(2, 17));
        foreach ((string key, string value) in metadata)
        {
            model.Nested(14, new ProtobufMessage().Text(1, key).Text(2, value));
        }

        return model.ToArray();
    }

    private static ProtobufMessage Node(string operation, params string[] inputs)
    {
        ProtobufMessage node = new();
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        return node.Text(2, "y").Text(4, operation);
    }

    private static ProtobufMessage Tensor() => new ProtobufMessage().Number(1, 1).Number(2, FloatType).Text(8, "one");

    private static ProtobufMessage ExternalTensor(string location, long offset, long length)
    {
        static ProtobufMessage Entry(string key, string value) => new ProtobufMessage().Text(1, key).Text(2, value);
        return Tensor().Nested(13, Entry("location", location)).Nested(13, Entry("offset", $"{offset}")).Nested(13, Entry("length", $"{length}")).Number(14, 1);
    }

    private static ProtobufMessage FloatValue(string name)
    {
        ProtobufMessage shape = new ProtobufMessage().Nested(1, new ProtobufMessage().Text(2, "n"));
        ProtobufMessage tensor = new ProtobufMessage().Number(1, FloatType).Nested(2, shape);
        return new ProtobufMessage().Text(1, name).Nested(2, new ProtobufMessage().Nested(1, tensor));
    }
}
