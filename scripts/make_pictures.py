#!/usr/bin/env python3
"""Make the pictures of the README and the pages from real runs.

usage: make_pictures.py [NAME...]      (writes docs/pictures/*.svg, all of them or those named)

Every command is run in a terminal of its own, on a copy of the examples in a temporary folder. What stood in the terminal
is drawn by rich, in colours; what is a picture already is kept as it is.
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
from html import escape
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
ROWS = 40


class Scene(NamedTuple):
    """Commands that follow one another in one terminal, what is told of it, and how wide it is. `moment`: the part of the jobs
    that have ended when a run is looked at before its end. `unseen`: commands that come before, and are not shown."""

    told: str
    commands: tuple[str, ...]
    columns: int = 100
    moment: float = 0.0
    unseen: tuple[str, ...] = ()


NIGHTLY = """\
name: nightly
jobs:
  - name: "fetch_{hour:02d}"
    command: "sleep 0.1"
    parameters: {hour: "0:23"}
  - name: "forecast_{region}"
    command: "sleep 0.6"
    parameters: {region: "[alps,baltic,coast,delta,eifel,fens,geest,harz]"}
    depends_on_regexes: ["^fetch_"]
  - name: check_stations
    command: "sleep 0.4; echo 'station 0417: no data since 03:00' >&2; exit 3"
    depends_on_regexes: ["^fetch_"]
  - name: map_stations
    command: "true"
    depends_on: [check_stations]
  - name: publish
    command: "sleep 0.3"
    depends_on_regexes: ["^forecast_"]
"""

SCENES = {
    "check": Scene(
        "torclint check finds a million dependencies in a small file, and the fix leaves 3,000",
        ("check naive_stages.yaml", "fix --insert-barriers naive_stages.yaml"),
        columns=118,
    ),
    "count": Scene(
        "torclint count: each block of dependencies, before and after the fix",
        ("count naive_stages.yaml",),
        columns=110,
    ),
    "fix": Scene(
        "torclint fix --diff: the change in colours, and nothing written",
        ("fix --insert-barriers --diff naive_stages.yaml",),
        columns=110,
    ),
    "plan-table": Scene(
        "torclint plan: the stages with their times on 16 nodes",
        ("plan --cpus 64 --memory 256g --gpus 0 --nodes 16 campaign.yaml",),
    ),
    "run": Scene(
        "torclint run in the middle of two workflows and at their ends: bars for the stages, numbers, the jobs that run",
        ("run barrier_demo.yaml", "run three_stages.yaml"),
        moment=0.6,
    ),
    "failure": Scene(
        "torclint run when a job fails: its last words at once, what is cancelled because of it, and the table of stages",
        ("run --cpus 4 nightly.yaml",),
        moment=0.72,
    ),
    "status": Scene(
        "torclint status and logs: what failed, why, and what to type next",
        ("status", "logs check_stations"),
        unseen=("run --cpus 4 --quiet nightly.yaml",),
    ),
    "history": Scene(
        "torclint history: a line for each run with its number, time, state and counts",
        ("history",),
        unseen=(
            "run --quiet barrier_demo.yaml",
            "run --quiet --cpus 4 nightly.yaml",
            "run --quiet diamond.yaml",
        ),
    ),
}

DRAWINGS = {
    "before-after": "graph --before-after --format svg naive_stages.yaml",
    "ensemble": "graph --before-after --format svg ensemble.yaml",
}

PLANS = {"plan": "plan campaign.yaml --cpus 64 --memory 256g --gpus 0 --nodes 16"}


def main(names: list[str]) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name in names or [*SCENES, *DRAWINGS, *PLANS]:
        target = PICTURES / f"{name}.svg"
        target.write_text(picture(name), encoding="utf-8")
        print(target.relative_to(ROOT))


def picture(name: str) -> str:
    """The text of one picture."""
    if name in SCENES:
        return draw(name, SCENES[name])
    if name in DRAWINGS:
        return printed_by(DRAWINGS[name]) + "\n"
    with tempfile.TemporaryDirectory(prefix="pictures.") as folder:
        target = Path(folder, "plan.svg")
        printed_by(f"{PLANS[name]} --svg {target}")
        return target.read_text("utf-8")


def printed_by(words: str) -> str:
    command = [sys.executable, "-m", "torclint", *shlex.split(words)]
    return subprocess.run(command, cwd=ROOT / "examples", capture_output=True, text=True, check=True).stdout.rstrip()


def draw(name: str, scene: Scene) -> str:
    """What stands in a terminal after these commands, and at a moment of each run, as SVG."""
    console = Console(
        record=True, width=scene.columns, file=io.StringIO(), force_terminal=True, color_system="standard"
    )
    with tempfile.TemporaryDirectory(prefix="pictures.") as folder:
        shutil.copytree(ROOT / "examples", folder, dirs_exist_ok=True)
        Path(folder, "nightly.yaml").write_text(NIGHTLY, encoding="utf-8")
        for command in scene.unseen:
            watched(command, folder, scene)
        for number, command in enumerate(scene.commands):
            console.print(Text.assemble("\n" if number else "", ("$ ", "green"), f"torclint {command}"))
            moment, end = watched(command, folder, scene)
            if scene.moment:
                console.print(Text.from_ansi(moment))
                console.print(Text("    [...]\n", style="dim"))
            console.print(Text.from_ansi(end))
    return portable(console.export_svg(title="torclint", unique_id=f"torclint-{name}"), scene.told)


def watched(words: str, folder: str, scene: Scene) -> tuple[str, str]:
    """What stands in a terminal when a part of the jobs have ended, and when all is over."""
    runner, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (ROWS, scene.columns))
    outer = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS", "CI", "FORCE_COLOR")}
    with subprocess.Popen(
        [sys.executable, "-m", "torclint", *shlex.split(words)],
        cwd=folder,
        env=outer | {"TERM": "xterm-256color"},
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
                moment = screen.text if ended > scene.moment * jobs else ""
    os.close(runner)
    if process.returncode not in (0, 1):
        sys.exit(f"torclint {words}: exit code {process.returncode}")
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
        text = re.sub(r"\x1b\]8;;[^\x1b]*\x1b\\", "", text)  # links
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


def portable(svg: str, told: str) -> str:
    """The picture without fonts from the network, with the spaces that some viewers would trim, and with words for those who
    do not see it."""
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace")
    svg = svg.replace("<svg ", '<svg xml:space="preserve" role="img" ', 1)
    return re.sub(r"(<svg [^>]*>)", rf"\1\n<title>{escape(told)}</title>", svg, count=1)


if __name__ == "__main__":
    main(sys.argv[1:])
