"""Where in a TOML file a setting stands: `tomllib` gives values without places."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]")
_PART = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*\.?""")
_KEY = re.compile(r"""\s*((?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_.\s-])+?)\s*=""")


def line_of(text: str, path: Sequence[str]) -> int:
    """The line, from 1, of the setting at `path` (keys; a place in a list is a number), or of the nearest table around
    it that has a line of its own."""
    best, depth = 1, 0
    table: tuple[str, ...] = ()
    counts: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header is not None:
            table = _parts(header[2])
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, str(counts[table]))
            here = table
        else:
            key = _KEY.match(line)
            if key is None:
                continue
            here = (*table, *_parts(key[1]))
        if len(here) > depth and tuple(path[: len(here)]) == here:
            best, depth = number, len(here)
    return best


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(found[1] or found[2] or found[3] for found in _PART.finditer(dotted))
