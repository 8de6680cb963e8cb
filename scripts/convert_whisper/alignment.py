"""The decoder heads whose cross attention follows the speech in time: word timestamps are read from them."""

# (decoder layers, heads, vocabulary) -> [layer, head]: published figures of OpenAI's models. large-v1 has the sizes of
# large-v2 and can't be told from it here; the later model is meant.
KNOWN = {
    (4, 6, 51864): [(1, 0), (2, 0), (2, 5), (3, 0), (3, 1), (3, 2), (3, 3), (3, 4)],
    (4, 6, 51865): [(2, 2), (3, 0), (3, 2), (3, 3), (3, 4), (3, 5)],
    (6, 8, 51864): [(3, 3), (4, 7), (5, 1), (5, 5), (5, 7)],
    (6, 8, 51865): [(3, 1), (4, 2), (4, 3), (4, 7), (5, 1), (5, 2), (5, 4), (5, 6)],
    (12, 12, 51864): [(6, 6), (7, 0), (7, 3), (7, 8), (8, 2), (8, 5), (8, 7), (9, 0), (9, 4), (9, 8), (9, 10), (10, 0), (10, 1),
                      (10, 2), (10, 3), (10, 6), (10, 11), (11, 2), (11, 4)],
    (12, 12, 51865): [(5, 3), (5, 9), (8, 0), (8, 4), (8, 7), (8, 8), (9, 0), (9, 7), (9, 9), (10, 5)],
    (24, 16, 51864): [(11, 4), (14, 1), (14, 12), (14, 14), (15, 4), (16, 0), (16, 4), (16, 9), (17, 12), (17, 14), (18, 7), (18, 10),
                      (18, 15), (20, 0), (20, 3), (20, 9), (20, 14), (21, 12)],
    (24, 16, 51865): [(13, 15), (15, 4), (15, 15), (16, 1), (20, 0), (23, 4)],
    (32, 20, 51865): [(10, 12), (13, 17), (16, 11), (16, 12), (16, 13), (17, 15), (17, 16), (18, 4), (18, 11), (18, 19), (19, 11), (21, 2),
                      (21, 3), (22, 3), (22, 9), (22, 12), (23, 5), (23, 7), (23, 13), (25, 5), (26, 1), (26, 12), (27, 15)],
    (32, 20, 51866): [(7, 0), (10, 17), (12, 18), (13, 12), (16, 1), (17, 14), (19, 11), (21, 4), (24, 1), (25, 6)],
    (4, 20, 51866): [(2, 4), (2, 11), (3, 3), (3, 6), (3, 11), (3, 14)],
}


def alignment_heads(generation, configuration):
    """([(layer, head)] ascending, a remark for the user or None).

    Those of generation_config.json when they lie in this decoder (configurations with a teacher's heads are about);
    else the published ones for these sizes; else all heads of the upper half of the layers.
    """
    layers, heads = configuration.decoder_layers, configuration.decoder_heads
    given = generation.get("alignment_heads")
    remark = "generation_config.json has no alignment_heads"
    if given:
        pairs = [tuple(pair) for pair in given]
        outside = [pair for pair in pairs if len(pair) != 2 or not (0 <= pair[0] < layers and 0 <= pair[1] < heads)]
        if not outside:
            return sorted(set(pairs)), None
        remark = f"alignment head {list(outside[0])} of generation_config.json is outside this decoder of {layers} layers and {heads} heads"
    known = KNOWN.get((layers, heads, configuration.vocabulary))
    if known:
        return sorted(known), f"{remark}: taking the published ones for this size"
    upper = [(layer, head) for layer in range(layers // 2, layers) for head in range(heads)]
    return upper, f"{remark}: taking all heads of the upper half of the layers, which makes word times less exact"
