"""What may stand before a value of YAML: an anchor and a tag, with line breaks and comments in between."""

from __future__ import annotations

import re

_GAP = r"(?:\s|(?<=\s)#[^\r\n]*)*"
_PROPERTIES = re.compile(rf"(?:[&!]\S*{_GAP})*")
_ANCHOR = re.compile(rf"(?:!\S*{_GAP})?&([A-Za-z0-9_-]+)")


def body_start(text: str, start: int, end: int) -> int:
    """Where the value itself of a node with text[start:end] begins; `end` if nothing stands behind its properties."""
    found = _PROPERTIES.match(text, start, end)
    return found.end() if found else start


def anchor_of(text: str, start: int) -> str:
    """The name of the anchor of the node that starts at `start`; "" if it has none."""
    found = _ANCHOR.match(text, start)
    return found[1] if found else ""


def anchor_place(text: str, start: int) -> tuple[int, int]:
    """Where the anchor of the node that starts at `start` stands, `&` included; empty if it has none."""
    found = _ANCHOR.match(text, start)
    return (found.start(1) - 1, found.end(1)) if found else (start, start)
