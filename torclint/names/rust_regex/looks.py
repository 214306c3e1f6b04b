"""When a look-around holds, from the characters on both sides of the place (regex-automata, util/look.rs).

Of the character before a place only its kind matters: one of the KIND constants.
"""

from __future__ import annotations

from torclint.names.rust_regex import hir
from torclint.names.rust_regex.charclass import WORD_ASCII

KIND_START, KIND_LF, KIND_CR, KIND_ASCII_WORD, KIND_UNICODE_WORD, KIND_OTHER = range(6)

_ASCII_WORD_LOOKS = frozenset(
    (
        hir.LOOK_WORD_ASCII,
        hir.LOOK_NOT_WORD_ASCII,
        hir.LOOK_WORD_START_ASCII,
        hir.LOOK_WORD_END_ASCII,
        hir.LOOK_HALF_START_ASCII,
        hir.LOOK_HALF_END_ASCII,
    )
)
UNICODE_WORD_LOOKS = frozenset(look + 2 for look in _ASCII_WORD_LOOKS)
_START_LOOKS = frozenset((hir.LOOK_START, hir.LOOK_START_LF, hir.LOOK_START_CRLF))
_CRLF_LOOKS = frozenset((hir.LOOK_START_CRLF, hir.LOOK_END_CRLF))


class PlaceKinds:
    """Tells characters apart as far as the look-arounds of one pattern can."""

    __slots__ = ("_cr", "_lf", "_start", "_unicode", "_word")

    def __init__(self, looks: frozenset[int]) -> None:
        self._start = bool(looks & _START_LOOKS)
        self._lf = bool(looks & {hir.LOOK_START_LF, hir.LOOK_START_CRLF})
        self._cr = bool(looks & _CRLF_LOOKS)
        self._unicode = bool(looks & UNICODE_WORD_LOOKS)
        self._word = self._unicode or bool(looks & _ASCII_WORD_LOOKS)

    @property
    def at_start(self) -> int:
        return KIND_START if self._start else KIND_OTHER

    def of(self, char: str) -> int:
        if char == "\n":
            return KIND_LF if self._lf else KIND_OTHER
        if char == "\r":
            return KIND_CR if self._cr else KIND_OTHER
        if not self._word:
            return KIND_OTHER
        code = ord(char)
        if code < 128:
            return KIND_ASCII_WORD if WORD_ASCII >> code & 1 else KIND_OTHER
        return KIND_UNICODE_WORD if self._unicode and _is_word(code) else KIND_OTHER


def holds_after(look: int, kind: int) -> bool | None:
    """Whether the look-around holds after a character of this kind; None where the next character decides."""
    if look == hir.LOOK_START:
        return kind == KIND_START
    if look == hir.LOOK_START_LF:
        return kind in (KIND_START, KIND_LF)
    if look == hir.LOOK_START_CRLF and kind != KIND_CR:
        return kind in (KIND_START, KIND_LF)
    if look in (hir.LOOK_HALF_START_ASCII, hir.LOOK_HALF_START_UNICODE):
        return not _is_word_kind(kind, look)
    return None


def holds_between(look: int, kind: int, char: str) -> bool:
    """Whether the look-around holds after a character of this kind and before `char` ("" at the end of the text)."""
    known = holds_after(look, kind)
    if known is not None:
        return known
    if look == hir.LOOK_END:
        return not char
    if look == hir.LOOK_END_LF:
        return char in ("", "\n")
    if look == hir.LOOK_START_CRLF:
        return char != "\n"
    if look == hir.LOOK_END_CRLF:
        return char in ("", "\r") or (char == "\n" and kind != KIND_CR)
    before = _is_word_kind(kind, look)
    after = _is_word_char(char, look)
    if look in (hir.LOOK_WORD_ASCII, hir.LOOK_WORD_UNICODE):
        return before != after
    if look in (hir.LOOK_NOT_WORD_ASCII, hir.LOOK_NOT_WORD_UNICODE):
        return before == after
    if look in (hir.LOOK_WORD_START_ASCII, hir.LOOK_WORD_START_UNICODE):
        return after and not before
    if look in (hir.LOOK_WORD_END_ASCII, hir.LOOK_WORD_END_UNICODE):
        return before and not after
    return not after  # what is left is \b{end-half}


def _is_word_kind(kind: int, look: int) -> bool:
    return kind == KIND_ASCII_WORD or (kind == KIND_UNICODE_WORD and look in UNICODE_WORD_LOOKS)


def _is_word_char(char: str, look: int) -> bool:
    if not char:
        return False
    code = ord(char)
    if code < 128:
        return bool(WORD_ASCII >> code & 1)
    return look in UNICODE_WORD_LOOKS and _is_word(code)


def _is_word(code: int) -> bool:
    from torclint.names.rust_regex.ranges import contains
    from torclint.names.rust_regex.tables import perl_ranges

    return contains(perl_ranges("w"), code)
