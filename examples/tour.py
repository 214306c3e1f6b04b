#!/usr/bin/env python3
"""The tour: check a workflow with a million hidden dependencies, fix it, count again, and run it here.

usage: tour.py      (takes about ten seconds; works on a copy in a temporary folder)
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SPEC = Path(__file__).with_name("naive_stages.yaml")

STEPS = (
    ("What is wrong with it?", ["check", "naive_stages.yaml"], 1),
    ("How many dependencies are there, now and with barriers?", ["count", "naive_stages.yaml"], 0),
    ("What would the fix change?", ["fix", "--insert-barriers", "--diff", "--quiet", "naive_stages.yaml"], 1),
    ("Fix it.", ["fix", "--insert-barriers", "naive_stages.yaml"], 0),
    ("Is it clean now?", ["check", "naive_stages.yaml"], 0),
    ("Run all 2,002 jobs on this machine.", ["run", "--quiet", "naive_stages.yaml"], 0),
)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="torclint-tour.") as folder:
        shutil.copy(SPEC, folder)
        for title, words, expected in STEPS:
            print(f"\n# {title}\n$ torclint {shlex.join(words)}", flush=True)
            done = subprocess.run([sys.executable, "-m", "torclint", *words], cwd=folder, check=False)
            if done.returncode != expected:
                print(f"the tour expected exit code {expected} here and got {done.returncode}", file=sys.stderr)
                return 1
    print("\nMore: torclint --help, torclint rules, and the other specs in examples/, each with its lesson at the top.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
