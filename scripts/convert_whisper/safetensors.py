"""Reads safetensors files through a memory map: a tensor costs memory while it is in use, the file none.

The format: 8 bytes of header length (little endian), a JSON header {name: {dtype, shape, data_offsets}}, the data.
"""
import json
import math

import numpy as np

from .configuration import read_json
from .failure import NOT_THERE, ConversionFailure

WIDTHS = {"F32": 4, "F16": 2, "BF16": 2}
HEADER_LIMIT = 100_000_000


class SafetensorsFile:
    """One file; `shapes` is {name: shape}."""

    def __init__(self, path):
        self.path = path
        try:
            self._bytes = np.memmap(path, np.uint8, mode="r")
        except FileNotFoundError:
            raise ConversionFailure(f"{path}: missing", NOT_THERE) from None
        except (ValueError, OSError) as error:      # an empty file can't be mapped
            raise ConversionFailure(f"{path}: not readable: {error}") from None
        self._start, self._entries = self._read_header()
        self.shapes = {name: tuple(entry["shape"]) for name, entry in self._entries.items()}

    def tensor(self, name):
        """The tensor as a new float32 array."""
        entry = self._entries[name]
        begin, end = entry["data_offsets"]
        raw = self._bytes[self._start + begin:self._start + end]
        if entry["dtype"] == "BF16":        # the upper half of a float32
            values = (raw.view("<u2").astype(np.uint32) << 16).view(np.float32)
        else:
            values = raw.view({"F32": "<f4", "F16": "<f2"}[entry["dtype"]]).astype(np.float32)
        return values.reshape(entry["shape"])

    def _read_header(self):
        size = len(self._bytes)
        length = int.from_bytes(self._bytes[:8].tobytes(), "little")
        if size < 8 or length > HEADER_LIMIT:
            raise ConversionFailure(f"{self.path}: not a safetensors file")
        if 8 + length > size:
            raise ConversionFailure(f"{self.path}: truncated inside its header ({size} bytes): copy it again")
        try:
            entries = json.loads(self._bytes[8:8 + length].tobytes())
            entries.pop("__metadata__", None)
            for name, entry in entries.items():
                self._check(name, entry["dtype"], entry["shape"], *entry["data_offsets"], size - 8 - length)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConversionFailure(f"{self.path}: not a safetensors file ({error})") from None
        return 8 + length, entries

    def _check(self, name, dtype, shape, begin, end, available):
        if dtype not in WIDTHS:
            raise ConversionFailure(f"{self.path}: {name} is {dtype}: only {', '.join(WIDTHS)} are supported")
        if end > available:
            raise ConversionFailure(f"{self.path}: truncated: {name} ends at byte {end} of the data, {available} are there: copy it again")
        if begin < 0 or end - begin != WIDTHS[dtype] * math.prod(shape):
            raise ConversionFailure(f"{self.path}: {name} holds {end - begin} bytes, its shape {shape} asks for {WIDTHS[dtype] * math.prod(shape)}")


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
