#!/usr/bin/env python3
"""How long `torclint run` takes for jobs that do nothing, against ninja given the same commands.

usage: run_noop.py [--jobs N] [--cpus N] [--rounds N]

Both run `bash -c true` with stdout and stderr in two files a job, in fresh folders, including their own start-up; ninja
goes through its own `sh -c` as it always does. One graph of independent jobs, and one of two halves with a barrier
between them. The contenders take turns, in an order that changes every round. Printed are the medians and the median
of the ratios of each round. Needs ninja on the PATH.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple


class Shape(NamedTuple):
    name: str
    first: int
    second: int  # jobs behind a barrier; 0 for none


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=2000)
    parser.add_argument("--cpus", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    if shutil.which("ninja") is None:
        sys.exit("run_noop.py: ninja is not on the PATH")
    half = args.jobs // 2
    with tempfile.TemporaryDirectory(prefix="run_noop.") as scratch:
        for shape in (Shape("independent", args.jobs, 0), Shape("barrier", half, half)):
            compare(shape, Path(scratch), args.cpus, args.rounds)


def compare(shape: Shape, scratch: Path, cpus: int, rounds: int) -> None:
    times: dict[str, list[float]] = {"ninja": [], "torclint": []}
    for turn in range(rounds):
        for name in sorted(times, reverse=turn % 2 == 1):
            folder = scratch / f"{shape.name}-{turn}-{name}"
            folder.mkdir()
            command = prepare_ninja(shape, folder, cpus) if name == "ninja" else prepare_torclint(shape, folder, cpus)
            times[name].append(timed(command, folder))
    ratio = statistics.median(mine / theirs for mine, theirs in zip(times["torclint"], times["ninja"], strict=True))
    medians = ", ".join(f"{name} {statistics.median(values):.2f} s" for name, values in times.items())
    jobs = shape.first + shape.second + (shape.second > 0)
    print(f"{shape.name}: {jobs} jobs, {cpus} at a time, {rounds} rounds: {medians}; torclint / ninja {ratio:.2f}")


def timed(command: list[str], folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def prepare_torclint(shape: Shape, folder: Path, cpus: int) -> list[str]:
    jobs: list[dict[str, object]] = [{"name": "a_{i}", "command": "true", "parameters": {"i": f"1:{shape.first}"}}]
    if shape.second:
        jobs.append({"name": "barrier", "command": "true", "depends_on_regexes": ["^a_"]})
        behind = {"name": "b_{i}", "command": "true", "depends_on": ["barrier"]}
        jobs.append({**behind, "parameters": {"i": f"1:{shape.second}"}})
    (folder / "spec.json").write_text(json.dumps({"name": "noop", "jobs": jobs}), encoding="utf-8")
    return [sys.executable, "-m", "torclint", "run", "--cpus", str(cpus), "spec.json"]


def prepare_ninja(shape: Shape, folder: Path, cpus: int) -> list[str]:
    (folder / "out").mkdir()
    lines = ["rule job", "  command = bash -c true > out/$out.o 2> out/$out.e"]
    first = [f"a_{number}" for number in range(shape.first)]
    lines += [f"build {name}: job" for name in first]
    if shape.second:
        lines.append(f"build barrier: job {' '.join(first)}")
        lines += [f"build b_{number}: job barrier" for number in range(shape.second)]
    (folder / "build.ninja").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return ["ninja", "-j", str(cpus), "--quiet"]


if __name__ == "__main__":
    main()
