"""Sets of code points as sorted tuples of inclusive ranges, with the operations of regex-syntax's interval sets.

A set is canonical: its ranges are sorted, do not overlap and do not touch. Two things are as in the crate
(regex-syntax 0.8.11, hir/interval.rs) although one might not expect them: the range that ends at U+D7FF and the one
that starts at U+E000 do not touch, and a range may run across the surrogates (which no text can hold).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

Ranges = tuple[tuple[int, int], ...]

MAX_CODE_POINT = 0x10FFFF
MAX_BYTE = 0xFF
EVERYTHING: Ranges = ((0, MAX_CODE_POINT),)

_BEFORE_SURROGATES = 0xD7FF
_AFTER_SURROGATES = 0xE000


def canonical(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Sorts and joins what overlaps or touches."""
    result: list[tuple[int, int]] = []
    last_low, last_high = 0, -2
    for low, high in sorted(ranges):
        if low <= last_high + 1:
            if high > last_high:
                last_high = high
                result[-1] = (last_low, high)
        else:
            last_low, last_high = low, high
            result.append((low, high))
    return tuple(result)


def contains(ranges: Ranges, code: int) -> bool:
    """Whether the set holds the code point."""
    index = bisect_right(ranges, (code, MAX_CODE_POINT + 1)) - 1
    return index >= 0 and ranges[index][1] >= code


def union(left: Ranges, right: Ranges) -> Ranges:
    """What is in either set."""
    if not right or left == right:
        return left
    return canonical(left + right) if left else right


def intersect(left: Ranges, right: Ranges) -> Ranges:
    """What is in both sets."""
    result = []
    i = j = 0
    while i < len(left) and j < len(right):
        low = max(left[i][0], right[j][0])
        high = min(left[i][1], right[j][1])
        if low <= high:
            result.append((low, high))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return tuple(result)


def difference(left: Ranges, right: Ranges) -> Ranges:
    """What is in the left set only."""
    result = []
    first = 0
    for whole_low, high in left:
        low = whole_low
        while first < len(right) and right[first][1] < low:
            first += 1
        index = first
        while index < len(right) and right[index][0] <= high and low <= high:
            cut_low, cut_high = right[index]
            if cut_low > low:
                result.append((low, _before(cut_low)))
            low = _after(cut_high) if cut_high < high else high + 1
            index += 1
        if low <= high:
            result.append((low, high))
    return tuple(result)


def symmetric_difference(left: Ranges, right: Ranges) -> Ranges:
    """What is in exactly one of the sets."""
    return difference(union(left, right), intersect(left, right))


def negate(ranges: Ranges, maximum: int) -> Ranges:
    """What is not in the set, among 0 to `maximum`.

    The crate forms the gap between U+D7FF and U+E000 as the range (U+E000, U+D7FF) and then swaps its ends
    (hir/interval.rs, `negate` and `create`), so both are in the complement although they are in the set. So here.
    """
    if not ranges:
        return ((0, maximum),)
    result = []
    if ranges[0][0] > 0:
        result.append((0, _before(ranges[0][0])))
    for index in range(1, len(ranges)):
        gap = (_after(ranges[index - 1][1]), _before(ranges[index][0]))
        result.append(gap if gap[0] <= gap[1] else (gap[1], gap[0]))
    if ranges[-1][1] < maximum:
        result.append((_after(ranges[-1][1]), maximum))
    return tuple(result)


def _before(code: int) -> int:
    return _BEFORE_SURROGATES if code == _AFTER_SURROGATES else code - 1


def _after(code: int) -> int:
    return _AFTER_SURROGATES if code == _BEFORE_SURROGATES else code + 1
