#!/usr/bin/env python3
"""How long `torclint check` takes for many small specs, beside yamllint on the same files.

usage: many_files.py [--files N] [--rounds N]

yamllint (pip install yamllint) is left out where it is not there. In each round all contenders take a turn; shown are
medians, and the median of each round's ratio to the first contender.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TORCLINT = [sys.executable, "-m", "torclint", "check", "--exit-zero", "--quiet", "--format", "concise", "--isolated"]
KINDS = 20  # different specs, so that nothing can be learnt from one for the next


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once, as pip leaves them
    with tempfile.TemporaryDirectory(prefix="many_files.") as folder:
        specs = Path(folder, "specs")
        specs.mkdir()
        size = sum((specs / f"s{number}.yaml").write_text(spec(number)) for number in range(args.files))
        print(f"{args.files:,} files of {size / args.files / 1000:.1f} kB\n")
        measure(contenders(specs, Path(folder, "cache")), args.rounds)


def spec(number: int) -> str:
    """About 3 kB: stages with barriers, single jobs, files."""
    kind = number % KINDS
    lines = [f"name: campaign_{number}", "description: stages of a study", "jobs:"]
    for stage in range(5):
        width = 10 + kind + stage
        lines += [
            f'  - name: "stage{stage}_{{i:03d}}"',
            f'    command: "python stage{stage}.py --index {{i}} --seed {kind}"',
            "    resource_requirements: small",
            f'    parameters: {{i: "1:{width}"}}',
            *([f"    depends_on: [barrier_stage{stage - 1}_complete]"] if stage else []),
            f"  - name: barrier_stage{stage}_complete",
            f"    command: \"echo 'stage {stage} complete: {width} jobs' && date\"",
            f'    depends_on_regexes: ["^stage{stage}_\\\\d+$"]',
        ]
    for job in range(8):
        lines += [
            f"  - name: report_{job}",
            f"    command: python report.py --part {job} > report_{job}.txt",
            f"    output_files: [part_{job}]",
            "    depends_on: [barrier_stage4_complete]",
        ]
    lines += ["files:", *(f"  - {{name: part_{job}, path: report_{job}.txt}}" for job in range(8))]
    lines += ["resource_requirements:", "  - {name: small, num_cpus: 1, memory: 1g, runtime: PT10M}", ""]
    return "\n".join(lines)


def contenders(specs: Path, cache: Path) -> dict[str, list[str]]:
    found = {}
    if importlib.util.find_spec("yamllint") is not None:
        found["yamllint"] = [sys.executable, "-m", "yamllint", "-d", "relaxed", str(specs)]
    found["torclint, one process"] = [*TORCLINT, "--no-cache", "--processes", "1", str(specs)]
    found["torclint"] = [*TORCLINT, "--no-cache", str(specs)]
    found["torclint, nothing changed"] = [*TORCLINT, str(specs)]
    os.environ["TORCLINT_CACHE_DIR"] = str(cache)
    subprocess.run(found["torclint, nothing changed"], stdout=subprocess.DEVNULL, check=True)
    return found


def measure(commands: dict[str, list[str]], rounds: int) -> None:
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            seconds[name].append(time.perf_counter() - start)
    first = next(iter(seconds.values()))
    print("| | median | speed |")
    print("|---|---|---|")
    for name, taken in seconds.items():
        ratio = statistics.median(one / other for one, other in zip(first, taken, strict=True))
        print(f"| {name} | {statistics.median(taken):.2f} s | {ratio:.1f} x |")


if __name__ == "__main__":
    main()
