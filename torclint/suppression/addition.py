"""The edits that put an ignore for a finding into a spec."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.suppression.apply import ignored_spans
from torclint.suppression.directives import directives_of
from torclint.syntax import ParseError, parse
from torclint.text.edits import Edit, apply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.syntax.node import Document

_MARKS = {"yaml": "#", "json5": "//", "kdl": "//"}


def with_ignore(document: Document, code: str, offset: int) -> tuple[Edit, ...]:
    """A comment, or one more rule in one, that ignores `code` at text[offset] and changes nothing else.

    Nothing where that cannot be: JSON has no comments, and a text over several lines may leave no room for one.
    """
    mark = _MARKS.get(document.format)
    if mark is None:
        return ()
    value = document.value
    for edit in _candidates(document, f"{mark} torclint: ignore[{code}]", code, offset):
        text = apply(document.text, [edit])
        try:
            after = parse(text, document.format)
        except ParseError:
            continue
        place = offset if offset < edit.start else offset + len(edit.replacement)
        if after.value == value and any(span.start <= place < span.end for span in ignored_spans(after, (), code)):
            return (edit,)
    return ()


def _candidates(document: Document, comment: str, code: str, offset: int) -> Iterator[Edit]:
    """The places for it: a comment that ignores something on the line, the end of the line, a line of its own above."""
    lines = document.lines
    line = lines.position(offset).line
    start = lines.starts[line - 1]
    written = lines.line_text(line)
    end = start + len(written)
    for directive in directives_of(document):
        if start <= directive.span.start < end and directive.listed and not directive.fault:
            last = directive.listed[-1].span.end
            yield Edit(last, last, f", {code}")
    yield Edit(start + len(written.rstrip()), start + len(written.rstrip()), f"  {comment}")
    indent = written[: len(written) - len(written.lstrip())]
    newline = "\r\n" if "\r\n" in document.text[:10_000] else "\n"
    yield Edit(start, start, f"{indent}{comment}{newline}")
