#!/usr/bin/env python3
"""How long `torclint run` takes for jobs that do nothing, against other tools given the same commands; and how long
until the first of a million jobs starts.

usage: run_noop.py [--jobs N] [--half N] [--few N] [--large N] [--cpus N] [--rounds N] [--parts PART,...] [--folder DIR]

  fast    N independent jobs, and two halves with a barrier between them: torclint, ninja, make and xargs
  others  the same with --few jobs: doit, GNU parallel, snakemake and torc, as far as they are installed
  large   a million jobs, independent, in two halves with a barrier, and one to one: time to the first job, memory

Everybody runs `bash -c true` with stdout and stderr in two files a job, in fresh folders, including the start of the tool;
tools that go through `sh -c` do so as they always do. The contenders take turns, in an order that changes every round.
Printed are the median, the median of the ratios of each round to ninja, the CPU seconds and the peak memory. Before each
measurement the machine has to be quiet for a moment; how often that could not be reached within --patience is told.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

COMMAND = "bash -c true > out/{0}.o 2> out/{0}.e"


class Shape(NamedTuple):
    """`second`: jobs behind a barrier; 0 for none."""

    name: str
    first: int
    second: int

    @property
    def size(self) -> int:
        return self.first + self.second + bool(self.second)


class Took(NamedTuple):
    wall: float
    cpu: float
    megabytes: float


class Quiet:
    """Waits until others leave the machine alone."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._disturbed = self._all = 0

    def wait(self) -> None:
        self._all += 1
        end = time.monotonic() + self._patience
        while self._busy() > 0.1:
            if time.monotonic() > end:
                self._disturbed += 1
                return

    def remark(self) -> str:
        """How many of the measurements since the last time began on a busy machine."""
        text = f" ({self._disturbed} of {self._all} began on a busy machine)" if self._disturbed else ""
        self._disturbed = self._all = 0
        return text

    def _busy(self) -> float:
        """The part of all CPUs that is in use, over a third of a second; 0 where that cannot be told."""
        before = self._times()
        time.sleep(0.3)
        passed = [now - then for then, now in zip(before, self._times(), strict=True)]
        return 1 - (passed[3] + passed[4]) / sum(passed) if sum(passed) else 0.0

    def _times(self) -> list[int]:
        try:
            return [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
        except OSError:
            return []


Prepare = Callable[[Shape, Path, int], "list[str]"] if TYPE_CHECKING else object


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=10_000)
    parser.add_argument("--half", type=int, default=1000)
    parser.add_argument("--few", type=int, default=200)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--cpus", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parts", default="fast,others,large")
    parser.add_argument("--patience", type=float, default=20.0, help="seconds to wait for a quiet machine each time")
    parser.add_argument("--folder", help="where to run; a folder in memory (/dev/shm) leaves the disk out of it")
    args = parser.parse_args()
    parts = args.parts.split(",")
    quiet = Quiet(args.patience)
    with tempfile.TemporaryDirectory(prefix="run_noop.", dir=args.folder) as scratch:
        folder = Path(scratch)
        if "fast" in parts:
            for shape in (Shape("independent", args.jobs, 0), Shape("barrier", args.half, args.half)):
                compare(shape, present(FAST), folder, args.cpus, args.rounds, quiet)
        if "others" in parts:
            compare(Shape("few", args.few, 0), present(FAST[:2] + OTHERS), folder, args.cpus, args.rounds, quiet)
        if "large" in parts:
            large(args.large, folder, args.rounds, quiet)


