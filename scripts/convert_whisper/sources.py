"""Where weights come from: a Hugging Face folder or one of our own packs. Both answer by the names of layout.py.

`tensor(name)` is float32, a product's weight [N, K]; `columns` and `blocks` are a product's integers and scales, computed
from the float weight, or, from an int8 pack, the very ones that it holds.
"""
import json

import numpy as np
import onnx
from onnx import numpy_helper

from . import quantisation
from .configuration import HEAD_SIZE
from .failure import NOT_THERE, ConversionFailure
from .safetensors import open_safetensors

DIALECT = "split-cross-kv/1"


class Source:
    """Weights of one model."""

    def columns(self, product):
        """(int8 [N, K], float32 scale [N])"""
        return quantisation.to_columns(self.tensor(product + ".weight"))

    def blocks(self, product, block):
        """(uint8 [N, K/block, block] around 128, float32 scale [N, K/block])"""
        return quantisation.to_blocks(self.tensor(product + ".weight"), block)

    def check(self, shapes):
        """Fails with every weight that is missing or of another shape than the {name: shape} given."""
        problems = []
        for name, shape in shapes.items():
            found = self.shape(name)
            if found is None:
                problems.append(f"{name} is missing")
            elif found != shape:
                problems.append(f"{name} is {list(found)}, config.json asks for {list(shape)}")
        if problems:
            more = f" (and {len(problems) - 5} more)" if len(problems) > 5 else ""
            raise ConversionFailure(f"{self.where}: {'; '.join(problems[:5])}{more}")


class HuggingFaceSource(Source):
    """model.safetensors, or shards with an index. Names are turned into those of layout.py on the way."""

    RENAMED = {"encoder.positions": "encoder.embed_positions.weight", "decoder.positions": "decoder.embed_positions.weight"}

    def __init__(self, folder):
        self.where = folder
        self._files = {name[6:] if name.startswith("model.") else name: (file, name) for name, file in open_safetensors(folder).items()}

    def shape(self, name):
        parts = [self._shape(part) for part in self._parts(name)]
        if None in parts:
            return None
        return (sum(part[0] for part in parts), *parts[0][1:])

    def tensor(self, name):
        if name.endswith("self_attn.qkv.bias"):
            query, value = (self._read(part) for part in self._parts(name)[::2])
            return np.concatenate([query, np.zeros_like(query), value])
        values = [self._read(part) for part in self._parts(name)]
        whole = values[0] if len(values) == 1 else np.concatenate(values)
        return whole * np.float32(HEAD_SIZE ** -0.5) if name.startswith("decoder.") and ".encoder_attn.q_proj." in name else whole

    def _parts(self, name):
        """The stored tensors whose rows make up a weight."""
        stem, _, kind = name.rpartition(".")
        if not stem.endswith("self_attn.qkv"):
            return [self.RENAMED.get(name, name)]
        # a key bias would cancel in the softmax: there is none, the query's stands in for its shape
        names = ("q_proj", "k_proj", "v_proj") if kind == "weight" else ("q_proj", "q_proj", "v_proj")
        return [f"{stem[:-len('qkv')]}{part}.{kind}" for part in names]

    def _shape(self, name):
        file, stored = self._files.get(name, (None, None))
        return file and file.shapes[stored]

    def _read(self, name):
        file, stored = self._files[name]
        return file.tensor(stored)


class PackSource(Source):
    """encoder.onnx and decoder.onnx of a pack of ours, of any precision and attention."""

    def __init__(self, folder):
        self.where = folder
        self._tensors = {}
        for name in ("encoder.onnx", "decoder.onnx"):
            self._tensors.update(read_initialisers(folder / name))

    def shape(self, name):
        integers = self._tensors.get(product_of(name) + ".q8") if name.endswith(".weight") else None
        if integers is None:
            stored = self._tensors.get(name)
            if stored is None:
                return None
            return tuple(stored.dims)[::-1] if is_turned(name, stored) else tuple(stored.dims)
        n = integers.dims
        return (n[0], n[1] * n[2]) if len(n) == 3 else (n[1], n[0])

    def tensor(self, name):
        if name.endswith(".weight") and product_of(name) + ".q8" in self._tensors:
            integers, scale = self._stored(product_of(name))
            return quantisation.from_blocks(integers, scale) if integers.ndim == 3 else quantisation.from_columns(integers, scale)
        stored = self._tensors[name]
        values = self._read(name)
        return (values.T if is_turned(name, stored) else values).astype(np.float32)

    def columns(self, product):
        stored = self._stored(product)
        return stored if stored and stored[0].ndim == 2 else super().columns(product)

    def blocks(self, product, block):
        stored = self._stored(product)
        return stored if stored and stored[0].ndim == 3 and stored[0].shape[2] == block else super().blocks(product, block)

    def _stored(self, product):
        """The integers and scales held for a product, or None."""
        if product + ".q8" not in self._tensors:
            return None
        integers, scale = self._read(product + ".q8"), self._read(product + ".scale")
        return (integers, scale) if integers.ndim == 3 else (integers.T, scale)

    def _read(self, name):
        tensor = self._tensors[name]
        if tensor.data_location != onnx.TensorProto.EXTERNAL:
            return numpy_helper.to_array(tensor)
        place = {entry.key: entry.value for entry in tensor.external_data}
        kind = onnx.mapping.TENSOR_TYPE_TO_NP_TYPE[tensor.data_type] if hasattr(onnx, "mapping") else onnx.helper.tensor_dtype_to_np_dtype(tensor.data_type)
        try:
            return np.memmap(self.where / place["location"], kind, mode="r", offset=int(place.get("offset", 0)), shape=tuple(tensor.dims))
        except (OSError, ValueError) as error:
            raise ConversionFailure(f"{self.where / place['location']}: not readable: {error}") from None


def product_of(name):
    return name[:-len(".weight")]


def is_turned(name, tensor):
    """Float packs hold the products, and only those, as [K, N]."""
    return len(tensor.dims) == 2 and name.endswith(".weight") and name != "decoder.embed_tokens.weight"


def read_initialisers(path):
    """{name: TensorProto} of a graph of our dialect; the data in files beside it is left where it is."""
    try:
        model = onnx.load(str(path), load_external_data=False)
    except FileNotFoundError:
        raise ConversionFailure(f"{path}: missing", NOT_THERE) from None
    except Exception as error:      # protobuf's own types, which differ from version to version
        raise ConversionFailure(f"{path}: not readable as ONNX: {error}") from None
    dialect = {entry.key: entry.value for entry in model.metadata_props}.get("dialect")
    if dialect != DIALECT:
        raise ConversionFailure(f"{path}: its dialect is {json.dumps(dialect)}, not '{DIALECT}': convert from the safetensors folder")
    return {tensor.name: tensor for tensor in model.graph.initializer}


def open_source(folder):
    """The source in a folder, told by what lies there."""
    if not folder.is_dir():
        raise ConversionFailure(f"{folder}: {'not a folder' if folder.exists() else 'not there'}: give the folder that holds config.json", NOT_THERE)
    return PackSource(folder) if (folder / "encoder.onnx").exists() else HuggingFaceSource(folder)
