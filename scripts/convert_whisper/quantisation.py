"""How float weights become integers: one scale a column for the encoder, one a block for the decoder."""
import numpy as np

LAYER_BLOCK, TABLE_BLOCK = 32, 64   # weights that share a scale: decoder layers, embedding and logits
PAIR_LIMIT = 128                    # see column_scales
LEAST_SCALE = 1e-10


def column_scales(weight):
    """weight [N, K] -> scale [N].

    Processors without VNNI multiply u8 by s8 and add two neighbours in 16 bits, saturating. The pair rule keeps every
    processor at the same integers: two neighbours of one sign sum to PAIR_LIMIT at most, since 255 * 128 < 2 ** 15.
    """
    pairs = weight.reshape(len(weight), -1, 2)
    peak = np.maximum(np.maximum(pairs, 0).sum(-1).max(-1), np.maximum(-pairs, 0).sum(-1).max(-1))
    # rounding the two may add one, hence PAIR_LIMIT - 1
    scale = np.maximum(np.maximum(np.abs(weight).max(-1) / 127, peak / (PAIR_LIMIT - 1)), LEAST_SCALE)
    return scale.astype(np.float32)


def to_columns(weight):
    """weight [N, K] -> (int8 [N, K], float32 scale [N])"""
    scale = column_scales(weight)
    return np.round(weight / scale[:, None]).astype(np.int8), scale


def from_columns(integers, scale):
    """The reverse of to_columns, float32 [N, K]."""
    return integers.astype(np.float32) * scale[:, None]


def to_blocks(weight, block):
    """weight [N, K] -> (uint8 [N, K/block, block] around 128, float32 scale [N, K/block])"""
    grouped = weight.reshape(len(weight), -1, block)
    scale = np.maximum(np.abs(grouped).max(-1), LEAST_SCALE) / 127
    integers = (np.clip(np.round(grouped / scale[..., None]), -127, 127) + 128).astype(np.uint8)
    return integers, scale.astype(np.float32)


def from_blocks(integers, scale):
    """The reverse of to_blocks, float32 [N, K]."""
    return ((integers.astype(np.float32) - 128) * scale[..., None]).reshape(len(integers), -1)
