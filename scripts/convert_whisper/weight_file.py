"""Large constants of a graph on their way to disk, so that memory holds one of them at a time and never the model.

They are collected in NAME.onnx.data. `write_model` then either leaves them there, as ONNX's external data, or copies them
into NAME.onnx. protobuf's own writer would need the whole model in memory, twice; its format is simple enough to do without:
a message is a row of fields, a field that holds bytes is a tag, a length and the bytes.
"""
from onnx import TensorProto, numpy_helper

# protobuf holds no message of 2 GiB: above this the weights of a graph stay in a file beside it
INLINE_LIMIT = 2 ** 31 - 2 ** 26
# numbers of fields in onnx.proto
MODEL_GRAPH, GRAPH_INITIALIZER, TENSOR_RAW_DATA = 7, 5, 9
BYTES = 2           # the wire type of a field with a length


class WeightFile:
    """The data file of one graph; also where each constant lies in it."""

    SMALLEST = 4096     # bytes of a constant that is worth moving here, and the alignment, which lets a runtime map them

    def __init__(self, path):
        self.path = path
        self._file = open(path, "w+b")
        self._places = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._file.close()

    def add(self, array, name):
        """Writes an array down; returns its TensorProto without the data."""
        self._file.seek(-self._file.tell() % self.SMALLEST, 1)
        self._places[name] = (self._file.tell(), array.nbytes)
        array.tofile(self._file)
        return TensorProto(name=name, dims=array.shape, data_type=numpy_helper.from_array(array.reshape(-1)[:0]).data_type)

    def write_model(self, path, model, constants, external):
        """Writes `model` with its constants to `path`; the data file is gone unless `external`, or the size, asks for it."""
        self._file.flush()
        if external or self._file.tell() > INLINE_LIMIT:
            for tensor in constants:
                self._refer(tensor)
            model.graph.initializer.extend(constants)
            path.write_bytes(model.SerializeToString())
        else:
            with open(path, "wb") as target:
                self._write_whole(target, model, constants)
            self.path.unlink()

    def _refer(self, tensor):
        if tensor.name in self._places:
            offset, length = self._places[tensor.name]
            tensor.data_location = TensorProto.EXTERNAL
            for key, value in (("location", self.path.name), ("offset", offset), ("length", length)):
                tensor.external_data.add(key=key, value=str(value))

    def _write_whole(self, target, model, constants):
        # fields in the order of their numbers, as protobuf writes them: what stands before the graph, the graph, what stands after it
        before, after = split(model, MODEL_GRAPH)
        graph_before, graph_after = split(model.graph, GRAPH_INITIALIZER)
        heads = [self._head(tensor) for tensor in constants]
        size = len(graph_before) + sum(len(head) + self._size(tensor) for head, tensor in zip(heads, constants)) + len(graph_after)
        target.write(before + tag(MODEL_GRAPH, size) + graph_before)
        for head, tensor in zip(heads, constants):
            target.write(head)
            self._copy(tensor, target)
        target.write(graph_after + after)

    def _size(self, tensor):
        """Bytes that this file holds of a constant."""
        return self._places.get(tensor.name, (0, 0))[1]

    def _head(self, tensor):
        """A constant as a field of the graph, up to the bytes that this file holds."""
        size = self._size(tensor)
        fields = tensor.SerializeToString() + (tag(TENSOR_RAW_DATA, size) if size else b"")
        return tag(GRAPH_INITIALIZER, len(fields) + size) + fields

    def _copy(self, tensor, target):
        offset, left = self._places.get(tensor.name, (0, 0))
        self._file.seek(offset)
        while left:
            block = self._file.read(min(left, 1 << 20))
            target.write(block)
            left -= len(block)


def split(message, number):
    """The message serialised without field `number`: (the fields before it, those after it)."""
    parts = [type(message).FromString(message.SerializeToString()) for _ in range(2)]
    for field, _ in message.ListFields():
        for part, kept in zip(parts, (field.number < number, field.number > number)):
            if not kept:
                part.ClearField(field.name)
    return [part.SerializeToString() for part in parts]


def tag(number, length):
    """How a field that holds `length` bytes begins."""
    return varint(number << 3 | BYTES) + varint(length)


def varint(value):
    groups = []
    while value > 127:
        groups.append(value & 127 | 128)
        value >>= 7
    return bytes([*groups, value])
