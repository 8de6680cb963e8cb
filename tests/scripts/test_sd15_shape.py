"""scripts/make-sd15-shape: a narrow model of the same layers is added and draws."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from checkout import ROOT

PROGRAM = ROOT / ".artifacts/bin/Appliance.Service/release/appliance"


def has_onnx():
    return subprocess.run(["/usr/bin/python3", "-c", "import numpy, onnx"], capture_output=True).returncode == 0


@unittest.skipUnless(PROGRAM.exists(), "the program is not built")
@unittest.skipUnless(has_onnx(), "python3-numpy and python3-onnx are not installed")
class ShapeTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.environment = {**os.environ, "APPLIANCE_MODELS__ROOTS": str(self.folder / "root")}

    def run_program(self, *arguments):
        return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, env=self.environment, cwd=self.folder)

    def test_narrow_model_is_added_draws_and_starts_from_a_picture(self):
        made = subprocess.run([ROOT / "scripts/make-sd15-shape", self.folder / "made", "--scale", "8"], capture_output=True, text=True)
        self.assertEqual(0, made.returncode, made.stderr)
        added = self.run_program("models", "add", "made", "--name", "narrow")
        self.assertEqual(0, added.returncode, added.stderr)
        drawn = self.run_program("imagine", "a cat", "--model", "narrow", "--steps", "2", "--width", "128", "--height", "64", "--seed", "1", "--json")
        self.assertEqual(0, drawn.returncode, drawn.stderr)
        self.assertEqual(("pndm", 128, 64), tuple(json.loads(drawn.stdout)[key] for key in ("scheduler", "width", "height")))
        again = self.run_program("imagine", "a dog", "--model", "narrow", "--steps", "4", "--scheduler", "euler", "--init", "appliance-1.png", "--strength", "0.5", "--output", "b.png")
        self.assertEqual(0, again.returncode, again.stderr)
        refused = self.run_program("imagine", "a cat", "--model", "narrow", "--width", "100")
        self.assertEqual(2, refused.returncode)
        self.assertIn("multiple of 64", refused.stderr)

    def test_folder_that_holds_a_model_is_not_written_over(self):
        (self.folder / "model_index.json").write_text("{}")
        made = subprocess.run([ROOT / "scripts/make-sd15-shape", self.folder, "--scale", "8"], capture_output=True, text=True)
        self.assertEqual(2, made.returncode)
        self.assertIn("another folder", made.stderr)


if __name__ == "__main__":
    unittest.main()
