#!/usr/bin/env python3
"""How the time of `torclint check` grows with a workflow, and what patterns made to hurt it do to it.

usage: check_scaling.py [--rounds N]

Every command is a program of its own, start-up included. In each round all contenders take a turn; shown are the
medians, the median of each round's ratio to `python -c pass`, and the peak memory. Beside torclint, where it is
small enough for them: a plain expansion in Python (list the names, search every pattern in every name) and, if torc is
on the PATH, `torc create --dry-run`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

PYTHON = [sys.executable, "-c", "pass"]
TORCLINT = [sys.executable, "-m", "torclint"]
CHECK = [*TORCLINT, "check", "--exit-zero", "--quiet"]
SMALL = 1000  # from here on the contenders that list everything are left out
EXPANSION = """
import re, sys
count = int(sys.argv[1])
names = [f"prep_{i}" for i in range(count)] + [f"analyze_{i}" for i in range(count)] + ["report"]
wanted = [(f"analyze_{i}", "^prep_") for i in range(count)] + [("report", "^analyze_")]
edges = set()
for job, pattern in wanted:
    search = re.compile(pattern).search
    edges.update((job, name) for name in names if search(name))
print(len(edges))
"""


class Measured(NamedTuple):
    seconds: float
    megabytes: float


class Case(NamedTuple):
    """One row: what stands in its first column, and a command for each contender that takes part."""

    title: str
    commands: dict[str, list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once, as pip leaves them
    with tempfile.TemporaryDirectory(prefix="check_scaling.") as folder:
        print("## N jobs wait for N jobs by one pattern, and one waits for those\n")
        table([scaling(Path(folder), 10**power) for power in range(2, 7)], rounds)
        print("\n## Patterns that are hard to count\n")
        table([adversarial(Path(folder), *parts) for parts in ADVERSARIAL], rounds)
        print("\n## Start-up\n")
        table(
            [
                Case("`torclint --version`", {"torclint": [*TORCLINT, "--version"]}),
                Case("`import yaml`", {"torclint": [sys.executable, "-c", "import yaml"]}),
                Case("`import click`", {"torclint": [sys.executable, "-c", "import click"]}),
                Case("`import dataclasses`", {"torclint": [sys.executable, "-c", "import dataclasses"]}),
            ],
            rounds,
        )


def scaling(folder: Path, count: int) -> Case:
    spec = folder / f"naive-{count}.yaml"
    spec.write_text(
        "name: naive\njobs:\n"
        f'  - {{name: "prep_{{i}}", command: "true", parameters: {{i: "1:{count}"}}}}\n'
        f'  - {{name: "analyze_{{i}}", command: "true", parameters: {{i: "1:{count}"}}, depends_on_regexes: ["^prep_"]}}\n'
        '  - {name: report, command: "true", depends_on_regexes: ["^analyze_"]}\n'
    )
    commands = {"torclint": [*CHECK, str(spec)]}
    if count <= SMALL:
        commands["plain expansion"] = [sys.executable, "-c", EXPANSION, str(count)]
        if shutil.which("torc"):
            commands["torc --dry-run"] = ["torc", "create", "--dry-run", str(spec)]
    return Case(f"{count:,} x {count:,} = {count * count + count:,} edges", commands)


ADVERSARIAL = (
    ("a million names, `1.{11}$`", "1:1000000", "1.{11}$"),
    ("a million names, `(0.{3}a\\|1.{3}b\\|...\\|9.{3}j)`", "1:1000000", "|".join(
        f"{digit}.{{3}}{letter}" for digit, letter in zip("0123456789", "abcdefghij", strict=True))),
    ("a million names, `0.{3}1\\|1.{3}2\\|...\\|8.{3}9`", "1:1000000", "|".join(
        f"{digit}.{{3}}{digit + 1}" for digit in range(9))),
    ("10^12 names, `(1\\|2.*3){5}.*7$`", "1:1000000000000", "(1|2.*3){5}.*7$"),
    ("a million names, `(\\d+)*7$`", "1:1000000", "(\\\\d+)*7$"),
)  # fmt: skip


def adversarial(folder: Path, title: str, numbers: str, pattern: str) -> Case:
    spec = folder / f"hard-{len(list(folder.iterdir()))}.yaml"
    spec.write_text(
        "name: hard\njobs:\n"
        f'  - {{name: "job_{{i:012d}}", command: "true", parameters: {{i: "{numbers}"}}}}\n'
        f'  - {{name: after, command: "true", depends_on: [job_000000000001], depends_on_regexes: ["{pattern}"]}}\n'
    )
    return Case(title, {"torclint": [*CHECK, str(spec)]})


def table(cases: list[Case], rounds: int) -> None:
    contenders = list(dict.fromkeys(name for case in cases for name in case.commands))
    print(f"| | {' | '.join(contenders)} | to `python -c pass` | memory |")
    print(f"|---|{'---|' * (len(contenders) + 2)}")
    for case in cases:
        print(f"| {case.title} | {row(case, contenders, rounds)} |", flush=True)


def row(case: Case, contenders: list[str], rounds: int) -> str:
    turns: dict[str, list[Measured]] = {name: [] for name in ("python", *case.commands)}
    for turn in range(rounds):
        order = [("python", PYTHON), *case.commands.items()]
        for name, command in order if turn % 2 else reversed(order):
            turns[name].append(measured(command))
    cells = [
        f"{statistics.median(each.seconds for each in turns[name]):.3f} s" if name in turns else ""
        for name in contenders
    ]
    pairs = zip(turns["torclint"], turns["python"], strict=True)
    ratio = statistics.median(mine.seconds / bare.seconds for mine, bare in pairs)
    memory = max(each.megabytes for each in turns["torclint"])
    return f"{' | '.join(cells)} | {ratio:.1f} | {memory:.0f} MB"


def measured(command: list[str]) -> Measured:
    """Wall time and peak memory of one command. Raises CalledProcessError."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    unit = 2**20 if sys.platform == "darwin" else 2**10  # macOS counts bytes, Linux KiB
    return Measured(time.perf_counter() - start, usage.ru_maxrss / unit)


if __name__ == "__main__":
    main()
