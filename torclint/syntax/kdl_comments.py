"""Where the comments of a KDL text are: `//`, `/* */`, and what `/-` takes out."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.syntax.kdl_lexer import Lexer
from torclint.syntax.kdl_strings import LINE_BREAK, NEWLINE
from torclint.syntax.node import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_STRINGS_AND_COMMENTS = re.compile(
    rf'(#++)(?:"""(?={LINE_BREAK}).*?"""|".*?")\1'
    rf'|"""(?={LINE_BREAK})(?:[^"\\]|\\.|"(?!""))*+"""'
    r'|"(?:[^"\\]|\\.)*+"'
    rf"|(//[^{NEWLINE}]*+)|(/\*)",
    re.DOTALL,
)
_LINE_COMMENT, _BLOCK_COMMENT = 2, 3


def find_comments(text: str, dropped: list[Span]) -> list[Span]:
    """The spans of all comments of a text that was read, in order; `dropped` is what `/-` took out of it."""
    spans: list[Span] = []
    for span in sorted([*_written(text), *dropped], key=lambda span: (span.start, -span.end)):
        if not spans or span.start >= spans[-1].end:
            spans.append(span)
    return spans


def _written(text: str) -> Iterator[Span]:
    lexer = Lexer(text)
    position = 0
    while (found := _STRINGS_AND_COMMENTS.search(text, position)) is not None:
        position = found.end()
        if found.lastindex == _BLOCK_COMMENT:
            position = lexer.block_comment(found.start())
        if found.lastindex in (_LINE_COMMENT, _BLOCK_COMMENT):
            yield Span(found.start(), position)
