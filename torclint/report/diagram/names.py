"""Names that fit where little room is."""

from __future__ import annotations

from torclint.report.cells import width


def middle_cut(text: str, cells: int) -> str:
    """`text` in at most `cells` cells; what is too long loses its middle, since names differ at either end."""
    if width(text) <= cells:
        return text
    head, tail = text[: len(text) // 2], text[len(text) // 2 :]
    while head and tail and width(head) + 1 + width(tail) > cells:
        head, tail = (head[:-1], tail) if len(head) >= len(tail) else (head, tail[1:])
    return f"{head}…{tail}"
