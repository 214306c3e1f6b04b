"""What comments say to torclint: `# torclint: ignore[TL501, catch-all-pattern] reason`."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING, Record
from torclint.suppression import may_address_torclint
from torclint.syntax.node import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.syntax.node import Document

_IGNORE = re.compile(r"torclint:[ \t]*ignore[ \t]*(?:\[([^\]\r\n]*)(\])?)?", re.IGNORECASE)
_NO_COLON = re.compile(r"[#/*\s]*(torclint[ \t]+ignore[ \t]*)\[", re.IGNORECASE)
# other tools' words, with which people try to say the same
_OTHER = re.compile(
    r"[#/*\s]*(torclint:[ \t]*(noqa|nolint|disable(?:-\w+)*|enable|off|skip|(?:file-)?ignore(?:-\w+)*))\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"[^\s,](?:[^,]*[^\s,])?")


class Listed(Record):
    """One code or name in the brackets of a directive, as written."""

    text: str
    span: Span


class Directive(Record):
    """One comment for torclint. `listed` is empty where the comment names no rule, `fault` says what is wrong with it."""

    comment: Span
    span: Span  # from `torclint:` to the closing bracket
    listed: tuple[Listed, ...]
    fault: str = ""


def directives_of(document: Document) -> Iterator[Directive]:
    """The directives in the comments of a spec, in order."""
    if not may_address_torclint(document.text):
        return
    for comment in document.comments:
        # `/-` takes a whole KDL node out: what is in there is not addressed to anybody
        if not document.text.startswith("/-", comment.start):
            yield from _within(document.text, comment)


def _within(text: str, comment: Span) -> Iterator[Directive]:
    found = _IGNORE.search(text, comment.start, comment.end)
    if found is None or text[found.end() : found.end() + 1] in ("-", ":"):
        other = _OTHER.match(text, comment.start, comment.end)
        if other is not None:
            fault = f"`{other[2]}` is nothing that torclint knows"
            yield Directive(comment, Span(*other.span(1)), (), fault)
            return
        without = _NO_COLON.match(text, comment.start, comment.end)
        if without is not None:
            yield Directive(comment, Span(*without.span(1)), (), "there is no colon after torclint")
        return
    span = Span(*found.span())
    if found[1] is None:
        yield Directive(comment, span, (), "it does not say which rule to ignore")
    elif found[2] is None:
        yield Directive(comment, span, (), "the bracket is not closed")
    else:
        listed = tuple(Listed(one[0], Span(*one.span())) for one in _CODE.finditer(text, found.start(1), found.end(1)))
        yield Directive(comment, span, listed, "" if listed else "it does not say which rule to ignore")
