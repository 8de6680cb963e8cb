"""A make-believe checkout for tests of the shell scripts: the real scripts, build tools that only write down their call."""
import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]

# stands for the program: shows that it took the caller's place, folder and arguments
PROGRAM = """#!/bin/sh
echo "pid=$$ folder=$(pwd)"
for argument; do echo "argument=$argument"; done
[ -z "${APPLIANCE_CAPTURE__SOURCE:-}" ] || echo "source=$APPLIANCE_CAPTURE__SOURCE"
"""

CMAKE = """#!/bin/sh
echo "cmake $*" >>"$CALLS"
echo "cmake says something"
[ -z "${BREAK_NATIVE:-}" ] || exit 1
mkdir -p "$CHECKOUT/build/native"
: >"$CHECKOUT/build/native/libappliance.so"
"""

DOTNET = """#!/bin/sh
echo "dotnet $*" >>"$CALLS"
[ "$1" = --version ] && { echo 10.0.999; exit 0; }
echo "dotnet says something"
[ -z "${BREAK_MANAGED:-}" ] || exit 1
mkdir -p "$CHECKOUT/.artifacts/bin/Appliance.Service/release"
cp "$CHECKOUT/program" "$CHECKOUT/.artifacts/bin/Appliance.Service/release/appliance"
"""


class Checkout:
    """The files of one such checkout below `folder`, whose name may hold blanks."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.calls = self.folder / "calls"
        self.tools = self.folder / "tools"
        for name in ("src", "native", "tools"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "src" / "a.cs").write_text("class A;")
        (self.folder / "CMakeLists.txt").write_text("")
        (self.folder / "global.json").write_text("{}")
        shutil.copytree(ROOT / "scripts" / "lib", self.folder / "scripts" / "lib")
        shutil.copy(ROOT / "scripts" / "run.sh", self.folder / "scripts" / "run.sh")
        self.executable(self.folder / "program", PROGRAM)
        self.executable(self.tools / "cmake", CMAKE)
        self.executable(self.tools / "dotnet", DOTNET)

    @staticmethod
    def executable(path, text):
        path.write_text(text)
        path.chmod(0o755)

    def environment(self, **more):
        return {**os.environ, "PATH": f"{self.tools}:{os.environ['PATH']}", "CALLS": str(self.calls),
                "CHECKOUT": str(self.folder), "CI": "", **more}

    def run(self, *arguments, folder=None, **environment):
        """Runs scripts/run.sh; the result also has `pid`."""
        self.calls.write_text("")
        with subprocess.Popen([self.folder / "scripts" / "run.sh", *arguments], cwd=folder or self.folder, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment(**environment)) as process:
            out, err = process.communicate(timeout=60)
        result = subprocess.CompletedProcess(arguments, process.returncode, out, err)
        result.pid = process.pid
        return result

    def built(self):
        """The build tools called by the last run."""
        return [line for line in self.calls.read_text().splitlines() if line != "dotnet --version"]
