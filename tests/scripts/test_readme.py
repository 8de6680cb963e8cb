"""README.md: every command works as printed, every option named exists, the configuration shown is a valid one."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from checkout import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAM = ROOT / ".artifacts/bin/Appliance.Service/release/appliance"
RUNS_THIS_TEST = "./scripts/test.sh"


def blocks(language):
    """The fenced blocks of a language; README's convention: `sh` can be run in a checkout, `text` needs files of the reader."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def run(command, **environment):
    return subprocess.run(command, shell=True, executable="/bin/bash", cwd=ROOT, text=True, capture_output=True, timeout=600,
                          stdin=subprocess.DEVNULL, env={**os.environ, **environment})


class ReadmeTest(unittest.TestCase):
    def setUp(self):
        if not PROGRAM.exists():
            self.skipTest("the program is not built")
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = temporary.name

    def test_every_command_works_as_printed(self):
        commands = [line for block in blocks("sh") for line in block.splitlines() if line and line != RUNS_THIS_TEST]
        self.assertGreater(len(commands), 10)
        for command in commands:
            # what a command writes to /tmp goes to a folder of this test
            with self.subTest(command=command):
                result = run(command.replace("/tmp/", self.folder + "/"), XDG_CACHE_HOME=self.folder)
                self.assertEqual(0, result.returncode, result.stderr)
        self.assertIn("ask not what your country can do for you", (pathlib.Path(self.folder) / "jfk.txt").read_text())

    def test_adding_a_converted_model_works(self):
        roots = f"{self.folder}/roots,{ROOT}/rootfs/usr/share/appliance/models"
        os.mkdir(f"{self.folder}/roots")
        clip = "rootfs/usr/share/appliance/clips/jfk.flac"
        for command in (f"./scripts/convert-whisper rootfs/usr/share/appliance/models/whisper-base {self.folder}/whisper-again",
                        f"./scripts/run.sh models add {self.folder}/whisper-again", f"./scripts/run.sh transcribe --model whisper-again {clip}"):
            result = run(command, APPLIANCE_MODELS__ROOTS=roots, XDG_CACHE_HOME=self.folder)
            self.assertEqual(0, result.returncode, result.stderr)
        self.assertIn("ask not what your country can do for you", result.stdout)

    def test_every_option_named_exists(self):
        known = "".join(run(f"{command} --help").stdout for command in (
            PROGRAM, f"{PROGRAM} transcribe", f"{PROGRAM} listen", f"{PROGRAM} imagine", f"{PROGRAM} image verify", f"{PROGRAM} models add", ROOT / "scripts/convert-whisper", ROOT / "scripts/test.sh"))
        for option in sorted(set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))):
            self.assertRegex(known, rf"{option}\b")

    def test_configuration_shown_is_valid(self):
        (block,) = blocks("json")
        path = pathlib.Path(self.folder) / "appliance.json"
        path.write_text(block, encoding="utf-8")
        result = run(f"./scripts/run.sh --config {path} models list", XDG_CACHE_HOME=self.folder)
        self.assertEqual(0, result.returncode, result.stderr)

    def test_every_file_named_exists(self):
        for name in set(re.findall(r"`((?:scripts|src|native|rootfs)/[\w./-]*)`", README)):
            self.assertTrue((ROOT / name).exists(), name)


if __name__ == "__main__":
    unittest.main()
