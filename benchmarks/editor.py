#!/usr/bin/env python3
"""How long the language server takes from an edit to its diagnostics, and for answers, in large specs.

usage: editor.py [--rounds N]

A real client starts `torclint server` and types into specs with jobs written out one by one. Shown are medians of the
time that passes at the client, one edit a second or two as after a thought, and the time that an edit takes of a
processor, which hardly grows when other programs keep it busy. Beside it `torclint check` of the same file: what an
editor would wait that runs the command after each edit.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from lsprotocol import types

from tests.editor import test_large
from tests.editor.client import Editor

SIZES = (100, 1_000, 10_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    print("| jobs | text | opened | after an edit | of a processor | `torclint check` | hover | completion | outline |")
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="editor.") as folder:
        for jobs in SIZES:
            print(row(Path(folder), jobs, rounds), flush=True)


def row(folder: Path, jobs: int, rounds: int) -> str:
    test_large.JOBS = jobs // 2
    text = test_large.large_spec()
    path = folder / f"large{jobs}.yaml"
    path.write_text(text)
    lines = text.split("\n")
    line = lines.index(f"    depends_on: [prep_{jobs // 4:05d}]")
    place = types.Position(line, lines[line].index("prep") + 5)
    uri = path.as_uri()
    editor = Editor(str(folder))
    opened = timed(lambda: editor.open(uri, text))

    def edited(turn: int) -> float:
        time.sleep(1.1)

        def type_and_wait() -> None:
            if turn % 2:
                editor.type(uri, line, place.character, "", gone=1)
            else:
                editor.type(uri, line, place.character, "0")
            editor.diagnostics(uri)

        return timed(type_and_wait)

    edited(0)
    edited(1)
    turns = 2 * (rounds // 2 + 1)
    before = processor_seconds(editor.process)
    edits = [edited(turn) for turn in range(turns)]
    busy = (processor_seconds(editor.process) - before) / turns
    asked = [
        median(rounds, lambda method=method, more=more: editor.ask(method, uri, **more))
        for method, more in (
            ("textDocument/hover", {"position": place}),
            ("textDocument/completion", {"position": place}),
            ("textDocument/documentSymbol", {}),
        )
    ]
    editor.close()
    command = [sys.executable, "-m", "torclint", "check", "--quiet", "--no-cache", str(path)]
    checked = median(rounds, lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=False))
    megabytes = len(text) / 1e6
    times = (opened, statistics.median(edits), busy, checked, *asked)
    return f"| {jobs:,} | {megabytes:.2f} MB | " + " | ".join(f"{seconds:.3f} s" for seconds in times) + " |"


def processor_seconds(process: int) -> float:
    """What a process took of a processor so far (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def median(rounds: int, task: Callable[[], object]) -> float:
    return statistics.median(timed(task) for _ in range(rounds))


def timed(task: Callable[[], object]) -> float:
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
