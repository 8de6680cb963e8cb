"""scripts/lib/tally.sh: what a test runner prints and how it ends, against what is counted."""
import pathlib
import subprocess
import tempfile
import unittest

from checkout import ROOT

XUNIT = "   A.Tests  Total: {}, Errors: {}, Failed: {}, Skipped: {}, Not Run: 0, Time: 0.1s"


class TallyTest(unittest.TestCase):
    def tally(self, *runners):
        """Runs the shell commands as test runners; (exit status, last line, everything printed)."""
        with tempfile.TemporaryDirectory() as folder:
            script = [f"root={folder}", "set -uo pipefail", f". '{ROOT}/scripts/lib/tally.sh'", "test_limit_seconds=2"]
            for number, runner in enumerate(runners):
                path = pathlib.Path(folder) / f"runner{number}"
                path.write_text(f"#!/bin/bash\n{runner}\n")
                path.chmod(0o755)
                script.append(f"tally runner{number} {path}")
            result = subprocess.run(["bash", "-c", "\n".join([*script, "closing"])], text=True, capture_output=True)
        return result.returncode, result.stdout.splitlines()[-1], result.stdout

    def test_sums_of_several_runners(self):
        status, last, _ = self.tally(f"echo '{XUNIT.format(10, 0, 0, 2)}'", "echo '5 passed, 0 failed, 1 skipped'", "echo 'ctest: 3 passed, 0 failed'")
        self.assertEqual((0, "16 passed, 0 failed, 3 skipped"), (status, last))

    def test_failures_and_errors_count_as_failed(self):
        status, last, _ = self.tally(f"echo '{XUNIT.format(10, 1, 2, 0)}'; exit 1", "echo '1 passed, 4 failed, 0 skipped'; exit 1")
        self.assertEqual((1, "9 passed, 7 failed, 0 skipped"), (status, last))

    def test_crash_without_summary_is_a_failure(self):
        status, last, text = self.tally("echo '3 passed, 0 failed, 0 skipped'", "kill -SEGV $$")
        self.assertEqual((1, "3 passed, 1 failed, 0 skipped"), (status, last))
        self.assertIn("ended by signal 11", text)

    def test_crash_after_the_summary_is_a_failure(self):
        status, last, _ = self.tally("echo '3 passed, 0 failed, 0 skipped'; exit 134")
        self.assertEqual((1, "3 passed, 1 failed, 0 skipped"), (status, last))

    def test_runner_without_tests_is_a_failure(self):
        for summary in ("   A.Tests  Total: 0", "0 passed, 0 failed, 0 skipped"):
            status, last, _ = self.tally(f"echo '{summary}'")
            self.assertEqual((1, "0 passed, 1 failed, 0 skipped"), (status, last))

    def test_hanging_runner_is_stopped(self):
        status, last, text = self.tally("exec sleep 60")
        self.assertEqual((1, "0 passed, 1 failed, 0 skipped"), (status, last))
        self.assertIn("stopped after 2 s", text)

    def test_reasons_of_skips_are_printed_once_with_their_number(self):
        _, _, text = self.tally(f"printf '%s\\n' '    A.B_C_D [SKIP]' '      no camera' '    A.E_F_G [SKIP]' '      no camera' '{XUNIT.format(3, 0, 0, 2)}'",
                                "printf '%s\\n' 'SKIP t.x: no onnx' '1 passed, 0 failed, 1 skipped'")
        self.assertRegex(text, r"2 runner0: no camera")
        self.assertRegex(text, r"1 runner1: no onnx")

    def test_nothing_at_all_is_a_failure(self):
        status, last, _ = self.tally()
        self.assertEqual((1, "0 passed, 1 failed, 0 skipped"), (status, last))


class PartsTest(unittest.TestCase):
    def test_unknown_part_lists_the_known(self):
        result = subprocess.run([ROOT / "scripts" / "test.sh", "speach"], text=True, capture_output=True)
        self.assertEqual(2, result.returncode)
        for part in ("native", "inference", "speech", "service", "scripts"):
            self.assertIn(part, result.stderr)

    def test_help_names_the_parts_and_full(self):
        result = subprocess.run([ROOT / "scripts" / "test.sh", "--help"], text=True, capture_output=True)
        self.assertEqual(0, result.returncode)
        self.assertIn("--full", result.stdout)


if __name__ == "__main__":
    unittest.main()
