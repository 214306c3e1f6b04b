"""What makes one text of another: the one edit between what both begin with and what both end with."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.text.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Callable

_STEP = 1 << 16  # characters that are compared at once


def change_between(old: str, new: str) -> Edit:
    """The smallest single edit that makes `new` of `old`; nothing is inserted where they are equal."""
    most = min(len(old), len(new))
    start = _shared(most, lambda place, size: old.startswith(new[place : place + size], place))

    def same_from_end(place: int, size: int) -> bool:
        first = len(new) - place - size
        return old.startswith(new[first : first + size], len(old) - place - size)

    kept = _shared(most - start, same_from_end)
    return Edit(start, len(old) - kept, new[start : len(new) - kept])


def _shared(most: int, same: Callable[[int, int], bool]) -> int:
    """How many of `most` characters are the same; `same` tells it of so many at a place."""
    place = 0
    while place + _STEP <= most and same(place, _STEP):
        place += _STEP
    size = _STEP
    while size > 1:
        size //= 2
        if place + size <= most and same(place, size):
            place += size
    return place
