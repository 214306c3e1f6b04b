"""Edits: pieces of a text and what stands there instead. Everything between them stays as it is."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterable


class Edit(Record):
    """Put `replacement` where text[start:end] is; offsets in code points of the original text.

    `start == end` inserts before the character at `start`.
    """

    start: int
    end: int
    replacement: str


class EditConflict(ValueError):
    """Two edits want the same place, or one lies outside the text."""


def apply(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all edits made. Raises EditConflict where two overlap or insert at the same place.

    An insertion may touch the start or the end of a replacement: it goes before or after it.
    """
    pieces: list[str] = []
    done = 0
    previous: Edit | None = None
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if not 0 <= edit.start <= edit.end <= len(text):
            raise EditConflict(f"the edit of {edit.start}:{edit.end} lies outside a text of {len(text)} characters")
        if previous is not None and (edit.start < done or edit[:2] == previous[:2]):
            raise EditConflict(f"the edits of {previous.start}:{previous.end} and {edit.start}:{edit.end} overlap")
        pieces += (text[done : edit.start], edit.replacement)
        done = edit.end
        previous = edit
    pieces.append(text[done:])
    return "".join(pieces)
