"""scripts/convert-whisper: weights, quantisation, folder and failures. What the graphs compute is checked with ONNX Runtime
by tests/Appliance.Speech.Tests/Conversion, which runs the same script."""
import contextlib
import hashlib
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

from checkout import ROOT

try:
    import numpy as np
    import onnx
    from onnx import numpy_helper

    import models

    sys.path.insert(0, str(ROOT / "scripts"))
    from convert_whisper import alignment, command_line, folder, quantisation
    from convert_whisper.configuration import Configuration
except ImportError as error:
    raise unittest.SkipTest(f"{error} (python3-numpy and python3-onnx are not installed)") from None

BASE = ROOT / "rootfs/usr/share/appliance/models/whisper-base"


def initialisers(pack, graph):
    model = onnx.load(str(pack / f"{graph}.onnx"))
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}


def metadata(pack, graph):
    return {entry.key: entry.value for entry in onnx.load(str(pack / f"{graph}.onnx"), load_external_data=False).metadata_props}


class ConversionTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="convert ")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name).resolve()
        self.source, self.target = self.folder / "source", self.folder / "target"

    def run_script(self, *arguments):
        """(exit status, what was said)"""
        said = io.StringIO()
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            try:
                status = command_line.main([str(argument) for argument in arguments])
            except SystemExit as stop:
                status = stop.code
        return status, said.getvalue()

    def convert(self, *options, source=None, target=None):
        status, said = self.run_script(source or self.source, target or self.target, "--licence", "MIT", *options)
        self.assertEqual(0, status, said)
        return said

    def fails(self, status, *words, options=(), source=None):
        """The conversion ends with `status`, says all the words, and leaves nothing behind."""
        before = sorted(self.folder.iterdir())
        ended, said = self.run_script(source or self.source, self.target, *options)
        self.assertEqual(status, ended, said)
        for word in words:
            self.assertIn(word, said)
        self.assertEqual(before, sorted(self.folder.iterdir()))


