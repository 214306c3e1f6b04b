#!/usr/bin/env python3
"""Make the pictures of the README from real runs.

usage: make_pictures.py      (writes docs/pictures/*.svg)

Every command is run on a copy of the examples in a temporary folder. What it printed in colour is drawn by rich; what is a
picture is kept as it is. `run` has a terminal of its own, of which the picture shows a moment in the middle and the end.
"""

from __future__ import annotations

import io
import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
COLUMNS = 118

SCENES = {
    "check": (
        ["check", "naive_stages.yaml"],
        ["fix", "--insert-barriers", "naive_stages.yaml"],
        ["check", "naive_stages.yaml"],
    ),
    "count": (["count", "naive_stages.yaml"],),
}

DRAWINGS = {
    "before-after": ["graph", "--before-after", "--format", "svg", "naive_stages.yaml"],
    "ensemble": ["graph", "--before-after", "--format", "svg", "ensemble.yaml"],
}

PLANS = {
    "plan": ["campaign.yaml", "--cpus", "64", "--memory", "256g", "--gpus", "0", "--nodes", "16"],
}

RUNS = {"run": ("barrier_demo.yaml", "three_stages.yaml")}
ROWS = 40
MOMENT = 0.6  # of the jobs have ended


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, commands in SCENES.items():
        save(name, draw(name, commands))
    for name, specs in RUNS.items():
        save(name, draw_runs(name, specs))
    for name, words in DRAWINGS.items():
        save(name, printed_by(words, str(ROOT / "examples")) + "\n")
    for name, words in PLANS.items():
        save(name, planned(words))


def planned(words: list[str]) -> str:
    """The picture that `torclint plan` draws."""
    with tempfile.TemporaryDirectory(prefix="make_pictures.") as folder:
        target = Path(folder, "plan.svg")
        printed_by(["plan", *words, "--svg", str(target)], str(ROOT / "examples"))
        return target.read_text("utf-8")


def save(name: str, svg: str) -> None:
    target = PICTURES / f"{name}.svg"
    target.write_text(svg, encoding="utf-8")
    print(target.relative_to(ROOT))


def draw_runs(name: str, specs: tuple[str, ...]) -> str:
    """What a terminal shows at a moment of each run, and at its end, as SVG."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="standard")
    with tempfile.TemporaryDirectory(prefix="pictures.") as folder:
        shutil.copytree(ROOT / "examples", folder, dirs_exist_ok=True)
        for number, spec in enumerate(specs):
            console.print(Text.assemble("\n" if number else "", ("$ ", "green"), f"torclint run {spec}"))
            moment, end = watched(["run", spec], folder)
            console.print(Text.from_ansi(moment))
            console.print(Text("    [...]\n", style="dim"))
            console.print(Text.from_ansi(end))
    return portable(console.export_svg(title="torclint", unique_id=f"torclint-{name}"))


def watched(words: list[str], folder: str) -> tuple[str, str]:
    """What stands in a terminal when a part of the jobs have ended, and when all have."""
    runner, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (ROWS, COLUMNS))
    with subprocess.Popen(
        [sys.executable, "-m", "torclint", *words],
        cwd=folder,
        env={key: value for key, value in os.environ.items() if key != "NO_COLOR"} | {"TERM": "xterm-256color"},
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    ) as process:
        os.close(terminal)
        screen = Screen()
        moment = ""
        while chunk := read_some(runner):
            screen.feed(chunk)
            found = re.search(r"([\d,]+) of ([\d,]+) jobs", screen.plain)
            if found and not moment:
                ended, jobs = (int(text.replace(",", "")) for text in found.groups())
                moment = screen.text if ended > MOMENT * jobs else ""
    os.close(runner)
    if process.returncode:
        sys.exit(f"torclint {shlex.join(words)}: exit code {process.returncode}")
    return moment, screen.text


def read_some(terminal: int) -> str:
    """What is written next; "" at the end. Waits for a whole picture, as far as it can be told."""
    text = b""
    try:
        while select.select([terminal], [], [], 0.02 if text else None)[0]:
            text += os.read(terminal, 65536)
    except OSError:  # the other side is closed
        pass
    return text.decode(errors="replace")


class Screen:
    """As much of a terminal as a run asks for: lines that are written from their start, gone back to and erased."""

    def __init__(self) -> None:
        self._lines = [""]
        self._row = 0
        self._is_new = True

    def feed(self, text: str) -> None:
        for part in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|\r|\n|[^\x1b\r\n]+", text):
            if part == "\n":
                self._row += 1
                self._is_new = True
                if self._row == len(self._lines):
                    self._lines.append("")
            elif re.fullmatch(r"\x1b\[\d*A", part):
                self._row = max(0, self._row - int(part[2:-1] or 1))
                self._is_new = True
            elif part == "\x1b[J":
                self._lines[self._row :] = [""]
            elif (not part.startswith("\x1b") and part != "\r") or part.endswith("m"):
                self._lines[self._row] = part if self._is_new else self._lines[self._row] + part
                self._is_new = False

    @property
    def text(self) -> str:
        return "\n".join(self._lines).rstrip()

    @property
    def plain(self) -> str:
        return re.sub(r"\x1b\[[0-9;]*m", "", self.text)


def draw(name: str, commands: tuple[list[str], ...]) -> str:
    """What a terminal shows after these commands, as SVG."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="standard")
    with tempfile.TemporaryDirectory(prefix="pictures.") as folder:
        shutil.copytree(ROOT / "examples", folder, dirs_exist_ok=True)
        for number, words in enumerate(commands):
            console.print(Text.assemble("\n" if number else "", ("$ ", "green"), f"torclint {shlex.join(words)}"))
            console.print(Text.from_ansi(printed_by(words, folder)))
    return portable(console.export_svg(title="torclint", unique_id=f"torclint-{name}"))


def portable(svg: str) -> str:
    """The picture without fonts from the network, and with the spaces that some viewers would trim."""
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace")
    return svg.replace("<svg ", '<svg xml:space="preserve" ', 1)


def printed_by(words: list[str], folder: str) -> str:
    surroundings = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    done = subprocess.run(
        [sys.executable, "-m", "torclint", *words],
        cwd=folder,
        env=surroundings | {"COLUMNS": str(COLUMNS), "FORCE_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        sys.exit(f"torclint {shlex.join(words)}: exit code {done.returncode}: {done.stdout}")
    return done.stdout.rstrip("\n")


if __name__ == "__main__":
    main()
