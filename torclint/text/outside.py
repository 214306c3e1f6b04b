"""What an answer about a spec depends on besides its text: the files that the spec names."""

# os.path, since pathlib takes longer to import than all of torclint's own modules
# ruff: noqa: PTH110
from __future__ import annotations

import os

from torclint.record import Record


class Seen(Record):
    """What was looked at outside of a text: whether paths lead to something, and how often into a file itself."""

    paths: tuple[tuple[str, bool], ...]
    reads: int

    @property
    def still_holds(self) -> bool:
        """Whether looking again would show the same; what was in a file is not looked at twice."""
        return not self.reads and all(_exists(path) == there for path, there in self.paths)


_paths: list[tuple[str, bool]] = []
_reads = 0


def is_there(path: str) -> bool:
    """Whether there is something at `path`, seen from the current folder."""
    there = _exists(path)
    _paths.append((path, there))
    return there


def note_reading() -> None:
    """Take down that the content of a file is about to be read."""
    global _reads
    _reads += 1


def forget() -> None:
    """Begin anew: `seen` tells what is looked at from here on."""
    global _reads
    _paths.clear()
    _reads = 0


def seen() -> Seen:
    """What was looked at since `forget`."""
    return Seen(tuple(_paths), _reads)


def _exists(path: str) -> bool:
    try:
        return os.path.exists(path)
    except ValueError:  # a path with a NUL
        return False
