"""The edits that take an ignore, or one rule of it, out of a spec."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.text.edits import Edit

if TYPE_CHECKING:
    from torclint.suppression.directives import Directive, Listed
    from torclint.syntax.node import Document


def without_rule(document: Document, directive: Directive, gone: Listed) -> tuple[Edit, ...]:
    """Take one rule out of the brackets; with the last one goes the comment."""
    place = directive.listed.index(gone)
    if len(directive.listed) == 1:
        return without_comment(document, directive)
    if place:
        return (Edit(directive.listed[place - 1].span.end, gone.span.end, ""),)
    return (Edit(gone.span.start, directive.listed[1].span.start, ""),)


def without_comment(document: Document, directive: Directive) -> tuple[Edit, ...]:
    """Take the comment out, with its line where it stands alone, else with the blanks before it.

    A remark before it in the same comment stays: of `# slow, see #12; torclint: ignore[TL501] meant` the first half. So does
    another directive that follows.
    """
    text = document.text
    start, end = directive.comment
    if directive.end < end:
        return (Edit(directive.span.start, directive.end, ""),)
    remark = text[start : directive.span.start].rstrip(" \t#/*;,.-")
    if remark:
        stop = end - 2 if text[end - 2 : end] == "*/" and text.startswith("/*", start) else end
        return (Edit(start + len(remark), stop, " " if stop < end else ""),)
    line = document.lines.position(start).line
    starts = document.lines.starts
    alone = not text[starts[line - 1] : start].strip()
    if alone and line < len(starts) and not text[end : starts[line]].strip():
        return (Edit(starts[line - 1], starts[line], ""),)
    while start > starts[line - 1] and text[start - 1] in " \t":
        start -= 1
    return (Edit(start, end, ""),)


def respelt(listed: Listed, name: str) -> tuple[Edit, ...]:
    """Put another rule where `listed` is."""
    return (Edit(listed.span.start, listed.span.end, name),)