class WeightsTest(ConversionTest):
    def test_each_stored_type_and_shards_give_the_stored_values(self):
        exact = {"F32": lambda a: a, "F16": lambda a: a.astype(np.float16).astype(np.float32),
                 "BF16": lambda a: (a.view(np.uint32) & 0xFFFF0000).view(np.float32)}
        for dtype, shards in (("F32", 1), ("F16", 1), ("BF16", 1), ("F32", 3)):
            with self.subTest(dtype=dtype, shards=shards):
                source, target = self.folder / f"{dtype}-{shards}", self.folder / f"pack-{dtype.lower()}-{shards}"
                weights = models.write_model(source, dtype=dtype, shards=shards)
                self.convert("--precision", "float32", source=source, target=target)
                stored = initialisers(target, "encoder")
                name = "encoder.layers.1.fc1.weight"
                np.testing.assert_array_equal(exact[dtype](weights["model." + name]).T, stored[name])
                np.testing.assert_array_equal(exact[dtype](weights["model.encoder.conv1.weight"]), stored["encoder.conv1.weight"])

    def test_names_without_the_prefix_are_found(self):
        models.write_model(self.source, weights={name[6:]: value for name, value in models.tensors().items()})
        self.convert()

    def test_self_attention_is_merged_with_a_zero_key_bias_and_the_cross_query_is_scaled(self):
        weights = models.write_model(self.source)
        self.convert("--precision", "float32")
        stored, p = initialisers(self.target, "decoder"), "model.decoder.layers.0."
        np.testing.assert_array_equal(np.concatenate([weights[f"{p}self_attn.{n}_proj.weight"] for n in "qkv"]).T,
                                      stored["decoder.layers.0.self_attn.qkv.weight"])
        bias = stored["decoder.layers.0.self_attn.qkv.bias"].reshape(3, -1)
        np.testing.assert_array_equal(weights[p + "self_attn.q_proj.bias"], bias[0])
        np.testing.assert_array_equal(np.zeros(128), bias[1])
        np.testing.assert_array_equal(weights[p + "self_attn.v_proj.bias"], bias[2])
        np.testing.assert_array_equal(weights[p + "encoder_attn.q_proj.weight"].T / 8, stored["decoder.layers.0.encoder_attn.q_proj.weight"])
        np.testing.assert_array_equal(weights[p + "encoder_attn.q_proj.bias"] / 8, stored["decoder.layers.0.encoder_attn.q_proj.bias"])

    def test_data_files_hold_the_same_weights_and_can_be_read_back(self):
        models.write_model(self.source)
        apart, again = self.folder / "apart", self.folder / "again"
        for precision in ("float32", "int8"):
            self.convert("--precision", precision, "--force")
            self.convert("--precision", precision, "--force", "--external-data", target=apart)
            self.convert("--precision", precision, "--force", source=apart, target=again)
            for graph in ("encoder", "decoder"):
                self.assertTrue((apart / f"{graph}.onnx.data").is_file())
                self.assertLess((apart / f"{graph}.onnx").stat().st_size, (self.target / f"{graph}.onnx").stat().st_size)
                expected = initialisers(self.target, graph)
                for found in (initialisers(apart, graph), initialisers(again, graph)):
                    self.assertEqual(expected.keys(), found.keys())
                    for name, value in expected.items():
                        np.testing.assert_array_equal(value, found[name])
        listed = [file["path"] for file in json.loads((apart / "manifest.json").read_text())["files"]]
        self.assertIn("encoder.onnx.data", listed)

    def test_graphs_above_the_limit_of_protobuf_get_data_files(self):
        models.write_model(self.source)
        with mock.patch("convert_whisper.weight_file.INLINE_LIMIT", 1_000_000):
            self.convert("--precision", "float32")
        self.assertTrue((self.target / "decoder.onnx.data").exists())

    def test_float_pack_gives_back_the_weights_it_was_made_from(self):
        models.write_model(self.source)
        for precision in ("float32", "float16"):
            first, second = self.folder / f"a-{precision}", self.folder / f"b-{precision}"
            self.convert("--precision", precision, target=first)
            self.convert("--precision", precision, "--attention", "standard", source=first, target=second)
            for graph in ("encoder", "decoder"):
                expected, found = initialisers(first, graph), initialisers(second, graph)
                for name in expected:
                    if not name.startswith("c_"):
                        np.testing.assert_array_equal(expected[name], found[name], name)


