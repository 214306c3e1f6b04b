"""The choices of a style: some for the whole text, some for each place. Every comment has a number of its own."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

COMMENTS = ["one", "two\tthree", "ünïcode ✓", "- name: no item", "", "'quote\"", "a: b, c] }", "😀 #x", "//", "name w"]
NUMBER = re.compile(r"§\d+")


class Pen:
    """Draws from `draw`; `mark` is what a comment begins with."""

    def __init__(self, draw: st.DrawFn, mark: str = "#") -> None:
        self.draw = draw
        self.mark = mark
        self.newline = self.one("\n", "\n", "\n", "\r\n", "\r\n", "\r")
        self.commented = self.seldom(2)
        self.spaced = self.seldom(2)
        self._traits: dict[str, bool] = {}
        self._number = 0

    def one(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def seldom(self, times: int = 6) -> bool:
        """Once in so many times."""
        return self.draw(st.integers(0, times - 1)) == times - 1

    def is_so(self, trait: str, times: int = 4) -> bool:
        """A trait of the whole text; where it has it, at every other place."""
        if trait not in self._traits:
            self._traits[trait] = self.seldom(times)
        return self._traits[trait] and self.seldom(2)

    def comment(self) -> str:
        self._number += 1
        return f"{self.mark}{self.one(' ', '')}{self.one(*COMMENTS)} §{self._number}"

    def end(self, apart: str = " ") -> str:
        """The end of a line: perhaps a comment, or blanks that nobody sees."""
        if self.commented and self.seldom(3):
            return self.one(apart, apart, "\t", "   ") + self.comment()
        return self.one(" ", "\t", "  ") if self.is_so("blanks at the end") else ""

    def above(self, indent: str, *others: str) -> list[str]:
        """Lines between two items, as far in as `indent` or one of `others`."""
        lines = [""] if self.spaced else []
        while self.commented and self.seldom(2):
            lines.append(self.one(indent, indent, indent, *others) + self.comment())
        if lines and self.seldom(6):
            lines.append("")
        return lines

    def text(self, lines: list[str]) -> str:
        end = self.one(self.newline, self.newline, "", self.newline * 2)
        return self.newline.join(line for each in lines for line in each.split("\n")) + end


def numbers(text: str) -> list[str]:
    """The numbers of all comments in `text`, in their order."""
    return NUMBER.findall(text)
