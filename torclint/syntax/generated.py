"""Texts that say at their top that a program made them: what is changed there is lost when it runs again."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.syntax.node import Document, Span

_FIRST = 5  # comments that are looked at
_MARK = re.compile(
    r"@generated\b|\bdo not (?:edit|modify|change)\b|\bauto(?:matically)?[- ]?generated\b", re.IGNORECASE
)


def generated_mark(document: Document) -> Span | None:
    """The comment above all data that tells people not to edit the text; None if there is none."""
    start = _first_data(document)
    for span in document.comments[:_FIRST]:
        if span.start < start and _MARK.search(document.text, span.start, span.end):
            return span
    return None


def _first_data(document: Document) -> int:
    """Where the first key stands: the root of some syntaxes begins with the text."""
    root = document.root
    entries = getattr(root, "entries", ())
    return min((key.start for key, _ in entries), default=root.start)
