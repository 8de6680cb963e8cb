"""THIRD-PARTY-NOTICES.md against what is shipped."""
import contextlib
import importlib.machinery
import importlib.util
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

from checkout import ROOT

SCRIPT = ROOT / "scripts" / "make-notices"
sys.dont_write_bytecode = True
loader = importlib.machinery.SourceFileLoader("make_notices", str(SCRIPT))
make_notices = importlib.util.module_from_spec(importlib.util.spec_from_loader("make_notices", loader))
loader.exec_module(make_notices)

SYSTEM_LIBRARIES = {"libc", "libm", "libpthread", "libdl", "libgcc_s"}


class NoticesTest(unittest.TestCase):
    def test_committed_file_is_what_would_be_written(self):
        result = subprocess.run([SCRIPT, "--check"], text=True, capture_output=True)
        self.assertEqual(0, result.returncode, "run scripts/make-notices\n" + result.stdout + result.stderr)

    def test_packages_are_those_that_the_built_program_loads(self):
        built = ROOT / ".artifacts/bin/Appliance.Service/release/appliance.deps.json"
        if not built.exists():
            self.skipTest("the program is not built")
        libraries = json.loads(built.read_text())["libraries"]
        loaded = {name for name, entry in libraries.items() if entry["type"] == "package"}
        self.assertEqual(loaded, {f"{package.name}/{package.version}" for package in make_notices.packages()})

    def test_libraries_are_those_that_the_linker_wrote(self):
        library = next(iter(sorted((ROOT / "build").rglob("libappliance.so"))), None)
        if library is None:
            self.skipTest("the native library is not built")
        dynamic = subprocess.run(["readelf", "-d", library], text=True, capture_output=True, check=True).stdout
        needed = {name.partition(".so")[0] for name in re.findall(r"\(NEEDED\).*\[(.+)\]", dynamic) if not name.startswith("ld-linux")}
        self.assertEqual(needed - SYSTEM_LIBRARIES, {library for library, *_ in make_notices.LINKED})

    def test_every_model_and_clip_is_named(self):
        text = (ROOT / "THIRD-PARTY-NOTICES.md").read_text()
        share = ROOT / "rootfs/usr/share/appliance"
        for path in [*share.glob("models/*"), *(path for path in share.glob("clips/*") if path.name != "README.md")]:
            self.assertIn(path.name, text)
            self.assertTrue(path.is_file() or any(path.glob("LICENSE*")), path)

    def test_stale_file_is_told_with_the_difference(self):
        with tempfile.TemporaryDirectory() as folder:
            stale = pathlib.Path(folder) / "notices.md"
            stale.write_text("old\n")
            said = io.StringIO()
            with mock.patch.object(make_notices, "NOTICES", stale), mock.patch.object(sys, "argv", ["make-notices", "--check"]), contextlib.redirect_stdout(said):
                self.assertEqual(1, make_notices.main())
            self.assertEqual("old\n", stale.read_text())
        self.assertIn("-old", said.getvalue())

    def test_texts_are_collected(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([SCRIPT, "--check", "--texts", folder], check=True, capture_output=True)
            self.assertTrue((pathlib.Path(folder) / "Microsoft.ML.OnnxRuntime" / "ThirdPartyNotices.txt").stat().st_size > 100_000)


if __name__ == "__main__":
    unittest.main()
