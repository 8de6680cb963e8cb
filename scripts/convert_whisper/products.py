"""The three ways a linear layer becomes operators. `prepare` turns an activation into what `apply` takes, so that several
layers on the same activation prepare it once."""
import numpy as np

from .graph import MICROSOFT
from .quantisation import LAYER_BLOCK

ACTIVATION_ZERO = 128       # uint8 activations lie around it


class FloatProducts:
    """Plain MatMul in the graph's precision."""

    def __init__(self, graph, source, shapes):
        self.graph, self.source, self.shapes = graph, source, shapes

    def prepare(self, x):
        return x

    def apply(self, x, name):
        """[.., K] -> [.., N]; the bias is added where the layer has one."""
        g = self.graph
        return self.biased(g.op("MatMul", [x, g.weight(self.source.tensor(name + ".weight").T, name + ".weight")]), name)

    def biased(self, y, name):
        return self.graph.op("Add", [y, self.bias(name)]) if self.has_bias(name) else y

    def has_bias(self, name):
        return name + ".bias" in self.shapes

    def bias(self, name):
        return self.graph.weight(self.source.tensor(name + ".bias"), name + ".bias")


class RowProducts(FloatProducts):
    """The encoder's int8: many rows at once, so u8 x s8 with one scale a row of activations and one a column of weights."""

    def prepare(self, x):
        """[.., K] -> (uint8 [.., K] around 128, scale [.., 1]) from the row's largest magnitude."""
        g = self.graph
        peak = g.op("ReduceMax", [g.op("Abs", [x]), g.integers(-1)], keepdims=1)
        scale = g.op("Max", [g.op("Mul", [peak, g.scalar(1 / 127)]), g.scalar(1e-10)])
        rows = g.op("QuantizeLinear", [g.op("Div", [x, scale]), g.scalar(1), self._zero()])
        return rows, scale

    def apply(self, prepared, name):
        g = self.graph
        rows, row_scale = prepared
        integers, scale = self.source.columns(name)
        y = g.op("MatMulIntegerToFloat", [rows, g.constant(integers.T, name + ".q8"), g.scalar(1), g.constant(scale, name + ".scale"),
                                          self._zero(), g.constant(np.zeros(len(scale), np.int8))], domain=MICROSOFT)
        return self.biased(g.op("Mul", [y, row_scale]), name)

    def _zero(self):
        return self.graph.constant(np.array(ACTIVATION_ZERO, np.uint8))


class BlockProducts(FloatProducts):
    """The decoder's int8: one row a step, bound by reading the weights, so blocks of weights with a scale each."""

    def apply(self, x, name):
        g = self.graph
        integers, scale = self.source.blocks(name, LAYER_BLOCK)
        return block_product(g, [x, g.constant(integers, name + ".q8"), g.constant(scale, name + ".scale"), "", "",
                                 self.bias(name) if self.has_bias(name) else ""])


def block_product(graph, inputs):
    """MatMulNBits over inputs [activation, uint8 [N, blocks, block], scales, ..] by the names of constants."""
    n, blocks, block = graph.shape_of(inputs[1])
    return graph.op("MatMulNBits", inputs, domain=MICROSOFT, K=blocks * block, N=n, bits=8, block_size=block, accuracy_level=4)
