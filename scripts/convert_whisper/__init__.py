"""Makes Whisper model folders in the dialect `split-cross-kv/1`, which the appliance runs.

Two graphs: encoder.onnx turns log-mel into each decoder layer's cross keys and values, once a window; decoder.onnx turns
tokens into logits and appends to a fixed-size self cache in place. int8 is for CPUs, float16 for GPUs.

Read in this order: command_line (the outline), sources (where weights come from), layout (which weights there are),
encoder and decoder (the graphs), layers, products and quantisation (how a weight becomes a node), graph and weight_file
(writing it down), folder.
Needs Python 3.9, numpy and onnx as Debian has them. No part of the installed product.
"""
