"""An ONNX graph under construction. Every method that adds something returns the name of its result."""
import hashlib

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from .failure import ConversionFailure
from .weight_file import WeightFile

OPSET, IR_VERSION = 20, 9       # Gelu came with opset 20
MICROSOFT = "com.microsoft"


class Graph:
    """Nodes, constants, inputs and outputs; `element` is the type of activations and of float weights."""

    def __init__(self, precision, weights):
        """`weights` is the WeightFile that takes the large constants as they come."""
        half = precision == "float16"
        self.dtype = np.float16 if half else np.float32
        self.element = TensorProto.FLOAT16 if half else TensorProto.FLOAT
        self._weights = weights
        self._nodes, self._constants, self._inputs, self._outputs, self._count = [], {}, [], [], 0

    def input(self, name, element, shape):
        self._inputs.append(helper.make_tensor_value_info(name, element, shape))
        return name

    def output(self, name, element, shape):
        """Declares a value that an operator was told to call `name`."""
        self._outputs.append(helper.make_tensor_value_info(name, element, shape))

    def op(self, kind, inputs, names=None, outputs=1, domain="", **attributes):
        """Adds an operator. `names` calls its results (None among them: of no interest by name)."""
        self._count += 1
        stem = f"{kind.lower()}_{self._count}"
        made = [stem] if outputs == 1 else [f"{stem}_{i}" for i in range(outputs)]
        if names:
            made = [name or default for name, default in zip(names, made)]
        self._nodes.append(helper.make_node(kind, inputs, made, name=f"{kind}_{self._count}", domain=domain, **attributes))
        return made[0] if outputs == 1 else made

    def constant(self, array, name=None):
        """Adds an initialiser; the same nameless one twice is one."""
        array = np.ascontiguousarray(array)
        if name is None:
            name = "c_" + hashlib.sha1(array.tobytes() + str((array.dtype, array.shape)).encode()).hexdigest()[:12]
        if name not in self._constants:
            self._constants[name] = self._weights.add(array, name) if array.nbytes >= WeightFile.SMALLEST else numpy_helper.from_array(array, name)
        return name

    def shape_of(self, name):
        """The shape of a constant."""
        return list(self._constants[name].dims)

    def integers(self, *values):
        return self.constant(np.array(values, np.int64))

    def scalar(self, value):
        return self.constant(np.array(value, self.dtype))

    def weight(self, array, name):
        """Adds a float weight in the graph's precision."""
        with np.errstate(over="ignore"):
            cast = array.astype(self.dtype)
        if not np.isfinite(cast).all():
            why = f"too large for {np.dtype(self.dtype).name}" if np.isfinite(array).all() else "not a number"
            raise ConversionFailure(f"{name}: holds a value that is {why}")
        return self.constant(cast, name)

    def model(self, name, metadata):
        """(ModelProto without its constants, the constants)"""
        graph = helper.make_graph(self._nodes, name, self._inputs, self._outputs)
        opsets = [helper.make_opsetid("", OPSET)]
        if any(node.domain == MICROSOFT for node in self._nodes):
            opsets.append(helper.make_opsetid(MICROSOFT, 1))
        model = helper.make_model(graph, opset_imports=opsets, producer_name="appliance")
        model.ir_version = IR_VERSION
        helper.set_model_props(model, metadata)
        return model, list(self._constants.values())
