#!/usr/bin/env python3
"""Make the terminal pictures of the README from real runs.

usage: make_pictures.py      (writes docs/pictures/*.svg)

Every command is run, in colour, on a copy of the examples in a temporary folder; rich draws what it printed.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
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


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, commands in SCENES.items():
        target = PICTURES / f"{name}.svg"
        target.write_text(draw(name, commands), encoding="utf-8")
        print(target.relative_to(ROOT))


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
