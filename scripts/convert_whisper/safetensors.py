"""Reads safetensors files tensor by tensor: one costs memory while it is in use, the file none.

The format: 8 bytes of header length (little endian), a JSON header {name: {dtype, shape, data_offsets}}, the data.
"""
import json
import math

import numpy as np

from .configuration import read_json
from .failure import NOT_THERE, ConversionFailure

NUMPY_TYPES = {"F32": "<f4", "F16": "<f2", "BF16": "<u2"}
HEADER_LIMIT = 100_000_000


class SafetensorsFile:
    """One file; `shapes` is {name: shape}."""

    def __init__(self, path):
        self.path = path
        try:
            self._start, self._entries = self._read_header()
        except FileNotFoundError:
            raise ConversionFailure(f"{path}: missing", NOT_THERE) from None
        except OSError as error:
            raise ConversionFailure(f"{path}: not readable: {error.strerror}") from None
        self.shapes = {name: tuple(entry["shape"]) for name, entry in self._entries.items()}

    def tensor(self, name):
        """The tensor as a new float32 array."""
        entry = self._entries[name]
        begin, _ = entry["data_offsets"]
        stored = np.fromfile(self.path, NUMPY_TYPES[entry["dtype"]], math.prod(entry["shape"]), offset=self._start + begin)
        if entry["dtype"] == "BF16":        # the upper half of a float32
            stored = (stored.astype(np.uint32) << 16).view(np.float32)
        return stored.astype(np.float32, copy=False).reshape(entry["shape"])

    def _read_header(self):
        size = self.path.stat().st_size
        with open(self.path, "rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if size < 8 or length > HEADER_LIMIT:
                raise ConversionFailure(f"{self.path}: not a safetensors file")
            header = file.read(length)
        if 8 + length > size:
            raise ConversionFailure(f"{self.path}: truncated inside its header ({size} bytes): copy it again")
        try:
            entries = json.loads(header)
            entries.pop("__metadata__", None)
            for name, entry in entries.items():
                self._check(name, entry["dtype"], entry["shape"], *entry["data_offsets"], size - 8 - length)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConversionFailure(f"{self.path}: not a safetensors file ({error})") from None
        return 8 + length, entries

    def _check(self, name, dtype, shape, begin, end, available):
        if dtype not in NUMPY_TYPES:
            raise ConversionFailure(f"{self.path}: {name} is {dtype}: only {', '.join(NUMPY_TYPES)} are supported")
        if end > available:
            raise ConversionFailure(f"{self.path}: truncated: {name} ends at byte {end} of the data, {available} are there: copy it again")
        needed = np.dtype(NUMPY_TYPES[dtype]).itemsize * math.prod(shape)
        if begin < 0 or end - begin != needed:
            raise ConversionFailure(f"{self.path}: {name} holds {end - begin} bytes, its shape {shape} asks for {needed}")


def open_safetensors(folder):
    """{name: file} over model.safetensors, or over the shards that its index names."""
    single, index = folder / "model.safetensors", folder / "model.safetensors.index.json"
    if index.exists():
        shards = sorted(set(read_json(index).get("weight_map", {}).values()))
        if not shards:
            raise ConversionFailure(f"{index}: names no file")
        return by_name([SafetensorsFile(folder / shard) for shard in shards])
    if single.exists():
        return by_name([SafetensorsFile(single)])
    others = sorted(path.name for pattern in ("*.bin", "*.pt", "*.npz") for path in folder.glob(pattern))
    hint = f" ({', '.join(others)} can't be read: save the model as safetensors)" if others else ""
    raise ConversionFailure(f"{folder}: neither model.safetensors nor encoder.onnx of one of our packs is here{hint}", NOT_THERE)


def by_name(files):
    return {name: file for file in files for name in file.shapes}
