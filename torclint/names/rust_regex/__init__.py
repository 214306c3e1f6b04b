"""The regex crate 1.13.1 (regex-syntax 0.8.11, regex-automata 0.4.18, Unicode 16), as far as Torc's use of it goes.

`compile` says whether `Regex::new` accepts a pattern, and with what error not; the result answers `is_match` as the
crate does. Beyond that it gives the automaton itself (`RustRegex.dfa`), to be run over names that are not written out.
"""

from __future__ import annotations

import re

from torclint.names.rust_regex.errors import RegexError, StateLimit
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.names.rust_regex.lazy_dfa import LazyDfa
    from torclint.names.rust_regex.regex import RustRegex

__all__ = ["LazyDfa", "RegexError", "RustRegex", "StateLimit", "compile"]

_MAX_KEPT = 1024
# No pattern takes more for each of its characters, repetitions aside; only long or repeating ones are counted.
_BYTES_PER_CHARACTER = 30_000
_SHORT = 64
_kept: dict[str, RustRegex | RegexError] = {}


def compile(pattern: str) -> RustRegex:
    """The regex of a pattern (the same object for the same pattern, while it is remembered); raises RegexError."""
    known = _kept.get(pattern)
    if known is None:
        if len(_kept) >= _MAX_KEPT:
            del _kept[next(iter(_kept))]
        known = _kept[pattern] = _compiled(pattern)
    if isinstance(known, RegexError):
        raise known.with_traceback(None)
    return known


def _compiled(pattern: str) -> RustRegex | RegexError:
    """The regex or why there is none; to find that a pattern is too large takes longest of all."""
    from torclint.names.rust_regex.parser import parse
    from torclint.names.rust_regex.regex import RustRegex
    from torclint.names.rust_regex.translate import translate

    try:
        tree = parse(pattern)
        hir = translate(pattern, tree)
        if not _is_plainly_small(pattern):
            from torclint.names.rust_regex.size import check_size

            check_size(pattern, tree, hir)
    except RegexError as error:
        return error
    return RustRegex(pattern, tree, hir)


def _is_plainly_small(pattern: str) -> bool:
    """Whether the pattern cannot come near the crate's size limit, whatever the numbers in it repeat."""
    if len(pattern) >= _SHORT or "(?" in pattern:
        return False
    bound = len(pattern) * _BYTES_PER_CHARACTER
    if "{" in pattern:
        for digits in re.findall("[0-9]+", pattern):
            bound *= max(int(digits), 1)
    return bound <= 10 * 1024 * 1024


def __getattr__(name: str) -> object:
    if name == "LazyDfa":
        from torclint.names.rust_regex.lazy_dfa import LazyDfa

        return LazyDfa
    if name == "RustRegex":
        from torclint.names.rust_regex.regex import RustRegex

        return RustRegex
    raise AttributeError(name)
