"""Lines of a spec as HTML: coloured by what Torc's reader makes of them, with the places of findings marked.

The colours come from the tree that the spec was read into, so that they show what is a number and what is a text in this syntax.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from torclint.page.texts import source
from torclint.record import Record
from torclint.report.cells import visible, width
from torclint.syntax.node import Scalar, Sequence, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from torclint.syntax.node import Document, Node
    from torclint.text.lines import LineIndex

MOST_IN_LINE = 400  # characters of a line that are shown
_BEFORE = 60  # of them, at most, before the first mark of a line that is longer
_TAB = 4
_SLOT = re.compile(r"\{[A-Za-z_]\w*(?::[^{}\n]*)?\}")


class Token(Record):
    """A piece of text with one colour: "k" a key, "s" a text, "p" a slot in it, "n" a number, "w" a word, "c" a comment."""

    start: int
    end: int
    kind: str


class Mark(Record):
    """A place to underline. `kind` is the severity of its finding, or "related"; `label` is what to say there."""

    span: Span
    kind: str
    label: str = ""


class Code:
    """The lines of one text. Only the parts of it that are asked for are coloured: `regions` are lines, from 1, as ranges."""

    def __init__(self, lines: LineIndex, document: Document | None, regions: Iterable[range]) -> None:
        self._lines = lines
        self._tokens = _tokens(document, [_span(lines, region) for region in regions]) if document is not None else []
        self._starts = [token.start for token in self._tokens]

    def line(self, number: int, marks: Iterable[Mark] = ()) -> Markup:
        """The line as HTML, cut where it is long, and below it what is to be said of the places in it."""
        start, end = self._reach(number)
        here = sorted((mark for mark in marks if self._touches(mark, start, end)), key=lambda mark: mark.span)
        left, right = start, end
        if end - start > MOST_IN_LINE:
            first = max(start, here[0].span.start) if here else start
            left = max(start, min(first - _BEFORE, end - MOST_IN_LINE))
            right = left + MOST_IN_LINE
        cut = '<span class="cut">…</span>'
        made = "".join(self._pieces(left, right, here))
        line = f"<code>{cut if left > start else ''}{made}{cut if right < end else ''}</code>"
        said = (self._said(mark, left, right, left > start) for mark in here if mark.label and mark.span.start >= start)
        return Markup(line + "".join(said))

    def _reach(self, number: int) -> tuple[int, int]:
        start = self._lines.starts[number - 1]
        return start, start + len(self._lines.line_text(number))

    @staticmethod
    def _touches(mark: Mark, start: int, end: int) -> bool:
        if mark.span.start == mark.span.end:
            return start <= mark.span.start <= end
        return (mark.span.start < end and mark.span.end > start) or mark.span.start == start == end

    def _pieces(self, left: int, right: int, marks: list[Mark]) -> Iterator[str]:
        tokens = self._tokens[bisect_right(self._starts, left) - 1 if self._starts and self._starts[0] <= left else 0 :
                              bisect_left(self._starts, right)]  # fmt: skip
        cuts = {left, right}
        for start, end in [(token.start, token.end) for token in tokens] + [
            (mark.span.start, mark.span.end) for mark in marks
        ]:
            cuts |= {place for place in (start, end) if left < place < right}
        places = sorted(cuts)
        token = 0
        for begin, end in pairwise(places):
            while token < len(tokens) and tokens[token].end <= begin:
                token += 1
            kind = tokens[token].kind if token < len(tokens) and tokens[token].start <= begin else ""
            text = str(source(self._lines.text[begin:end]))
            if kind:
                text = f'<span class="{kind}">{text}</span>'
            mark = next((each for each in marks if each.span.start <= begin < each.span.end), None)
            yield f'<mark class="{mark.kind}">{text}</mark>' if mark is not None else text

    def _said(self, mark: Mark, left: int, right: int, is_cut: bool) -> str:
        start = max(left, min(mark.span.start, right))
        before = width(self._lines.text[left:start].expandtabs(_TAB)) + is_cut
        return f'<span class="said {mark.kind}"><span class="indent">{" " * before}</span>{escape(visible(mark.label))}</span>'


def _span(lines: LineIndex, region: range) -> Span:
    end = lines.starts[region.stop - 1] if region.stop - 1 < len(lines.starts) else len(lines.text)
    return Span(lines.starts[region.start - 1], end)


def _tokens(document: Document, regions: list[Span]) -> list[Token]:
    """What is to be coloured in `regions` (in the order of the text), without overlaps."""
    ends = [region.end for region in regions]

    def wanted(start: int, end: int) -> bool:
        place = bisect_right(ends, start)
        return place < len(regions) and regions[place].start < end

    found = [Token(each.start, each.end, "c") for each in document.comments if wanted(each.start, each.end)]
    waiting: list[Node] = [document.root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            if wanted(node.start, node.end):
                found += _scalar(node, document.text)
        elif node.alias:
            found.append(Token(node.start, node.end, "w"))
        elif isinstance(node, Sequence):
            waiting += node.items
        elif node is document.root or wanted(node.start, node.end):
            for key, value in node.entries:
                if wanted(key.start, key.end):
                    found.append(Token(key.start, key.end, "k"))
                waiting.append(value)
    return _apart(found)


def _scalar(node: Scalar, text: str) -> Iterator[Token]:
    if node.alias or node.value is None or isinstance(node.value, bool):
        yield Token(node.start, node.end, "w")
    elif not isinstance(node.value, str):
        yield Token(node.start, node.end, "n")
    else:
        place = node.start
        for slot in _SLOT.finditer(text, node.start, node.end):
            yield Token(place, slot.start(), "s")
            yield Token(slot.start(), slot.end(), "p")
            place = slot.end()
        yield Token(place, node.end, "s")


def _apart(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    reach = 0
    for token in sorted(tokens):
        if token.start >= reach and token.start < token.end:
            kept.append(token)
            reach = token.end
    return kept
