"""Asking about each change: a diff, and a letter for an answer."""

from __future__ import annotations

import sys

from torclint.record import TYPE_CHECKING
from torclint.report.differences import render
from torclint.report.terminal import terminal_of
from torclint.text.diff import unified_diff

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torclint.text.edits import Edit

_QUESTION = "Make this change? [y]es, [n]o, [a]ll that are left, [q]uit: "


class Dialogue:
    """Remembers "all" and "quit", which hold for all files. What is asked goes to stderr; no answer means quit."""

    def __init__(self, color: str) -> None:
        self._palette = terminal_of(sys.stderr, color).palette
        self._always: bool | None = None

    def accepts(self, path: str, text: str, edits: Iterable[Edit]) -> bool:
        """Whether the change that `edits` make of `text` is wanted."""
        if self._always is not None:
            return self._always
        for line in render(unified_diff(text, edits, path, path), self._palette):
            print(line, file=sys.stderr)
        while True:
            print(_QUESTION, end="", file=sys.stderr, flush=True)
            line = sys.stdin.readline()
            answer = line.strip().lower()[:1]
            if answer == "y" or answer == "n":
                return answer == "y"
            if answer in ("a", "q") or not line:
                self._always = answer == "a"
                return self._always
