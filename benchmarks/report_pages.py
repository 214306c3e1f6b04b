#!/usr/bin/env python3
"""How long `torclint report` takes, beside `torclint check` on the same spec, and how large its page is.

usage: report_pages.py [--jobs N] [--rounds N]

In each round both commands take a turn. Shown are medians of the CPU time, and the median of each round's ratio to check.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

CHECK = ("check", "--exit-zero", "--quiet", "--isolated")
REPORT = ("report", "--force", "-o", "page.html")


class Usage(NamedTuple):
    """CPU seconds, and the peak of memory in MB."""

    cpu: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=10_000, help="of the spec whose jobs are written one by one")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once, as pip leaves them
    specs = {
        "1,000 x 1,000 by a pattern": stages(1000),
        "10^6 x 10^6 by a pattern": stages(1_000_000),
        f"{args.jobs:,} jobs one by one": one_by_one(args.jobs),
    }
    print(f"{'':28}  {'check':>8}  {'report':>8}  {'ratio':>6}  {'memory':>8}  {'page':>8}")
    with tempfile.TemporaryDirectory(prefix="report_pages.") as folder:
        for name, text in specs.items():
            Path(folder, "spec.yaml").write_text(text)
            rounds = [(used(CHECK, folder), used(REPORT, folder)) for _ in range(args.rounds + 1)][1:]
            check, report = (statistics.median(turn[place].cpu for turn in rounds) for place in (0, 1))
            ratio = statistics.median(after.cpu / before.cpu for before, after in rounds)
            memory = max(after.memory for _, after in rounds)
            page = Path(folder, "page.html").stat().st_size / 1000
            print(
                f"{name:28}  {check:6.2f} s  {report:6.2f} s  {ratio:6.1f}  {memory:5.0f} MB  {page:5.0f} kB",
                flush=True,
            )


def stages(size: int) -> str:
    digits = len(str(size - 1))
    return (
        "name: stages\njobs:\n"
        f'  - {{name: "read_{{i:0{digits}d}}", command: "true", parameters: {{i: "0:{size - 1}"}}}}\n'
        f'  - {{name: "sum_{{i:0{digits}d}}", command: "true", depends_on_regexes: ["^read_"], '
        f'parameters: {{i: "0:{size - 1}"}}}}\n'
    )


def one_by_one(size: int) -> str:
    """Tens of jobs: the first of each waits for the first of the ten before, and the others for the first of their own."""
    lines = ["name: one_by_one", "jobs:"]
    for number in range(size):
        before = number // 10 * 10 if number % 10 else number - 10
        lines.append(f'  - name: job_{number:06d}\n    command: "step --number {number}"')
        if before >= 0 and number:
            lines.append(f"    depends_on: [job_{before:06d}]")
    return "\n".join(lines) + "\n"


def used(command: tuple[str, ...], folder: str) -> Usage:
    """What one call takes."""
    words = [sys.executable, "-m", "torclint", *command, "spec.yaml"]
    with subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(words)}: exit code {process.returncode}")
    return Usage(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)


if __name__ == "__main__":
    main()
