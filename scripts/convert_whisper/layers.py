"""The pieces that encoder and decoder share."""
from .configuration import HEAD_SIZE

NORM_EPSILON = 1e-5
QUERY_SCALE = HEAD_SIZE ** -0.5


class Layers:
    """Builds on one graph with one kind of products."""

    def __init__(self, graph, source, products):
        self.graph, self.source, self.products = graph, source, products

    def tensor(self, name):
        return self.graph.weight(self.source.tensor(name), name)

    def norm(self, x, name):
        return self.graph.op("LayerNormalization", [x, self.tensor(name + ".weight"), self.tensor(name + ".bias")], axis=-1, epsilon=NORM_EPSILON)

    def linear(self, x, *names):
        """The linear layers `names` on x: a list of results, or the one."""
        prepared = self.products.prepare(x)
        results = [self.products.apply(prepared, name) for name in names]
        return results if len(results) > 1 else results[0]

    def gelu(self, x):
        return self.graph.op("Gelu", [x])

    def feed_forward(self, x, prefix):
        """x plus its norm, fc1, GELU, fc2."""
        y = self.gelu(self.linear(self.norm(x, prefix + "final_layer_norm"), prefix + "fc1"))
        return self.graph.op("Add", [x, self.linear(y, prefix + "fc2")])

    def split_heads(self, x, heads, order, names=None):
        """[B, S, D] -> [B, S, heads, 64], transposed by `order`."""
        g = self.graph
        return g.op("Transpose", [g.op("Reshape", [x, g.integers(0, -1, heads, HEAD_SIZE)])], names, perm=order)

    def merge_heads(self, x, width):
        """[B, heads, S, 64] -> [B, S, D]"""
        g = self.graph
        return g.op("Reshape", [g.op("Transpose", [x], perm=[0, 2, 1, 3]), g.integers(0, -1, width)])


# orders for split_heads
BY_HEAD, BY_HEAD_TURNED = [0, 2, 1, 3], [0, 2, 3, 1]