def compare(shape: Shape, contenders: dict[str, Prepare], scratch: Path, cpus: int, rounds: int, quiet: Quiet) -> None:
    took: dict[str, list[Took]] = {name: [] for name in contenders}
    names = list(contenders)
    for turn in range(rounds):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            folder = scratch / f"{shape.name}-{turn}-{name.replace(' ', '-')}"
            (folder / "out").mkdir(parents=True)
            command = contenders[name](shape, folder, cpus)
            quiet.wait()
            took[name].append(timed(command, folder))
    print(f"{shape.name}: {shape.size:,} jobs, {cpus} at a time, {rounds} rounds{quiet.remark()}")
    for name, rows in took.items():
        ratio = statistics.median(mine.wall / ninja.wall for mine, ninja in zip(rows, took["ninja"], strict=True))
        wall, cpu, megabytes = (statistics.median(column) for column in zip(*rows, strict=True))
        print(f"  {name:<14} {wall:7.2f} s  {ratio:6.2f} x ninja  {cpu:7.2f} s of CPU  {megabytes:5.0f} MB", flush=True)


def timed(command: list[str], folder: Path) -> Took:
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"run_noop.py: exit code {process.returncode}: {' '.join(command)[:200]}")
    return Took(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def present(contenders: tuple[tuple[str, str, Prepare], ...]) -> dict[str, Prepare]:
    """Those that are installed."""
    found = {}
    for name, program, prepare in contenders:
        if program == "torclint" or shutil.which(program) or importlib.util.find_spec(program):
            found[name] = prepare
        elif program == "ninja":
            sys.exit("run_noop.py: ninja is not on the PATH (pip install ninja)")
        else:
            print(f"  {name}: not installed")
    return found


# The contenders


def for_torclint(shape: Shape, folder: Path, cpus: int) -> list[str]:
    jobs: list[dict[str, object]] = [{"name": "a_{i}", "command": "true", "parameters": {"i": f"1:{shape.first}"}}]
    if shape.second:
        jobs.append({"name": "barrier", "command": "true", "depends_on_regexes": ["^a_"]})
        behind = {"name": "b_{i}", "command": "true", "depends_on": ["barrier"]}
        jobs.append({**behind, "parameters": {"i": f"1:{shape.second}"}})
    (folder / "spec.json").write_text(json.dumps({"name": "noop", "jobs": jobs}), encoding="utf-8")
    return [sys.executable, "-m", "torclint", "run", "--cpus", str(cpus), "spec.json"]


def names_of(shape: Shape) -> tuple[list[str], list[str]]:
    return [f"a_{i}" for i in range(shape.first)], [f"b_{i}" for i in range(shape.second)]


def for_ninja(shape: Shape, folder: Path, cpus: int) -> list[str]:
    lines = ["rule job", f"  command = {COMMAND.format('$out')}"]
    first, second = names_of(shape)
    lines += [f"build {name}: job" for name in first]
    if second:
        lines += [f"build barrier: job {' '.join(first)}", *(f"build {name}: job barrier" for name in second)]
    (folder / "build.ninja").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return ["ninja", "-j", str(cpus), "--quiet"]


def for_make(shape: Shape, folder: Path, cpus: int) -> list[str]:
    first, second = names_of(shape)
    lines = [f".PHONY: all barrier {' '.join(first + second)}", f"all: {' '.join(second or first)}"]
    if second:
        lines += [f"barrier: {' '.join(first)}", f"{' '.join(second)}: barrier", "barrier:"]
        lines.append(f"\t@{COMMAND.format('$@')}")
    lines += [f"{' '.join(first + second)}:", f"\t@{COMMAND.format('$@')}"]
    (folder / "Makefile").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return ["make", "-j", str(cpus), "--silent"]


def for_xargs(shape: Shape, folder: Path, cpus: int) -> list[str]:
    first, second = names_of(shape)
    steps = []
    for number, names in enumerate((first, ["barrier"], second) if second else (first,)):
        (folder / f"names{number}").write_text("\n".join([*names, ""]), encoding="utf-8")
        steps.append(f"xargs -P {cpus} -I@ sh -c '{COMMAND.format('@')}' < names{number}")
    return ["sh", "-c", " && ".join(steps)]


def for_parallel(shape: Shape, folder: Path, cpus: int) -> list[str]:
    (folder / "names").write_text("\n".join([*names_of(shape)[0], ""]), encoding="utf-8")
    return ["sh", "-c", f"parallel -j {cpus} --joblog log '{COMMAND.format('{}')}' < names"]


def for_doit(shape: Shape, folder: Path, cpus: int) -> list[str]:
    command = COMMAND.replace("{0}", "{n}")
    (folder / "dodo.py").write_text(
        f"def task_a():\n    for n in range({shape.first}):\n"
        f"        yield {{'name': str(n), 'actions': [f{command!r}]}}\n",
        encoding="utf-8",
    )
    return [sys.executable, "-m", "doit", "-n", str(cpus), "-v", "0"]


def for_snakemake(shape: Shape, folder: Path, cpus: int) -> list[str]:
    command = COMMAND.replace("{0}", "{wildcards.n}")
    (folder / "Snakefile").write_text(
        f"rule all:\n    input: expand('done/{{n}}', n=range({shape.first}))\n"
        f"rule job:\n    output: touch('done/{{n}}')\n    shell: {command!r}\n",
        encoding="utf-8",
    )
    return ["snakemake", "--cores", str(cpus), "--quiet", "all", "--scheduler", "greedy"]


def for_torc(shape: Shape, folder: Path, cpus: int) -> list[str]:
    for_torclint(shape, folder, cpus)
    return ["torc", "-s", "run", "spec.json"]


FAST = (
    ("torclint", "torclint", for_torclint),
    ("ninja", "ninja", for_ninja),
    ("make", "make", for_make),
    ("xargs", "xargs", for_xargs),
)
OTHERS = (
    ("doit", "doit", for_doit),
    ("GNU parallel", "parallel", for_parallel),
    ("snakemake", "snakemake", for_snakemake),
    ("torc run", "torc", for_torc),
)


# A million


def large(size: int, scratch: Path, rounds: int, quiet: Quiet) -> None:
    half = {"i": f"1:{size // 2}"}
    first = {"name": "a_{i}", "command": "echo > started; sleep 60"}
    wall = {"name": "barrier", "command": "true", "depends_on_regexes": ["^a_"]}
    second = {"name": "b_{i}", "command": "true", "parameters": half}
    shapes: dict[str, list[dict[str, object]]] = {
        "independent": [{**first, "parameters": {"i": f"1:{size}"}}],
        "barrier": [{**first, "parameters": half}, wall, {**second, "depends_on": ["barrier"]}],
        "one to one": [{**first, "parameters": half}, {**second, "depends_on": ["a_{i}"]}],
        "by pattern": [{**first, "parameters": half}, {**second, "depends_on_regexes": ["^a_{i}$"]}],
    }
    print(f"time to the first of {size:,} jobs, {rounds} rounds")
    for name, jobs in shapes.items():
        rows = []
        for turn in range(rounds):
            folder = scratch / f"large-{turn}-{name.replace(' ', '-')}"
            folder.mkdir()
            (folder / "spec.json").write_text(json.dumps({"name": "large", "jobs": jobs}), encoding="utf-8")
            quiet.wait()
            rows.append(to_first_job(folder))
        wall_time, _, megabytes = (statistics.median(column) for column in zip(*rows, strict=True))
        print(f"  {name:<14} {wall_time:7.2f} s  {megabytes:5.0f} MB{quiet.remark()}", flush=True)


def to_first_job(folder: Path) -> Took:
    start = time.perf_counter()
    command = [sys.executable, "-m", "torclint", "run", "--cpus", "2", "spec.json"]
    process = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while not (folder / "started").exists():
        if process.poll() is not None:
            sys.exit(f"run_noop.py: exit code {process.returncode} before the first job")
        time.sleep(0.005)
    wall = time.perf_counter() - start
    process.send_signal(signal.SIGTERM)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return Took(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
