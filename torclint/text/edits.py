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


def compose(first: Iterable[Edit], second: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits on a text that do what `first` does to it, and then `second` to the outcome; none touches another."""
    pieces: list[tuple[int, int, str]] = []  # from the old text: (start, end, ""); new: (-1, -1, text)
    done = 0
    for edit in sorted(first, key=lambda edit: (edit.start, edit.end)):
        pieces += ((done, edit.start, ""), (-1, -1, edit.replacement))
        done = edit.end
    pieces.append((done, _END, ""))
    out: list[tuple[int, int, str]] = []
    place = 0  # in the outcome of `first`
    queue = iter(pieces)
    left = next(queue, None)
    for edit in sorted(second, key=lambda edit: (edit.start, edit.end)):
        for until, target in ((edit.start, out), (edit.end, [])):
            while left is not None and place < until:
                taken, left = _split(left, until - place)
                target.append(taken)
                place += _length(taken)
                if left is None:
                    left = next(queue, None)
        out.append((-1, -1, edit.replacement))
    if left is not None:
        out += (left, *queue)
    return _as_edits(out)


_END = 1 << 60  # past every text


def _length(piece: tuple[int, int, str]) -> int:
    return len(piece[2]) if piece[0] < 0 else piece[1] - piece[0]


def _split(piece: tuple[int, int, str], length: int) -> tuple[tuple[int, int, str], tuple[int, int, str] | None]:
    """The first `length` characters of a piece, and what is left of it."""
    start, end, new = piece
    if length >= _length(piece):
        return piece, None
    if start < 0:
        return (-1, -1, new[:length]), (-1, -1, new[length:])
    return (start, start + length, ""), (start + length, end, "")


def _as_edits(pieces: list[tuple[int, int, str]]) -> tuple[Edit, ...]:
    edits: list[Edit] = []
    done = 0
    text = ""
    for start, end, new in pieces:
        if start < 0:
            text += new
        elif end > start:
            if text or start > done:
                edits.append(Edit(done, start, text))
            done, text = end, ""
    return tuple(edits)
