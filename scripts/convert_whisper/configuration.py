"""What config.json and generation_config.json say, checked against what the dialect can hold."""
import dataclasses
import json

from .failure import NOT_THERE, ConversionFailure

HEAD_SIZE = 64          # of every Whisper model; the graphs and the runtime count on it
MULTILINGUAL_VOCABULARY = 51865     # and more; English-only models have one token less


@dataclasses.dataclass(frozen=True)
class Configuration:
    """Sizes of a Whisper model, as config.json names them."""

    width: int
    mels: int
    vocabulary: int
    audio_positions: int
    text_positions: int
    encoder_layers: int
    encoder_heads: int
    encoder_hidden: int
    decoder_layers: int
    decoder_heads: int
    decoder_hidden: int


KEYS = {
    "width": "d_model", "mels": "num_mel_bins", "vocabulary": "vocab_size",
    "audio_positions": "max_source_positions", "text_positions": "max_target_positions",
    "encoder_layers": "encoder_layers", "encoder_heads": "encoder_attention_heads", "encoder_hidden": "encoder_ffn_dim",
    "decoder_layers": "decoder_layers", "decoder_heads": "decoder_attention_heads", "decoder_hidden": "decoder_ffn_dim",
}


def read_json(path):
    """The object in a JSON file; a failure that names the file when it is missing or broken."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConversionFailure(f"{path}: missing: take it from the model that the weights come from", NOT_THERE) from None
    except (ValueError, OSError) as error:
        raise ConversionFailure(f"{path}: not readable as JSON: {error}") from None
    if not isinstance(value, dict):
        raise ConversionFailure(f"{path}: not a JSON object")
    return value


def read_configuration(folder):
    """The Configuration of a model folder."""
    path = folder / "config.json"
    raw = read_json(path)
    if raw.get("model_type", "whisper") != "whisper":
        raise ConversionFailure(f"{path}: a model of type '{raw['model_type']}', not 'whisper'")
    sizes = {}
    for field, key in KEYS.items():
        value = raw.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
            raise ConversionFailure(f"{path}: '{key}' must be a number above 0, it is {json.dumps(value)}")
        sizes[field] = value
    configuration = Configuration(**sizes)
    for side, heads in (("encoder", configuration.encoder_heads), ("decoder", configuration.decoder_heads)):
        if heads * HEAD_SIZE != configuration.width:
            raise ConversionFailure(
                f"{path}: {heads} {side} heads on a width of {configuration.width} are {configuration.width / heads:g} numbers a head: "
                f"only {HEAD_SIZE} is supported, which every published Whisper model has")
    for key, needed in (("activation_function", "gelu"), ("scale_embedding", False), ("tie_word_embeddings", True)):
        if raw.get(key, needed) != needed:
            raise ConversionFailure(f"{path}: '{key}' is {json.dumps(raw[key])}: only {json.dumps(needed)} is supported")
    return configuration


def languages_of(generation, configuration):
    """Language codes in the order of their tokens."""
    tokens = generation.get("lang_to_id") or {}
    if not tokens and configuration.vocabulary < MULTILINGUAL_VOCABULARY:
        return ["en"]
    return [name.strip("<|>") for name in sorted(tokens, key=tokens.get)]
