"""The smallest parts of KDL as crate kdl 6.7.1 reads them: white space, comments, strings, numbers, keywords.

The crate tries alternatives and goes back where one fails, except behind a "cut", where the whole text is refused.
Here None stands for the first and ParseError for the second.
"""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.syntax.kdl_strings import BLANK, FORBIDDEN, LINE_BREAK, NEWLINE, MalformedString, quoted, raw
from torclint.syntax.node import ParseError

if TYPE_CHECKING:
    from torclint.syntax.kdl_tree import KdlValue

_IDENTIFIER_CHARACTER = rf"[^{BLANK}{NEWLINE}{FORBIDDEN}\\/(){{}}\[\];\"#=]"
IDENTIFIER = (
    rf"(?:(?![0-9+\-.]){_IDENTIFIER_CHARACTER}++|[+\-](?![0-9.]){_IDENTIFIER_CHARACTER}*+"
    rf"|[+\-]?\.(?![0-9]){_IDENTIFIER_CHARACTER}*+)"
)
PLAIN_STRING = rf'"(?!"")([^"\\{NEWLINE}{FORBIDDEN}]*+)"'
RESERVED = frozenset(["true", "false", "null", "inf", "nan"])  # v1 keywords, an error without a `#`

_BLANKS = re.compile(rf"[{BLANK}]*+")
_BLANKS_AND_LINES = re.compile(rf"[{BLANK}{NEWLINE}]*+(?://[^{NEWLINE}]*+[{BLANK}{NEWLINE}]*+)*+")
_REST_OF_LINE = re.compile(rf"(?://[^{NEWLINE}]*+)?+(?:{LINE_BREAK}|\Z)")
_COMMENT_MARK = re.compile(r"/\*|\*/")
_TERMINATOR = re.compile(rf"(?:;|(?://[^{NEWLINE}]*+)(?:{LINE_BREAK}|\Z)|{LINE_BREAK})")
# a backslash or comment that is not well formed is refused where it is read
_VALUE_ENDS = re.compile(rf"[=){{}};\\{BLANK}{NEWLINE}]|/[/*]|\Z")
_IDENTIFIER = re.compile(IDENTIFIER)

_KEYWORD = re.compile(r"#(true|false|null|nan|inf|-inf)")
_KEYWORDS = {
    "true": True, "false": False, "null": None, "nan": float("nan"), "inf": float("inf"), "-inf": float("-inf"),
}  # fmt: skip
_NUMBER_STARTS = re.compile(r"[+-]?[0-9]")
_RADIX = re.compile(r"([+-]?)0([xXoObB])")
_RADIX_DIGITS = {
    "x": (16, re.compile(r"[0-9a-fA-F][0-9a-fA-F_]*+")),
    "o": (8, re.compile(r"[0-7][0-7_]*+")),
    "b": (2, re.compile(r"[01][01_]*+")),
}
_DIGITS = r"[0-9][0-9_]*+"
_DECIMAL = re.compile(rf"([+-]?)({_DIGITS})(?:\.({_DIGITS}))?+(?:[eE][+-]?({_DIGITS}))?+")
_MAX_I128 = 2**127 - 1


