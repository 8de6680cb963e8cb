"""The command line, and the conversion from beginning to end."""
import argparse
import json
import pathlib
import re
import signal
import sys

from . import folder
from .alignment import alignment_heads
from .configuration import read_configuration, read_json
from .decoder import decoder
from .encoder import encoder
from .failure import ConversionFailure
from .layout import decoder_weights, encoder_weights
from .quantisation import LAYER_BLOCK
from .sources import DIALECT, open_source
from .weight_file import WeightFile

DESCRIPTION = """\
Makes a Whisper model folder that the appliance runs (dialect split-cross-kv/1) from

  a Hugging Face folder of any size: config.json, generation_config.json, preprocessor_config.json, tokenizer.json and
  model.safetensors, or its shards with model.safetensors.index.json, in float32, float16 or bfloat16;
  or a folder made by this program, to get it in another precision (an int8 one gives no more than its own accuracy).

TARGET appears complete or not at all. Its manifest names every file with its checksum."""

EPILOG = """\
which precision and attention
  int8 fused           x64 and arm64 CPUs: a quarter of the size of float32, 0.0025 nats a token from it on base
  float16 standard     NVIDIA GPUs with TensorRT or CUDA: plain ONNX operators only
  float16 fused        NVIDIA GPUs with ONNX Runtime's own CUDA attention
  float32 standard     a reference to compare with

memory and disk
  Memory holds one weight at a time, whatever the model's size: about 1 GB for large-v3. (A pack as the source is held as a
  whole, half as much again as its size.) The disk needs room for TARGET and once more for its larger graph. The weights of
  a graph above 2 GB stay in encoder.onnx.data or decoder.onnx.data beside it.

exit status
  0 done; 2 wrong call; 65 the source is damaged or of an unsupported kind; 66 the source, or a file of it, is not there;
  73 TARGET can't be written, or is already there; 130 interrupted. Nothing half-written stays.

examples
  scripts/convert-whisper ~/whisper-small ~/packs/whisper-small
  scripts/convert-whisper ~/whisper-large-v3-turbo ~/packs/turbo --precision float16 --attention standard
  scripts/convert-whisper rootfs/usr/share/appliance/models/whisper-base /tmp/base-f32 --precision float32 --attention standard
  then: scripts/run.sh models add ~/packs/whisper-small

needs python3-numpy and python3-onnx (Debian, Ubuntu: apt-get install python3-numpy python3-onnx)"""

# the rule of the appliance's catalogue (src/Appliance.Inference/Models/ModelName.cs)
MODEL_NAME = re.compile("[a-z0-9][a-z0-9._-]{0,99}")


def parse(arguments):
    parser = argparse.ArgumentParser(prog="convert-whisper", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", metavar="SOURCE", type=pathlib.Path, help="folder with the model to convert")
    parser.add_argument("target", metavar="TARGET", type=pathlib.Path, help="folder to write; its parent folders are made")
    parser.add_argument("--precision", choices=["int8", "float32", "float16"], default="int8", help="numbers that weights are stored in (default: int8)")
    parser.add_argument("--attention", choices=["fused", "standard"], default="fused",
                        help="ONNX Runtime's own attention operators, or plain ONNX ones (default: fused)")
    parser.add_argument("--name", help="name in the manifest, by which the appliance calls the model (default: TARGET's last part)")
    parser.add_argument("--licence", help="licence in the manifest (default: what the source's manifest, card or LICENSE says, else 'unknown')")
    parser.add_argument("--origin", help="origin in the manifest (default: what the source's manifest says, else the source's folder name)")
    parser.add_argument("--external-data", action="store_true", help="keep the weights in a .data file beside each graph, whatever its size")
    parser.add_argument("--force", action="store_true", help="replace TARGET when it is a model folder already")
    parser.add_argument("--quiet", action="store_true", help="say nothing but what needs attention")
    options = parser.parse_args(arguments)
    options.target = options.target.absolute()
    options.name = options.name or options.target.name
    if not MODEL_NAME.fullmatch(options.name):
        parser.error(f"'{options.name}' can't be a model's name (1 to 100 of a-z 0-9 . _ - that start with a letter or digit): give another with --name")
    return options


def convert(options):
    """1 read and check everything small, 2 write the two graphs, 3 texts and manifest, 4 take the target's place."""
    say = (lambda text: None) if options.quiet else (lambda text: print(text, file=sys.stderr, flush=True))
    source = open_source(options.source)
    configuration = read_configuration(options.source)
    folder.check_texts(options.source)
    generation = read_json(options.source / "generation_config.json")
    source.check({**encoder_weights(configuration), **decoder_weights(configuration)})
    if options.precision == "int8" and configuration.decoder_hidden % LAYER_BLOCK:
        raise ConversionFailure(f"{options.source}: a feed-forward of {configuration.decoder_hidden} can't be cut into int8 blocks of {LAYER_BLOCK}: "
                                "use --precision float32 or float16")
    heads, remark = alignment_heads(generation, configuration)
    if remark:
        print(remark, file=sys.stderr)
    how = f"{options.precision} {options.attention}"
    description = folder.describe(options.source, options.name, options.licence, options.origin, how, generation, configuration)
    if description["licence"] == "unknown":
        print("licence not found in the source: the manifest says 'unknown'; --licence names it", file=sys.stderr)

    metadata = {"dialect": DIALECT, "precision": options.precision, "attention": options.attention, "alignment_heads": json.dumps(heads)}
    builders = {"encoder": lambda weights: encoder(source, configuration, options.precision, options.attention, weights),
                "decoder": lambda weights: decoder(source, configuration, options.precision, options.attention, heads, weights)}
    with folder.replacing(options.target, options.force) as fresh:
        for name, build in builders.items():
            say(f"{name}: {getattr(configuration, name + '_layers')} layers, {how}")
            with WeightFile(fresh / f"{name}.onnx.data") as weights:
                weights.write_model(fresh / f"{name}.onnx", *build(weights).model(name, metadata), options.external_data)
        folder.copy_texts(options.source, fresh)
        folder.write_manifest(fresh, description)
        say(f"{options.target}: {folder.size(fresh) / 1e6:.1f} MB")


def main(arguments=None):
    options = parse(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        convert(options)
        return 0
    except ConversionFailure as failure:
        print(f"convert-whisper: {failure}", file=sys.stderr)
        return failure.status
    except KeyboardInterrupt:
        print("convert-whisper: interrupted: nothing was written", file=sys.stderr)
        return 130