class QuantisationTest(ConversionTest):
    def assert_pair_rule(self, pack):
        """Two neighbours of one sign, as an encoder product meets them, sum to 128 at most: 255 * 128 stays below 2 ** 15."""
        products = {name: value for name, value in initialisers(pack, "encoder").items() if name.endswith(".q8")}
        for name, value in products.items():
            pairs = value.T.astype(int).reshape(value.shape[1], -1, 2)
            self.assertLessEqual(np.maximum(pairs, 0).sum(-1).max(), quantisation.PAIR_LIMIT, name)
            self.assertGreaterEqual(np.minimum(pairs, 0).sum(-1).min(), -quantisation.PAIR_LIMIT, name)
        return len(products)

    def test_every_encoder_column_obeys_the_pair_rule(self):
        random = np.random.default_rng(3)
        weights = models.tensors()
        for name, value in weights.items():     # the worst case: neighbours alike and near the column's largest magnitude
            if name.startswith("model.encoder.layers") and value.ndim == 2:
                value[:, 1::2] = value[:, 0::2] * random.uniform(0.9, 1, value[:, 0::2].shape)
        models.write_model(self.source, weights=weights)
        self.convert()
        self.assertEqual(2 * 6 + 2 * 2, self.assert_pair_rule(self.target))

    def test_whisper_base_round_trip_keeps_every_integer_and_the_pair_rule(self):
        self.convert(source=BASE)
        for graph in ("encoder", "decoder"):
            expected, found = initialisers(BASE, graph), initialisers(self.target, graph)
            self.assertEqual(expected.keys(), found.keys())
            for name, value in expected.items():
                np.testing.assert_array_equal(value, found[name], name)
        self.assertEqual(6 * 6 + 6 * 2, self.assert_pair_rule(self.target))

    def test_int8_through_float32_keeps_the_decoder_integers(self):
        models.write_model(self.source)
        first, middle, last = (self.folder / name for name in ("first", "middle", "last"))
        self.convert(target=first)
        self.convert("--precision", "float32", "--attention", "standard", source=first, target=middle)
        self.convert(source=middle, target=last)
        expected, found = initialisers(first, "decoder"), initialisers(last, "decoder")
        for name in (name for name in expected if name.endswith(".q8")):
            np.testing.assert_array_equal(expected[name], found[name], name)

    def test_quantised_weights_are_within_half_a_step(self):
        weight = np.random.default_rng(5).normal(0, 1, (40, 64)).astype(np.float32)
        weight[3] = 0
        for integers, scale, back in ((*quantisation.to_columns(weight), quantisation.from_columns), (*quantisation.to_blocks(weight, 32), quantisation.from_blocks)):
            step = np.repeat(scale, 64 // scale[0].size).reshape(40, -1) if scale.ndim == 2 else scale[:, None]
            self.assertLessEqual(np.abs((back(integers, scale) - weight) / step).max(), 0.5001)


class FolderTest(ConversionTest):
    def test_manifest_lists_every_file_with_its_checksum(self):
        models.write_model(self.source)
        (self.source / "LICENSE").write_text("MIT License\n")
        (self.source / "README.md").write_text("# card\n")
        status, said = self.run_script(self.source, self.target, "--name", "mine", "--origin", "here")
        self.assertEqual(0, status, said)
        manifest = json.loads((self.target / "manifest.json").read_text())
        self.assertEqual({"name": "mine", "kind": "whisper", "licence": "MIT", "origin": "here; convert-whisper int8 fused",
                          "notes": "dialect split-cross-kv/1", "languages": ["en", "de"]}, {key: value for key, value in manifest.items() if key != "files"})
        self.assertEqual({path.name for path in self.target.iterdir()} - {"manifest.json"}, {file["path"] for file in manifest["files"]})
        for file in manifest["files"]:
            data = (self.target / file["path"]).read_bytes()
            self.assertEqual((len(data), hashlib.sha256(data).hexdigest()), (file["bytes"], file["sha256"]))

    def test_licence_and_origin_come_from_manifest_card_or_licence_text(self):
        models.write_model(self.source)
        describe = lambda: folder.describe(self.source, "n", None, None, "x", {}, Configuration(*[1] * 11))
        self.assertEqual("unknown", describe()["licence"])
        (self.source / "LICENSE.txt").write_text("\n        Apache License\n   Version 2.0\n")
        self.assertEqual("Apache-2.0", describe()["licence"])
        (self.source / "README.md").write_text("---\nlanguage: en\nlicense: mit\n---\nlicense: gpl\n")
        self.assertEqual("MIT", describe()["licence"])
        (self.source / "manifest.json").write_text('{"licence": "CC0-1.0", "origin": "elsewhere"}')
        self.assertEqual(("CC0-1.0", "elsewhere; convert-whisper x"), (describe()["licence"], describe()["origin"]))

    def test_unknown_licence_is_said(self):
        models.write_model(self.source)
        self.assertIn("--licence", self.run_script(self.source, self.target)[1])

    def test_metadata_tell_dialect_precision_attention_and_heads(self):
        models.write_model(self.source)
        self.convert("--precision", "float16", "--attention", "standard")
        for graph in ("encoder", "decoder"):
            self.assertEqual({"dialect": "split-cross-kv/1", "precision": "float16", "attention": "standard", "alignment_heads": "[[0, 1], [1, 1]]"},
                             metadata(self.target, graph))

    def test_existing_target_is_kept_unless_forced(self):
        models.write_model(self.source)
        self.convert()
        (self.target / "mark").write_text("")
        self.fails(73, "already there", "--force")
        self.assertTrue((self.target / "mark").exists())
        self.convert("--force")
        self.assertFalse((self.target / "mark").exists())
        self.assertEqual({"source", "target"}, set(os.listdir(self.folder)))

    def test_forced_target_that_is_no_model_is_kept(self):
        models.write_model(self.source)
        self.target.mkdir()
        (self.target / "letter.txt").write_text("dear")
        self.fails(73, "not a model folder", options=["--force"])
        self.assertEqual("dear", (self.target / "letter.txt").read_text())

    def test_full_disk_leaves_nothing(self):
        models.write_model(self.source)
        with mock.patch("convert_whisper.folder.shutil.copyfile", side_effect=OSError(28, "No space left on device")):
            self.fails(73, "No space left on device")

    def test_interruption_leaves_nothing(self):
        models.write_model(self.source)
        with mock.patch("convert_whisper.folder.shutil.copyfile", side_effect=KeyboardInterrupt):
            self.fails(130, "interrupted")


class AlignmentTest(unittest.TestCase):
    def heads(self, layers, heads, vocabulary, given=None):
        configuration = Configuration(*[1] * 8, decoder_layers=layers, decoder_heads=heads, decoder_hidden=1)
        configuration = Configuration(**{**vars(configuration), "vocabulary": vocabulary})
        return alignment.alignment_heads({} if given is None else {"alignment_heads": given}, configuration)

    def test_given_heads_are_taken_in_ascending_order(self):
        self.assertEqual(([(2, 3), (3, 1)], None), self.heads(4, 6, 51865, [[3, 1], [2, 3]]))

    def test_missing_heads_are_the_published_ones_for_the_size(self):
        for sizes, first, count in (((6, 8, 51865), (3, 1), 8), ((4, 6, 51864), (1, 0), 8), ((32, 20, 51866), (7, 0), 10), ((4, 20, 51866), (2, 4), 6)):
            heads, remark = self.heads(*sizes)
            self.assertEqual((first, count), (heads[0], len(heads)))
            self.assertIn("published", remark)

    def test_unknown_size_takes_the_upper_half(self):
        heads, remark = self.heads(3, 2, 300)
        self.assertEqual([(1, 0), (1, 1), (2, 0), (2, 1)], heads)
        self.assertIn("upper half", remark)

    def test_heads_outside_the_decoder_are_not_taken(self):
        heads, remark = self.heads(4, 12, 51864, [[6, 6], [11, 4]])      # a teacher's heads, as distil-small.en once shipped
        self.assertTrue(all(layer < 4 and head < 12 for layer, head in heads))
        self.assertIn("[6, 6]", remark)

    def test_every_published_head_is_inside_its_decoder(self):
        for (layers, heads, _), pairs in alignment.KNOWN.items():
            self.assertTrue(all(layer < layers and head < heads for layer, head in pairs))


class FailureTest(ConversionTest):
    def test_missing_files_are_named(self):
        self.fails(66, str(self.source), "not there")
        models.write_model(self.source)
        for name, status in (("tokenizer.json", 65), ("generation_config.json", 65), ("config.json", 66), ("model.safetensors", 66)):
            kept = (self.source / name).rename(self.folder / "kept")
            self.fails(status, name)
            kept.rename(self.source / name)

    def test_other_weight_formats_are_named(self):
        models.write_model(self.source)
        (self.source / "model.safetensors").rename(self.source / "pytorch_model.bin")
        self.fails(66, "pytorch_model.bin", "safetensors")

    def test_missing_shard_is_named(self):
        models.write_model(self.source, shards=2)
        (self.source / "model-00002-of-00002.safetensors").unlink()
        self.fails(66, "model-00002-of-00002.safetensors")

    def test_damaged_safetensors(self):
        models.write_model(self.source)
        path = self.source / "model.safetensors"
        whole = path.read_bytes()
        for damaged, word in ((b"", "not a safetensors file"), (b"abc", "not a safetensors file"), (whole[:100], "truncated"), (whole[:-100], "truncated"),
                              (b"\xff" * 2000, "not a safetensors file"), (len(b"{]").to_bytes(8, "little") + b"{]", "not a safetensors file")):
            path.write_bytes(damaged)
            self.fails(65, str(path), word)

    def test_unsupported_stored_type(self):
        models.write_model(self.source, dtype="F64")
        self.fails(65, "F64", "F32, F16, BF16")

    def test_missing_and_misshapen_weights_are_listed(self):
        weights = models.tensors()
        del weights["model.encoder.layers.0.fc1.bias"], weights["model.decoder.layers.1.self_attn.v_proj.weight"]
        weights["model.decoder.layer_norm.weight"] = np.zeros(7, np.float32)
        models.write_model(self.source, weights=weights)
        self.fails(65, "encoder.layers.0.fc1.bias is missing", "decoder.layers.1.self_attn.qkv.weight is missing", "decoder.layer_norm.weight is [7]")

    def test_values_that_are_no_numbers_or_too_large(self):
        weights = models.tensors()
        weights["model.encoder.conv2.bias"][5] = np.nan
        models.write_model(self.source, weights=weights)
        self.fails(65, "encoder.conv2.bias", "not a number")
        weights["model.encoder.conv2.bias"][5] = 1e6
        models.write_safetensors(self.source / "model.safetensors", weights)
        self.fails(65, "encoder.conv2.bias", "float16", options=["--precision", "float16"])

    def test_unsupported_configurations(self):
        for change, word in (({"encoder_attention_heads": 4}, "32 numbers a head"), ({"model_type": "bert"}, "bert"), ({"d_model": None}, "d_model"),
                             ({"activation_function": "relu"}, "relu"), ({"scale_embedding": True}, "scale_embedding")):
            source = self.folder / word.replace(" ", "")
            models.write_model(source, weights={})
            (source / "config.json").write_text(json.dumps({**models.CONFIGURATION, **change}))
            self.fails(65, word, source=source)

    def test_feed_forward_that_int8_cannot_hold(self):
        models.write_model(self.source, configuration={"decoder_ffn_dim": 48})
        self.fails(65, "48", "--precision")
        self.convert("--precision", "float32")

    def test_foreign_and_damaged_packs(self):
        models.write_model(self.source)
        self.convert()
        pack = self.target
        self.target = self.folder / "other"
        model = onnx.load(str(pack / "encoder.onnx"))
        onnx.helper.set_model_props(model, {"dialect": "other/9"})
        (pack / "encoder.onnx").write_bytes(model.SerializeToString())
        self.fails(65, "other/9", source=pack)
        (pack / "encoder.onnx").write_bytes(b"nonsense")
        self.fails(65, "encoder.onnx", source=pack)

    def test_wrong_calls(self):
        for arguments in ((), ("a",), ("a", "b", "--precision", "int4"), ("a", "b", "--name", "x/y"), ("a", "B"), ("a", "b", "--name", ".x")):
            self.assertEqual(2, self.run_script(*arguments)[0])


class ScriptTest(unittest.TestCase):
    def test_help_is_complete(self):
        result = subprocess.run([ROOT / "scripts" / "convert-whisper", "--help"], text=True, capture_output=True)
        self.assertEqual(0, result.returncode)
        for word in ("SOURCE", "TARGET", "--precision", "--attention", "--name", "--licence", "--origin", "--external-data", "--force", "exit status", "examples"):
            self.assertIn(word, result.stdout)

    def test_failure_has_its_exit_status_and_no_traceback(self):
        result = subprocess.run([ROOT / "scripts" / "convert-whisper", "/nowhere", "/tmp/never"], text=True, capture_output=True)
        self.assertEqual(66, result.returncode)
        self.assertNotIn("Traceback", result.stderr)


if __name__ == "__main__":
    unittest.main()