class Lexer:
    """Reads single tokens of `text`; all offsets in code points."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def node_space(self, position: int) -> int:
        """Where the blanks, block comments and escaped line ends from `position` on stop."""
        text = self.text
        position = _end(_BLANKS, text, position)
        while text.startswith(("/*", "\\"), position):
            after = self.block_comment(position) if text[position] == "/" else self._escaped_line_end(position)
            if after == position:
                break
            position = _end(_BLANKS, text, after)
        return position

    def line_space(self, position: int) -> int:
        """As `node_space`, over line ends and line comments as well."""
        text = self.text
        position = _end(_BLANKS_AND_LINES, text, position)
        while text.startswith(("/*", "\\"), position):
            after = self.node_space(position)
            if after == position:
                break
            position = _end(_BLANKS_AND_LINES, text, after)
        return position

    def terminator(self, position: int) -> int:
        """The offset behind the `;`, line end or line comment at `position`; -1 if there is none."""
        found = _TERMINATOR.match(self.text, position)
        return found.end() if found is not None else -1

    def string(self, position: int) -> tuple[str, int] | None:
        """The string of any kind at `position` and its end."""
        text = self.text
        mark = text[position : position + 1]
        try:
            if mark == '"':
                found = quoted(text, position)
            elif mark == "#":
                unsure = raw(text, position)
                if unsure is None:
                    return None
                found = unsure
            else:
                name = _IDENTIFIER.match(text, position)
                if name is None:
                    return None
                if name[0] in RESERVED:
                    raise ParseError(f"{name[0]} must be written #{name[0]}, or in quotes", text, position)
                found = name[0], name.end()
        except MalformedString as error:
            raise ParseError(error.message, text, error.offset) from None
        self._expect_end(found[1])
        return found

    def annotation(self, position: int) -> tuple[str, int]:
        """The type annotation `(name)` at `position` and its end."""
        found = self.string(self.node_space(position + 1))
        if found is None:
            raise ParseError("expected the name of a type", self.text, position)
        end = self.node_space(found[1])
        if not self.text.startswith(")", end):
            raise ParseError("expected ')' after the name of a type", self.text, end)
        return found[0], end + 1

    def value(self, position: int) -> tuple[KdlValue, int] | None:
        """The keyword, number or string at `position` and its end."""
        mark = self.text[position : position + 1]
        if mark == "#" and not self.text.startswith(("##", '#"'), position):
            return self._keyword(position)
        if _NUMBER_STARTS.match(self.text, position):
            return self._number(position)
        return self.string(position)

    def _expect_end(self, position: int) -> None:
        if not _VALUE_ENDS.match(self.text, position):
            message = f"expected a space or the end of the node before {self.text[position]!r}"
            raise ParseError(message, self.text, position)

    def block_comment(self, start: int) -> int:
        """The end of the comment that opens at `start`; comments nest."""
        depth = 0
        for mark in _COMMENT_MARK.finditer(self.text, start):
            depth += 1 if mark[0] == "/*" else -1
            if not depth:
                return mark.end()
        raise ParseError("this comment is never closed", self.text, start)

    def _escaped_line_end(self, start: int) -> int:
        """The offset behind the line end after a `\\`; `start` if something else follows."""
        text = self.text
        position = _end(_BLANKS, text, start + 1)
        while text.startswith("/*", position):
            position = _end(_BLANKS, text, self.block_comment(position))
        found = _REST_OF_LINE.match(text, position)
        return found.end() if found is not None else start

    def _keyword(self, position: int) -> tuple[KdlValue, int]:
        found = _KEYWORD.match(self.text, position)
        if found is None:
            message = "expected #true, #false, #null, #nan, #inf or #-inf"
            raise ParseError(message, self.text, position)
        return _KEYWORDS[found[1]], found.end()

    def _number(self, position: int) -> tuple[KdlValue, int]:
        text = self.text
        prefix = _RADIX.match(text, position)
        if prefix is not None:
            base, pattern = _RADIX_DIGITS[prefix[2].lower()]
            digits = pattern.match(text, prefix.end())
            if digits is None:
                raise ParseError("expected a digit", text, prefix.end())
            self._expect_end(digits.end())
            return self._integer(prefix[1], digits[0], base, position), digits.end()
        found = _DECIMAL.match(text, position)
        assert found is not None  # a digit is there
        self._expect_end(found.end())
        sign, whole, fraction, exponent = found.groups()
        if fraction is None and exponent is None:
            return self._integer(sign, whole, 10, position), found.end()
        for part in filter(None, (whole, fraction, exponent)):
            self._integer("", part, 10, position)  # the crate reads each part as an i128
        return float(found[0].replace("_", "")), found.end()

    def _integer(self, sign: str, digits: str, base: int, position: int) -> int:
        significant = digits.replace("_", "").lstrip("0")
        value = int(significant or "0", base) if len(significant) <= 128 else _MAX_I128 + 1
        if value > _MAX_I128:
            raise ParseError("a number of more than 128 bits", self.text, position)
        return -value if sign == "-" else value


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found is not None else position
