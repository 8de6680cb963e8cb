"""Small Whisper folders with random weights, written without any library for safetensors."""
import json
import pathlib

import numpy as np

CONFIGURATION = {
    "model_type": "whisper", "vocab_size": 300, "num_mel_bins": 80, "d_model": 128,
    "encoder_layers": 2, "encoder_attention_heads": 2, "encoder_ffn_dim": 96,
    "decoder_layers": 2, "decoder_attention_heads": 2, "decoder_ffn_dim": 96,
    "max_source_positions": 50, "max_target_positions": 20, "activation_function": "gelu", "scale_embedding": False,
}
GENERATION = {"alignment_heads": [[1, 1], [0, 1]], "lang_to_id": {"<|de|>": 259, "<|en|>": 258}}


def tensors(configuration=None, seed=1):
    """{Hugging Face name: float32 array}"""
    c = {**CONFIGURATION, **(configuration or {})}
    random, d, made = np.random.default_rng(seed), c["d_model"], {}

    def add(name, *shape):
        made["model." + name] = random.normal(0, 0.05, shape).astype(np.float32)

    def linear(name, n, k, bias=True):
        add(name + ".weight", n, k)
        if bias:
            add(name + ".bias", n)

    def norm(name):
        add(name + ".weight", d)
        add(name + ".bias", d)

    def attention(name):
        for part in "qkv":
            linear(f"{name}.{part}_proj", d, d, bias=part != "k")
        linear(name + ".out_proj", d, d)

    add("encoder.conv1.weight", d, c["num_mel_bins"], 3)
    add("encoder.conv1.bias", d)
    add("encoder.conv2.weight", d, d, 3)
    add("encoder.conv2.bias", d)
    add("encoder.embed_positions.weight", c["max_source_positions"], d)
    add("decoder.embed_positions.weight", c["max_target_positions"], d)
    add("decoder.embed_tokens.weight", c["vocab_size"], d)
    for side in ("encoder", "decoder"):
        norm(side + ".layer_norm")
        for i in range(c[side + "_layers"]):
            p = f"{side}.layers.{i}."
            for name in ("self_attn", "encoder_attn")[:1 if side == "encoder" else 2]:
                attention(p + name)
                norm(f"{p}{name}_layer_norm")
            norm(p + "final_layer_norm")
            linear(p + "fc1", c[side + "_ffn_dim"], d)
            linear(p + "fc2", d, c[side + "_ffn_dim"])
    return made


def bytes_of(array, dtype):
    if dtype == "BF16":
        return (np.ascontiguousarray(array, np.float32).view(np.uint32) >> 16).astype("<u2").tobytes()
    return array.astype({"F32": "<f4", "F16": "<f2", "F64": "<f8"}[dtype]).tobytes()


def write_safetensors(path, arrays, dtype="F32"):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, array in arrays.items():
        raw = bytes_of(array, dtype)
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    head = json.dumps(header).encode()
    path.write_bytes(len(head).to_bytes(8, "little") + head + data)


def write_model(folder, configuration=None, generation=None, dtype="F32", shards=1, weights=None):
    """A Hugging Face folder; returns its weights."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps({**CONFIGURATION, **(configuration or {})}))
    (folder / "generation_config.json").write_text(json.dumps(GENERATION if generation is None else generation))
    (folder / "preprocessor_config.json").write_text('{"feature_size": 80}')
    (folder / "tokenizer.json").write_text("{}")
    weights = tensors(configuration) if weights is None else weights
    if shards == 1:
        write_safetensors(folder / "model.safetensors", weights, dtype)
        return weights
    names, index = list(weights), {}
    for shard in range(shards):
        name = f"model-{shard + 1:05}-of-{shards:05}.safetensors"
        write_safetensors(folder / name, {key: weights[key] for key in names[shard::shards]}, dtype)
        index.update({key: name for key in names[shard::shards]})
    (folder / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": index}))
    return weights
