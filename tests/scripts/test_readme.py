"""README.md: every command works as printed, every option named exists, the configuration shown is a valid one."""
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

from checkout import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAM = ROOT / ".artifacts/bin/Appliance.Service/release/appliance"
RUNS_THIS_TEST = "./scripts/test.sh"
RUNS_FOR_EVER = "./scripts/run.sh"


def blocks(language):
    """The fenced blocks of a language; README's convention: `sh` can be run in a checkout, `bash` also needs the service running under the
    name kitchen, `text` needs files of the reader."""
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
        commands = [line for block in blocks("sh") for line in block.splitlines() if line and line not in (RUNS_THIS_TEST, RUNS_FOR_EVER)]
        self.assertGreater(len(commands), 10)
        for command in commands:
            # what a command writes to /tmp goes to a folder of this test
            with self.subTest(command=command):
                result = run(command.replace("/tmp/", self.folder + "/"), XDG_CACHE_HOME=self.folder)
                self.assertEqual(0, result.returncode, result.stderr)
        self.assertIn("ask not what your country can do for you", (pathlib.Path(self.folder) / "jfk.txt").read_text())

    @contextlib.contextmanager
    def service(self, **environment):
        """`./scripts/run.sh` as a new user starts it, with a state of its own."""
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", 1883)) == 0:
                self.skipTest("port 1883 is taken by another broker: end it")
        log = open(f"{self.folder}/service.log", "w+", encoding="utf-8")
        process = subprocess.Popen(RUNS_FOR_EVER, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                   env={**os.environ, "APPLIANCE_STORAGE__DIRECTORY": f"{self.folder}/state", "XDG_CACHE_HOME": self.folder, **environment})
        try:
            self.wait_for(lambda: "connected to the broker" in (pathlib.Path(self.folder) / "service.log").read_text(), "the service")
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(timeout=60)
            log.close()

    def wait_for(self, condition, what):
        for _ in range(600):
            if condition():
                return
            time.sleep(0.1)
        self.fail(f"{what} did not come: {(pathlib.Path(self.folder) / 'service.log').read_text()}")

    def test_service_works_as_printed(self):
        if not shutil.which("mosquitto_pub"):
            self.skipTest("mosquitto-clients are not installed: apt-get install mosquitto-clients")
        commands = [line for block in blocks("bash") for line in block.splitlines() if line]
        self.assertGreater(len(commands), 10)
        with self.service(APPLIANCE_NODE__NAME="kitchen") as process:
            output = {}
            for command in commands:
                with self.subTest(command=command):
                    result = run(command.replace("/tmp/", self.folder + "/"))
                    self.assertEqual(0, result.returncode, result.stderr)
                    output[command] = result.stdout
            process.send_signal(signal.SIGTERM)
            self.assertEqual(0, process.wait(timeout=60))
        folder = pathlib.Path(self.folder)
        self.assertEqual(b"\xff\xd8\xff", (folder / "apple.jpg").read_bytes()[:3])
        self.assertIn("ask not what your country can do for you", json.loads((folder / "jfk.json").read_text())["data"]["text"])
        self.assertEqual(b"\x89PNG", (folder / "elephant.png").read_bytes()[:4])
        said = "".join(output.values())
        for part in ('"status":', '"type":"result"', "ask not what your country can do for you", "elephant.png", "edge/kitchen"):
            self.assertIn(part, said)

    def test_service_hears_the_bundled_clip_where_there_is_no_microphone(self):
        with self.service() as process:
            watch = subprocess.Popen([PROGRAM, "watch"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
            try:
                said = ""
                while "ask what you can do for your country" not in said.lower():
                    line = watch.stdout.readline()
                    self.assertTrue(line, said)
                    said += line
            finally:
                watch.kill()
                watch.wait()
                watch.stdout.close()
            self.assertIsNone(process.poll())

    def test_node_red_flow_uses_topics_of_the_contract(self):
        flow = json.loads((ROOT / "rootfs/usr/share/appliance/node-red/flow.json").read_text())
        ids = {node["id"] for node in flow}
        for node in flow:
            self.assertTrue(all(target in ids for wire in node.get("wires", []) for target in wire), node)
            if node["type"].startswith("mqtt ") and node["topic"]:
                self.assertIn(node["topic"], ("edge/kitchen/transcript", "edge/kitchen/reply/node-red"))
            if node["type"].startswith("mqtt "):
                self.assertIn(node["broker"], ids)

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
            PROGRAM, f"{PROGRAM} transcribe", f"{PROGRAM} listen", f"{PROGRAM} imagine", f"{PROGRAM} image verify", f"{PROGRAM} models add", f"{PROGRAM} call imagine", f"{PROGRAM} fleet submit", f"{PROGRAM} setup", ROOT / "scripts/convert-whisper", ROOT / "scripts/test.sh"))
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
