#!/usr/bin/env python3
"""What `torclint fix --insert-barriers` costs, as ratios: to the start of Python, and to a mere reading of the file.

usage: fix_scaling.py [--rounds N]

In each round both sides take a turn; shown are the least times of CPU, start-up included, and their ratio. `a pattern` is
N jobs that wait for N by one pattern, as one line each; `written out` has every job on lines of its own, as a script
would write it. Its contender is PyYAML's C parser (libyaml), which goes through the events of the file and does nothing.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

FIX = [sys.executable, "-m", "torclint", "fix", "--insert-barriers", "--quiet"]
EVENTS = """
import sys, time, yaml
text = open(sys.argv[1], encoding="utf-8").read()
start = time.process_time()
for event in yaml.parse(text, yaml.CLoader):
    pass
print(time.process_time() - start)
"""
PATTERN = """\
name: w
jobs:
  - {{name: "prep_{{i}}", command: "true", parameters: {{i: "1:{count}"}}}}
  - {{name: "work_{{i}}", command: "true", depends_on_regexes: ["^prep_"], parameters: {{i: "1:{count}"}}}}
"""
JOB = """\
  # {number} of {stage}
  - name: "{stage}_{number:05d}"
    command: "python {stage}.py --input data/input_{number:05d}.csv --output out/{stage}_{number:05d}.parquet"
    resource_requirements: small{waits}
    env:
      OMP_NUM_THREADS: "4"
      SCENARIO: "base_{number}"  # of many
"""
WAITS = """
    depends_on_regexes: ["^prep_.*"]"""
CLASSES = """\
name: w
resource_requirements:
  - {name: small, num_cpus: 4, memory: 8g, runtime: PT1H}
jobs:
"""
BYTECODE = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    print("| spec | size | fix | against | ratio |\n|---|--:|--:|---|--:|")
    with tempfile.TemporaryDirectory(prefix="fix_scaling.") as folder:
        spec = Path(folder) / "spec.yaml"
        for power in (3, 6):
            row(f"a pattern, 10^{power} x 10^{power}", PATTERN.format(count=10**power), spec, rounds, is_long=False)
        for count in (1_000, 10_000):
            row(f"written out, {count:,} jobs", written_out(count), spec, rounds, is_long=True)


def written_out(count: int) -> str:
    numbers = range(count // 2)
    stages = (("prep", ""), ("work", WAITS))
    return CLASSES + "".join(
        JOB.format(stage=stage, number=number, waits=waits) for stage, waits in stages for number in numbers
    )


def row(title: str, text: str, spec: Path, rounds: int, is_long: bool) -> None:
    fixes, others = [], []
    for _ in range(rounds):
        spec.write_text(text, encoding="utf-8")
        others.append(events_of(spec) if is_long else cpu([sys.executable, "-c", "pass"]))
        fixes.append(cpu([*FIX, str(spec)]))
        assert "barrier_prep_complete" in spec.read_text(encoding="utf-8")
    fix, other = min(fixes), min(others)
    against = "events of libyaml" if is_long else "`python -c pass`"
    print(
        f"| {title} | {len(text) / 1e6:.1f} MB | {fix * 1e3:,.0f} ms | {against}: {other * 1e3:,.0f} ms | {fix / other:.1f} |"
    )


def cpu(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=BYTECODE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def events_of(spec: Path) -> float:
    command = [sys.executable, "-c", EVENTS, str(spec)]
    return float(subprocess.run(command, env=BYTECODE, capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    main()
