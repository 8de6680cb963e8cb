"""Which weights a model has, by the names they have in a pack, and their shapes.

They are the Hugging Face names without `model.`, but: the position tables are `encoder.positions` and
`decoder.positions`; the decoder's self-attention is one product `qkv` (its key bias is zero); the decoder's
cross-attention query is stored multiplied by HEAD_SIZE ** -0.5. A product's weight is [outputs, inputs].
"""


def encoder_weights(c):
    """{name: shape} of encoder.onnx; the decoder's cross keys and values are computed there."""
    d, hidden = c.width, c.encoder_hidden
    shapes = {"encoder.conv1.weight": (d, c.mels, 3), "encoder.conv1.bias": (d,), "encoder.conv2.weight": (d, d, 3), "encoder.conv2.bias": (d,),
              "encoder.positions": (c.audio_positions, d)}
    for i in range(c.encoder_layers):
        p = f"encoder.layers.{i}."
        shapes.update(norm(p + "self_attn_layer_norm", d))
        for name in ("q_proj", "k_proj", "v_proj", "out_proj"):
            shapes.update(product(f"{p}self_attn.{name}", d, d, bias=name != "k_proj"))
        shapes.update(norm(p + "final_layer_norm", d))
        shapes.update(product(p + "fc1", hidden, d))
        shapes.update(product(p + "fc2", d, hidden))
    shapes.update(norm("encoder.layer_norm", d))
    for i in range(c.decoder_layers):
        shapes.update(product(f"decoder.layers.{i}.encoder_attn.k_proj", d, d, bias=False))
        shapes.update(product(f"decoder.layers.{i}.encoder_attn.v_proj", d, d))
    return shapes


def decoder_weights(c):
    """{name: shape} of decoder.onnx."""
    d, hidden = c.width, c.decoder_hidden
    shapes = {"decoder.embed_tokens.weight": (c.vocabulary, d), "decoder.positions": (c.text_positions, d)}
    for i in range(c.decoder_layers):
        p = f"decoder.layers.{i}."
        shapes.update(norm(p + "self_attn_layer_norm", d))
        shapes.update(product(p + "self_attn.qkv", 3 * d, d))
        shapes.update(product(p + "self_attn.out_proj", d, d))
        shapes.update(norm(p + "encoder_attn_layer_norm", d))
        shapes.update(product(p + "encoder_attn.q_proj", d, d))
        shapes.update(product(p + "encoder_attn.out_proj", d, d))
        shapes.update(norm(p + "final_layer_norm", d))
        shapes.update(product(p + "fc1", hidden, d))
        shapes.update(product(p + "fc2", d, hidden))
    shapes.update(norm("decoder.layer_norm", d))
    return shapes


def norm(name, width):
    return {name + ".weight": (width,), name + ".bias": (width,)}


def product(name, outputs, inputs, bias=True):
    shapes = {name + ".weight": (outputs, inputs)}
    if bias:
        shapes[name + ".bias"] = (outputs,)
    return shapes
