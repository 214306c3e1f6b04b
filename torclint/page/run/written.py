"""The end of what a job wrote, as a page can show it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from torclint.record import Record
from torclint.run.store.written import files_of

if TYPE_CHECKING:
    from pathlib import Path

    from torclint.run.store.schema import Row
    from torclint.run.store.summary import Summary

LINES, BYTES = 40, 8192
_LONGEST = 500  # characters of a line
# colours, movements and titles of a terminal (ECMA-48: CSI, OSC and the two-character sequences)
_TERMINAL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])")


class Tail(Record):
    """`name` is the stream, `path` its file as seen from the folder of the run, `size` its bytes. `cut` says whether there
    was more before these lines."""

    name: str
    path: str
    size: int
    lines: tuple[str, ...]
    cut: bool


def tails_of(found: Summary, row: Row) -> list[Tail]:
    """What an attempt wrote to stderr, then to stdout, each if it wrote anything that is still there."""
    out, err = files_of(found, row)
    named = [("stdout and stderr", out)] if out is not None and out == err else [("stderr", err), ("stdout", out)]
    tails = [_tail(found, name, path) for name, path in named if path is not None]
    return [tail for tail in tails if tail is not None]


def _tail(found: Summary, name: str, path: Path) -> Tail | None:
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - BYTES))
            text = file.read(BYTES).decode("utf-8", "replace")
    except OSError:
        return None
    lines = plain_lines(text)
    if not any(lines):
        return None
    shown = lines[-LINES:]
    cut = size > BYTES or len(shown) < len(lines)
    return Tail(name, os.path.relpath(path, found.folder), size, tuple(shown), cut)


def plain_lines(text: str) -> list[str]:
    """The lines as a terminal would show them in the end, without colours: what a line was written over with is what is
    left of it, and long ones lose their ends."""
    lines = []
    for line in _TERMINAL.sub("", text).rstrip().split("\n"):
        last = line.rstrip("\r").rsplit("\r", 1)[-1].expandtabs(8)
        lines.append(last if len(last) <= _LONGEST else f"{last[:_LONGEST]}...")
    return lines
