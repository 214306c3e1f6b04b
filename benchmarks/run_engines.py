#!/usr/bin/env python3
"""What each engine adds to a job: jobs that do nothing, on this machine, by `torclint run --engine ...`.

usage: run_engines.py [--jobs N] [--rounds N] [--engines NAME,...]

Two halves of N/2 jobs with a barrier between them. Engines that are not there are left out: torc needs `torc` and
`torc-server` on the PATH, once with its resource monitor and once without. The contenders take turns, in an order that changes
every round; printed are the median of the wall time, that of the milliseconds a job, and the median of the ratios of each
round to the engine of this machine. A run of one job is taken off first: what is left is what jobs cost.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple


class Engine(NamedTuple):
    name: str
    words: tuple[str, ...]
    is_there: bool
    monitor: bool = True


def engines() -> list[Engine]:
    torc = bool(shutil.which("torc") and shutil.which("torc-server"))
    queue = importlib.util.find_spec("hyperqueue") is not None
    cpus = len(os.sched_getaffinity(0))
    return [
        Engine("local", ("--fresh",), True),
        Engine("hyperqueue", ("--engine", "hyperqueue", "--workers", str(cpus), "--fresh"), queue),
        Engine("torc", ("--engine", "torc", "--standalone"), torc),
        Engine("torc, no monitor", ("--engine", "torc", "--standalone"), torc, monitor=False),
    ]


def spec(jobs: int, monitor: bool) -> str:
    half = f"1:{jobs // 2}"
    listed = [
        {"name": "a_{i}", "command": "true", "parameters": {"i": half}},
        {"name": "barrier", "command": "true", "depends_on_regexes": ["^a_"]},
        {"name": "b_{i}", "command": "true", "depends_on": ["barrier"], "parameters": {"i": half}},
    ]
    if jobs == 1:
        listed = [{"name": "a", "command": "true"}]
    return json.dumps({"name": "engines", "resource_monitor": {"enabled": monitor}, "jobs": listed})


def seconds(engine: Engine, jobs: int) -> float:
    """The wall time of a run, which has to complete."""
    with tempfile.TemporaryDirectory(prefix="run_engines.") as folder:
        Path(folder, "w.json").write_text(spec(jobs, engine.monitor), encoding="utf-8")
        command = [sys.executable, "-m", "torclint", "run", "--quiet", "--no-check", *engine.words, "w.json"]
        started = time.monotonic()
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        took = time.monotonic() - started
        if done.returncode:
            sys.exit(f"{engine.name}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engines", default="")
    args = parser.parse_args()
    wanted = [name for name in args.engines.split(",") if name]
    contenders = [
        one for one in engines() if one.is_there and (not wanted or one.name in wanted or one.name == "local")
    ]
    walls: dict[str, list[float]] = {one.name: [] for one in contenders}
    costs: dict[str, list[float]] = {one.name: [] for one in contenders}
    for number in range(args.rounds):
        place = number % len(contenders)
        for engine in contenders[place:] + contenders[:place]:
            start = seconds(engine, 1)
            wall = seconds(engine, args.jobs)
            walls[engine.name].append(wall)
            costs[engine.name].append(max(wall - start, 1e-9) * 1000 / args.jobs)
    print(f"{args.jobs + 1} jobs that do nothing, {args.rounds} rounds")
    print(f"{'engine':<18}{'wall s':>9}{'ms a job':>10}{'x local':>9}")
    for engine in contenders:
        ratios = [cost / here for cost, here in zip(costs[engine.name], costs["local"], strict=True)]
        wall, cost = statistics.median(walls[engine.name]), statistics.median(costs[engine.name])
        print(f"{engine.name:<18}{wall:>9.2f}{cost:>10.2f}{statistics.median(ratios):>9.1f}")


if __name__ == "__main__":
    main()
