"""The flags that hold at a place of a pattern (the `x` flag is the parser's own)."""

from __future__ import annotations

from typing import NamedTuple


class Flags(NamedTuple):
    """i, m, s, U, u and R."""

    ignore_case: bool
    multi_line: bool
    dot_all: bool
    swap_greed: bool
    unicode: bool
    crlf: bool

    def updated(self, written: dict[str, bool]) -> Flags:
        """With what `(?...)` sets and clears."""
        if not written:
            return self
        return Flags(*[written.get(letter, old) for letter, old in zip("imsUuR", self, strict=True)])


DEFAULT_FLAGS = Flags(False, False, False, False, True, False)
