"""`torclint check --watch`, as a program of its own."""

import os
import signal
import subprocess
import sys
import time

from tests.cli.specs import CLEAN, NAIVE


def test_a_change_is_seen(tmp_path):
    spec = tmp_path / "spec.yaml"
    spec.write_text(NAIVE)
    command = [sys.executable, "-u", "-m", "torclint", "check", "--watch", "--format", "concise", "."]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout.readline().startswith("spec.yaml:8:26: TL501")
            assert "waiting for changes" in program.stdout.readline()
            spec.write_text(CLEAN)
            os.utime(spec, (time.time() + 5, time.time() + 5))
            assert "waiting for changes" in program.stdout.readline()
            program.send_signal(signal.SIGINT)
            assert program.wait(20) == 0
        finally:
            program.kill()
