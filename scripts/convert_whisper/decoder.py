"""decoder.onnx: tokens to logits, one step or a whole prompt a call.

W windows, B rows of tokens (the rows of one window stand side by side), S new tokens, C capacity of the self cache,
R rows of logits, T positions of the encoder.

Input  tokens int64 [B, S]; last_position int32 [B], of the last of the S tokens; total_length int32 [1], the largest
       last_position + 1; logit_rows int64 [R]; self_key.i, self_value.i [B, heads, C, 64];
       cross_key.i [W, heads, 64, T], cross_value.i [W, heads, T, 64]
Output logits float32 [B, R, vocabulary]; alignment_scores float32 [W, alignment heads, B/W * S, T], before the softmax;
       present_key.i, present_value.i: the caches with S entries more, which may share the buffers of self_*
"""
import numpy as np
from onnx import TensorProto

from .configuration import HEAD_SIZE
from .graph import MICROSOFT, Graph
from .layers import BY_HEAD, QUERY_SCALE, Layers
from .layout import decoder_weights
from .products import BlockProducts, FloatProducts, block_product
from .quantisation import TABLE_BLOCK

MASKED = -1e4       # added to a score that lies in the future; float16 holds it


def decoder(source, configuration, precision, attention, alignment_heads, weights):
    """The finished Graph; `weights` is its WeightFile."""
    products = BlockProducts if precision == "int8" else FloatProducts
    graph = Graph(precision, weights)
    layers = Layers(graph, source, products(graph, source, decoder_weights(configuration)))
    return Decoder(layers, configuration, precision, attention).build(alignment_heads)


