"""The place in the pattern that the parsers share, and the steps they take from it (regex-syntax, ast/parse.rs)."""

from __future__ import annotations

from torclint.names.rust_regex.errors import RegexError
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NoReturn

# White_Space, which is what Rust's char::is_whitespace asks for; Python's str.isspace also takes U+001C to U+001F.
WHITE_SPACE = frozenset(
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f"
    "\u205f\u3000"
)
MAX_COUNT = 0xFFFF_FFFF


class Scanner:
    """A pattern and an offset in it. `skips_space` is the `x` flag as it stands at the offset."""

    __slots__ = ("length", "offset", "pattern", "skips_space")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.length = len(pattern)
        self.offset = 0
        self.skips_space = False

    def fail(self, message: str, start: int, end: int) -> NoReturn:
        raise RegexError("syntax", message, self.pattern, start, end)

    @property
    def char(self) -> str:
        """The character here; "" at the end."""
        return self.pattern[self.offset : self.offset + 1]

    @property
    def at_end(self) -> bool:
        return self.offset >= self.length

    def bump(self) -> bool:
        """One character on; False where that is the end."""
        if self.offset < self.length:
            self.offset += 1
        return self.offset < self.length

    def bump_if(self, prefix: str) -> bool:
        """Past `prefix` if it stands here."""
        if not self.pattern.startswith(prefix, self.offset):
            return False
        self.offset += len(prefix)
        return True

    def bump_and_skip(self) -> bool:
        """One character on, then past what the `x` flag ignores; False at the end."""
        if not self.bump():
            return False
        self.skip_space()
        return self.offset < self.length

    def skip_space(self) -> None:
        """Past white space and comments, if the `x` flag is set."""
        if not self.skips_space:
            return
        pattern, length = self.pattern, self.length
        while self.offset < length:
            char = pattern[self.offset]
            if char in WHITE_SPACE:
                self.offset += 1
            elif char == "#":
                line_end = pattern.find("\n", self.offset)
                self.offset = length if line_end < 0 else line_end + 1
            else:
                return

    def peek(self) -> str:
        """The character after this one; "" where there is none."""
        return self.pattern[self.offset + 1 : self.offset + 2]

    def peek_past_space(self) -> str:
        """The next character that the `x` flag does not ignore.

        As in the crate, the first character of a comment's text counts, since there a comment only ends with a line end
        and line ends are skipped before that is looked at (`peek_space`).
        """
        if not self.skips_space:
            return self.peek()
        if self.at_end:
            return ""
        in_comment = False
        for index in range(self.offset + 1, self.length):
            char = self.pattern[index]
            if char == "#" and not in_comment:
                in_comment = True
            elif char not in WHITE_SPACE:
                return char
        return self.peek()

    def skip_any_space(self) -> None:
        """Past white space, whatever the flags."""
        while self.char and self.char in WHITE_SPACE:
            self.offset += 1

    def decimal(self) -> int:
        """A decimal number with white space around it; the messages are those for repetition counts."""
        self.skip_any_space()
        start = self.offset
        digits = []
        while "0" <= self.char <= "9":
            digits.append(self.char)
            self.bump_and_skip()
        end = self.offset
        while self.char and self.char in WHITE_SPACE:
            self.bump_and_skip()
        if not digits:
            self.fail("repetition quantifier expects a valid decimal", start, end)
        text = "".join(digits).lstrip("0") or "0"
        if len(text) > 10 or int(text) > MAX_COUNT:
            self.fail("decimal literal invalid", start, end)
        return int(text)
