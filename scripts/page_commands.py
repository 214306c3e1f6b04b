"""The commands that pages show, and what they print: found in the Markdown, run again, compared.

A block ```console holds commands, each after `$ `, and what they print; a line `...` stands for any lines. A page with a line
`<!-- one session, in an empty folder -->` or `<!-- one session, in a copy of examples -->` is run from its first block to its
last in one folder, and a block with a title, such as ```yaml title="w.yaml", is a file that is written there. In other
pages each block ```console is run on its own, in a copy of the examples.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"

_BLOCK = re.compile(r"^```(?P<kind>\w+)(?P<traits>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r'title="([^"]+)"')
_SESSION = re.compile(r"^<!-- one session, in (an empty folder|a copy of examples) -->$", re.MULTILINE)

_RUNS = re.compile(r"\btorclint (run|resume|retry|status|history|report --run)\b")
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|\b\d+(\.\d+)? (s|min)\b")


class Block(NamedTuple):
    """A fenced block: its line in the page from 1, and where its text is in the page's."""

    line: int
    kind: str
    title: str
    text: str
    start: int
    end: int


class Session(NamedTuple):
    """Blocks that are run one after the other in a folder that holds the examples, or nothing."""

    blocks: tuple[Block, ...]
    with_examples: bool


class Step(NamedTuple):
    command: str
    shown: str


def blocks(page: str) -> list[Block]:
    """All fenced blocks of a page."""
    found = []
    for match in _BLOCK.finditer(page):
        title = _TITLE.search(match["traits"])
        line = page.count("\n", 0, match.start()) + 1
        found.append(
            Block(line, match["kind"], title[1] if title else "", match["text"], match.start("text"), match.end("text"))
        )
    return found


def sessions(page: str) -> list[Session]:
    """What is to be run of a page."""
    told = _SESSION.search(page)
    if told:
        used = tuple(block for block in blocks(page) if block.kind == "console" or block.title)
        return [Session(used, told[1] != "an empty folder")]
    return [Session((block,), True) for block in blocks(page) if block.kind == "console"]


def steps(block: Block) -> list[Step]:
    """The commands of a console block, with what is shown below each. Raises ValueError if it does not begin with one."""
    before, *parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    if before or not parts:
        raise ValueError(f"line {block.line}: a console block begins with `$ ` and a command")
    return [Step(command, shown) for command, _, shown in (part.partition("\n") for part in parts)]


@contextmanager
def folder_for(session: Session) -> Iterator[Path]:
    """A folder to run it in."""
    with tempfile.TemporaryDirectory(prefix="pages.") as made:
        folder = Path(made) / "work"
        if session.with_examples:
            shutil.copytree(EXAMPLES, folder)
        else:
            folder.mkdir()
        tools = Path(made) / "bin"
        tools.mkdir()
        program = tools / "torclint"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m torclint "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        yield folder


def write(block: Block, folder: Path) -> None:
    """Write the file that a block with a title shows."""
    path = folder / block.title
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text, encoding="utf-8")


def printed(command: str, folder: Path) -> str:
    """What a command prints, on stdout and stderr, in a folder of `folder_for`.

    Raises ValueError if there is no such program, or if torclint has an internal error.
    """
    plain = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR", "CI")}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=plain | {"PATH": f"{folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    if done.returncode in (4, 126, 127):
        raise ValueError(f"{command}: exit code {done.returncode}: {done.stdout}")
    return done.stdout.rstrip()


def agrees(step: Step, text: str) -> bool:
    """Whether what is shown is what was printed.

    A line `...` stands for any lines up to the next one shown, and where something runs a time for any time.
    """
    shown, lines = ([steady(step.command, line) for line in part.rstrip().splitlines()] for part in (step.shown, text))
    place = 0
    skipping = False
    for line in shown:
        if line == "...":
            skipping = True
            continue
        if skipping and line in lines[place:]:
            place = lines.index(line, place)
        if lines[place : place + 1] != [line]:
            return False
        place, skipping = place + 1, False
    return skipping or place == len(lines)


def steady(command: str, line: str) -> str:
    """A line as it is compared: of what runs, times and the room they take may differ."""
    if _RUNS.search(command) and "--dry-run" not in command:
        return re.sub(r" +", " ", _TIME.sub("T", line))
    return line.rstrip()


def printed_again(page: str) -> str:
    """The page with what its commands print now; what agrees with it, and all with `...`, stays as it is."""
    made: dict[Block, str] = {}
    for session in sessions(page):
        with folder_for(session) as folder:
            for block in session.blocks:
                if block.title:
                    write(block, folder)
                else:
                    made[block] = "".join(_again(step, folder) for step in steps(block))
    for block in sorted(made, key=lambda block: -block.start):
        page = page[: block.start] + made[block] + page[block.end :]
    return page


def _again(step: Step, folder: Path) -> str:
    text = printed(step.command, folder)
    keep = agrees(step, text) or "..." in step.shown.splitlines()
    shown = step.shown if keep else text and text + "\n"
    return f"$ {step.command}\n{shown}"