class Decoder:
    """The graph on its way; the names of the inputs are kept here, since every layer reads some."""

    def __init__(self, layers, configuration, precision, attention):
        self.layers, self.graph, self.c = layers, layers.graph, configuration
        self.precision, self.fused = precision, attention == "fused"
        g, c = self.graph, configuration
        self.tokens = g.input("tokens", TensorProto.INT64, ["rows", "new_tokens"])
        self.last_position = g.input("last_position", TensorProto.INT32, ["rows"])
        self.total_length = g.input("total_length", TensorProto.INT32, [1])
        self.logit_rows = g.input("logit_rows", TensorProto.INT64, ["logit_rows"])
        self.cache = [[g.input(f"self_{kind}.{i}", g.element, ["rows", c.decoder_heads, "capacity", HEAD_SIZE]) for kind in ("key", "value")]
                      for i in range(c.decoder_layers)]
        self.cross = [[g.input(f"cross_key.{i}", g.element, ["windows", c.decoder_heads, HEAD_SIZE, "positions"]),
                       g.input(f"cross_value.{i}", g.element, ["windows", c.decoder_heads, "positions", HEAD_SIZE])]
                      for i in range(c.decoder_layers)]

    def build(self, alignment_heads):
        """1 positions, 2 embedding, 3 layers, 4 logits, 5 the other outputs."""
        g, layers = self.graph, self.layers
        self._positions()
        x = self._embed()
        if not self.fused:
            self._mask_and_places()
        scores = []
        for i in range(self.c.decoder_layers):
            p = f"decoder.layers.{i}."
            x = self._self_attention(x, i, p + "self_attn")
            x = self._cross_attention(x, i, p + "encoder_attn", [head for layer, head in alignment_heads if layer == i], scores)
            x = layers.feed_forward(x, p)
        self._logits(layers.norm(x, "decoder.layer_norm"))
        self._alignment(scores, len(alignment_heads))
        for i in range(self.c.decoder_layers):
            for kind in ("key", "value"):
                g.output(f"present_{kind}.{i}", g.element, ["rows", self.c.decoder_heads, "capacity", HEAD_SIZE])
        return g

    def _positions(self):
        """positions int64 [B, S]: last_position - S + 1 ..; what stands before the start (padding) gets 0."""
        g = self.graph
        self.new_tokens = g.op("Shape", [self.tokens], start=1, end=2)
        self.windows = g.op("Shape", [self.cross[0][0]], start=0, end=1)
        steps = self._range(self.new_tokens)
        first = g.op("Add", [g.op("Sub", [g.op("Cast", [self.last_position], to=TensorProto.INT64), self.new_tokens]), g.integers(1)])
        self.positions = g.op("Max", [g.op("Add", [g.op("Unsqueeze", [first, g.integers(1)]), steps]), g.integers(0)])

    def _range(self, length):
        g = self.graph
        return g.op("Range", [g.constant(np.array(0, np.int64)), g.op("Squeeze", [length]), g.constant(np.array(1, np.int64))])

    def _embed(self):
        g, name = self.graph, "decoder.embed_tokens"
        if self.precision == "int8":
            integers, scale = self.layers.source.blocks(name, TABLE_BLOCK)
            self.table = [g.constant(integers, name + ".q8"), g.constant(scale, name + ".scale")]
            x = g.op("Cast", [g.op("Gather", [self.table[0], self.tokens])], to=TensorProto.FLOAT)
            x = g.op("Mul", [g.op("Sub", [x, g.scalar(128)]), g.op("Unsqueeze", [g.op("Gather", [self.table[1], self.tokens]), g.integers(-1)])])
            x = g.op("Reshape", [x, g.integers(0, 0, self.c.width)])
        else:
            self.table = [self.layers.tensor(name + ".weight")]
            x = g.op("Gather", [self.table[0], self.tokens])
        return g.op("Add", [x, g.op("Gather", [self.layers.tensor("decoder.positions"), self.positions])])

    def _mask_and_places(self):
        """For `standard`: what a token may not see, and where the cache takes its entry."""
        g = self.graph
        capacity = g.op("Shape", [self.cache[0][0]], start=2, end=3)
        future = g.op("Greater", [self._range(capacity), g.op("Unsqueeze", [self.positions, g.integers(-1)])])          # [B, S, C]
        self.mask = g.op("Unsqueeze", [g.op("Where", [future, g.scalar(MASKED), g.scalar(0)]), g.integers(1)])           # [B, 1, S, C]
        shape = g.op("Concat", [g.op("Shape", [self.tokens], start=0, end=1), g.integers(self.c.decoder_heads), self.new_tokens, g.integers(HEAD_SIZE)], axis=0)
        self.places = g.op("Expand", [g.op("Unsqueeze", [self.positions, g.integers(1, 3)]), shape])                      # [B, heads, S, 64]

    def _self_attention(self, x, i, name):
        g, layers = self.graph, self.layers
        qkv = layers.linear(layers.norm(x, name + "_layer_norm"), name + ".qkv")
        presents = [f"present_key.{i}", f"present_value.{i}"]
        if self.fused:
            y, _, _ = g.op("GroupQueryAttention", [qkv, "", "", *self.cache[i], self.last_position, self.total_length], [None, *presents], outputs=3,
                           domain=MICROSOFT, num_heads=self.c.decoder_heads, kv_num_heads=self.c.decoder_heads, scale=QUERY_SCALE)
        else:
            q, k, v = (layers.split_heads(t, self.c.decoder_heads, BY_HEAD) for t in g.op("Split", [qkv], outputs=3, num_outputs=3, axis=-1))
            key, value = (g.op("ScatterElements", [past, self.places, new], [present], axis=2)
                          for past, new, present in zip(self.cache[i], (k, v), presents))
            scores = g.op("MatMul", [g.op("Mul", [q, g.scalar(QUERY_SCALE)]), g.op("Transpose", [key], perm=[0, 1, 3, 2])])
            weights = g.op("Softmax", [g.op("Add", [scores, self.mask])], axis=-1)
            y = layers.merge_heads(g.op("MatMul", [weights, value]), self.c.width)
        return g.op("Add", [x, layers.linear(y, name + ".out_proj")])

    def _cross_attention(self, x, i, name, alignment_heads, scores_taken):
        """The rows of a window stand side by side, so its keys and values are read once for all of them."""
        g, layers = self.graph, self.layers
        q = layers.linear(layers.norm(x, name + "_layer_norm"), name + ".q_proj")       # the scale is in the weights
        shape = g.op("Concat", [self.windows, g.integers(-1), g.integers(self.c.decoder_heads, HEAD_SIZE)], axis=0)
        q = g.op("Transpose", [g.op("Reshape", [q, shape])], perm=BY_HEAD)               # [W, heads, B/W * S, 64]
        scores = g.op("MatMul", [q, self.cross[i][0]])
        if alignment_heads:
            scores_taken.append(g.op("Gather", [scores, g.integers(*alignment_heads)], axis=1))
        y = g.op("MatMul", [g.op("Softmax", [scores], axis=-1), self.cross[i][1]])
        y = g.op("Reshape", [g.op("Transpose", [y], perm=BY_HEAD), g.op("Shape", [x])])
        return g.op("Add", [x, layers.linear(y, name + ".out_proj")])

    def _logits(self, x):
        g = self.graph
        x = g.op("Gather", [x, self.logit_rows], axis=1)
        if self.precision == "int8":
            y = block_product(g, [x, *self.table])
        else:
            y = g.op("MatMul", [x, g.op("Transpose", self.table, perm=[1, 0])])
        self._float32_output(y, "logits", ["rows", "logit_rows", self.c.vocabulary])

    def _alignment(self, scores, heads):
        y = self.graph.op("Concat", scores, axis=1)
        self._float32_output(y, "alignment_scores", ["windows", heads, "rows_of_window", "positions"])

    def _float32_output(self, value, name, shape):
        g = self.graph
        if self.precision == "float16":
            value = g.op("Cast", [value], to=TensorProto.FLOAT)
        g.op("Identity", [value], [name])
        g.output(name, TensorProto.FLOAT, shape)
