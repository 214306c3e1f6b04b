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
_GO_ON = ("-", ":")  # then it is another word: `ignore-file`, `ignore:TL501`
_CODE = re.compile(r"[^\s,](?:[^,]*[^\s,])?")


class Listed(Record):
    """One code or name in the brackets of a directive, as written."""

    text: str
    span: Span


class Directive(Record):
    """What a comment says to torclint; it may say several such things. `listed` is empty where it names no rule, `fault` says
    what is wrong with it."""

    comment: Span
    span: Span  # from `torclint:` to the closing bracket
    listed: tuple[Listed, ...]
    fault: str = ""
    end: int = (
        0  # of the words that belong to it: that of the comment, or where the next one in the same comment begins
    )


def directives_of(document: Document) -> Iterator[Directive]:
    """The directives in the comments of a spec, in order."""
    if not may_address_torclint(document.text):
        return
    for comment in document.comments:
        # `/-` takes a whole KDL node out: what is in there is not addressed to anybody
        if not document.text.startswith("/-", comment.start):
            yield from _within(document.text, comment)


def _within(text: str, comment: Span) -> Iterator[Directive]:
    all_found = [
        one
        for one in _IGNORE.finditer(text, comment.start, comment.end)
        if text[one.end() : one.end() + 1] not in _GO_ON
    ]
    if not all_found:
        other = _OTHER.match(text, comment.start, comment.end)
        if other is not None:
            fault = f"`{other[2]}` is nothing that torclint knows"
            yield Directive(comment, Span(*other.span(1)), (), fault, comment.end)
            return
        without = _NO_COLON.match(text, comment.start, comment.end)
        if without is not None:
            yield Directive(comment, Span(*without.span(1)), (), "there is no colon after torclint", comment.end)
        return
    ends = (*(one.start() for one in all_found[1:]), comment.end)
    for found, end in zip(all_found, ends, strict=True):
        yield _ignore(text, comment, found, end)


def _ignore(text: str, comment: Span, found: re.Match[str], end: int) -> Directive:
    span = Span(*found.span())
    if found[1] is None:
        return Directive(comment, span, (), "it does not say which rule to ignore", end)
    if found[2] is None:
        return Directive(comment, span, (), "the bracket is not closed", end)
    listed = tuple(Listed(one[0], Span(*one.span())) for one in _CODE.finditer(text, found.start(1), found.end(1)))
    return Directive(comment, span, listed, "" if listed else "it does not say which rule to ignore", end)
