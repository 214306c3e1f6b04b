r"""A character class as the automaton uses it: ASCII answers at once, the rest from ranges that may be built later.

`\d`, `\s` and `\w` hold hundreds of ranges that plain names never need, so a class made of them keeps a recipe and
reads the Unicode tables on the first character beyond ASCII.
"""

from __future__ import annotations

from bisect import bisect_right

from torclint.names.rust_regex.ranges import MAX_CODE_POINT, Ranges, canonical, negate
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

ALL_ASCII = (1 << 128) - 1

_DIGITS = 0x3FF << 0x30
_SPACES = 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12 | 1 << 13 | 1 << 32
_LETTERS = 0x3FFFFFF << 0x41 | 0x3FFFFFF << 0x61
WORD_ASCII = _DIGITS | _LETTERS | 1 << 0x5F
PERL_ASCII = {"d": _DIGITS, "s": _SPACES, "w": WORD_ASCII}


class CharClass:
    """A non-empty set of code points, known as ranges."""

    __slots__ = ("ascii_bits", "is_bytes", "key", "ranges")

    ascii_bits: int
    ranges: Ranges
    is_bytes: bool
    key: Hashable

    def __init__(self, ranges: Ranges, is_bytes: bool = False) -> None:
        self.ranges = ranges
        self.is_bytes = is_bytes
        self.ascii_bits = ascii_bits(ranges)
        self.key = (ranges, is_bytes)

    def contains(self, char: str) -> bool:
        code = ord(char)
        if code < 128:
            return bool(self.ascii_bits >> code & 1)
        index = bisect_right(self.ranges, (code, MAX_CODE_POINT + 1)) - 1
        return index >= 0 and self.ranges[index][1] >= code

    @property
    def is_ascii(self) -> bool:
        return not self.ranges or self.ranges[-1][1] < 128


class PerlMix(CharClass):
    r"""A union of perl classes and ranges, perhaps negated as a whole, that reads the tables when it must.

    `parts` are pairs (letter of d, s, w; negated). The caller makes sure that the whole is neither empty nor one single
    character nor ASCII only: not negated it always is so; negated it is where no part is negated and `extra` is ASCII.
    """

    __slots__ = ("_negated", "extra", "parts")

    def __init__(self, parts: tuple[tuple[str, bool], ...], extra: Ranges, negated: bool) -> None:
        self.parts = parts
        self.extra = extra
        self._negated = negated
        self.is_bytes = False
        bits = ascii_bits(extra)
        for letter, part_negated in parts:
            bits |= PERL_ASCII[letter] ^ (ALL_ASCII if part_negated else 0)
        self.ascii_bits = bits ^ (ALL_ASCII if negated else 0)
        self.key = (parts, extra, negated)

    def __getattr__(self, name: str) -> Ranges:
        # Only reached while the slot `ranges` is not yet filled.
        if name != "ranges":
            raise AttributeError(name)
        from torclint.names.rust_regex.tables import perl_ranges

        collected = self.extra
        for letter, part_negated in self.parts:
            part = perl_ranges(letter)
            collected += negate(part, MAX_CODE_POINT) if part_negated else part
        collected = canonical(collected)
        self.ranges = negate(collected, MAX_CODE_POINT) if self._negated else collected
        return self.ranges

    @property
    def is_ascii(self) -> bool:
        return False


def ascii_bits(ranges: Ranges) -> int:
    """The ASCII part of a set: bit n is set where it holds code point n."""
    bits = 0
    for low, high in ranges:
        if low > 127:
            break
        bits |= (1 << min(high, 127) + 1) - (1 << low)
    return bits
