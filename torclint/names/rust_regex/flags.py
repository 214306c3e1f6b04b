"""The flags that hold at a place of a pattern (the `x` flag is the parser's own)."""

from __future__ import annotations


class Flags:
    """i, m, s, U, u and R. Not changed once made."""

    __slots__ = ("crlf", "dot_all", "ignore_case", "multi_line", "swap_greed", "unicode")

    def __init__(
        self, ignore_case: bool, multi_line: bool, dot_all: bool, swap_greed: bool, unicode: bool, crlf: bool
    ) -> None:
        self.ignore_case = ignore_case
        self.multi_line = multi_line
        self.dot_all = dot_all
        self.swap_greed = swap_greed
        self.unicode = unicode
        self.crlf = crlf

    def updated(self, written: dict[str, bool]) -> Flags:
        """With what `(?...)` sets and clears."""
        if not written:
            return self
        return Flags(
            written.get("i", self.ignore_case),
            written.get("m", self.multi_line),
            written.get("s", self.dot_all),
            written.get("U", self.swap_greed),
            written.get("u", self.unicode),
            written.get("R", self.crlf),
        )


DEFAULT_FLAGS = Flags(False, False, False, False, True, False)
