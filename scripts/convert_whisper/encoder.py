"""encoder.onnx: log-mel to the cross keys and values of every decoder layer.

Input  log_mel        float [windows, mels, frames], frames even, at most twice the position table
Output cross_key.i    float [windows, heads, 64, positions] (transposed for the decoder's product)
       cross_value.i  float [windows, heads, positions, 64]
"""
from .configuration import HEAD_SIZE
from .graph import MICROSOFT, Graph
from .layers import BY_HEAD, BY_HEAD_TURNED, QUERY_SCALE, Layers
from .layout import encoder_weights
from .products import FloatProducts, RowProducts


def encoder(source, configuration, precision, attention, weights):
    """The finished Graph; `weights` is its WeightFile."""
    c = configuration
    g = Graph(precision, weights)
    products = RowProducts if precision == "int8" else FloatProducts
    layers = Layers(g, source, products(g, source, encoder_weights(c)))
    x = front(layers, g.input("log_mel", g.element, ["windows", c.mels, "frames"]))
    for i in range(c.encoder_layers):
        p = f"encoder.layers.{i}."
        q, k, v = layers.linear(layers.norm(x, p + "self_attn_layer_norm"), *(f"{p}self_attn.{name}_proj" for name in "qkv"))
        y = fused(g, q, k, v, c) if attention == "fused" else standard(layers, q, k, v, c)
        x = g.op("Add", [x, layers.linear(y, p + "self_attn.out_proj")])
        x = layers.feed_forward(x, p)
    cross(layers, layers.norm(x, "encoder.layer_norm"), c)
    return g


def front(layers, x):
    """Two convolutions, the second of stride 2, and the positions: [windows, mels, frames] -> [windows, positions, D]"""
    g = layers.graph
    for name, stride in (("encoder.conv1", 1), ("encoder.conv2", 2)):
        x = layers.gelu(g.op("Conv", [x, layers.tensor(name + ".weight"), layers.tensor(name + ".bias")],
                             kernel_shape=[3], pads=[1, 1], strides=[stride]))
    x = g.op("Transpose", [x], perm=[0, 2, 1])
    length = g.op("Shape", [x], start=1, end=2)
    positions = g.op("Slice", [layers.tensor("encoder.positions"), g.integers(0), length, g.integers(0)])
    return g.op("Add", [x, positions])


def fused(g, q, k, v, c):
    return g.op("MultiHeadAttention", [q, k, v], domain=MICROSOFT, num_heads=c.encoder_heads)


def standard(layers, q, k, v, c):
    g = layers.graph
    q, k, v = (layers.split_heads(t, c.encoder_heads, order) for t, order in ((q, BY_HEAD), (k, BY_HEAD_TURNED), (v, BY_HEAD)))
    scores = g.op("MatMul", [g.op("Mul", [q, g.scalar(QUERY_SCALE)]), k])
    return layers.merge_heads(g.op("MatMul", [g.op("Softmax", [scores], axis=-1), v]), c.width)


def cross(layers, x, c):
    """The decoder's cross keys and values, computed here because they change once a window."""
    g = layers.graph
    prepared = layers.products.prepare(x)
    for i in range(c.decoder_layers):
        for kind, order, shape in (("key", BY_HEAD_TURNED, [HEAD_SIZE, "positions"]), ("value", BY_HEAD, ["positions", HEAD_SIZE])):
            y = layers.products.apply(prepared, f"decoder.layers.{i}.encoder_attn.{kind[0]}_proj")
            y = layers.split_heads(y, c.decoder_heads, order)
            g.op("Identity", [y], [f"cross_{kind}.{i}"])
            g.output(f"cross_{kind}.{i}", g.element, ["windows", c.decoder_heads, *shape])
