"""What other regex engines write and Torc's refuses, put into Rust's syntax where that is one and the same for a search."""

from __future__ import annotations

import re

from torclint.names.rust_regex.errors import RegexError
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_STEPS = 20

_PLAIN = r"[^\\()|\[\]]"
# (what is written, what to write); the first that covers the place of the error is put in
_INSTEAD: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"\\Z", r"\\z"),
    (r"\\e", r"\\x1B"),
    (r"\\h", r"[ \\t]"),
    (r"\\R", r"(?:\\r\\n|\\n|\\r)"),
    (r"\\K", ""),
    (r"\\Q(.*?)(?:\\E|\Z)", lambda found: re.sub(r"([^\w\s])", r"\\\1", found[1])),
    (r"\\0([0-7]{1,2})(?![0-7])", lambda found: f"\\x{int(found[1], 8):02X}"),
    (r"\(\?>", "(?:"),
    (r"\(\?#[^)]*\)", ""),
    (rf"\(\?=({_PLAIN}+)\)\Z", r"\1"),  # what a look-ahead at the very end asks for is all that is left to match
    (rf"\A\(\?<=({_PLAIN}+)\)", r"\1"),
    (r"\{,(?=\d+\})", "{0,"),
    (r"(\\[dwsDWS])-(?=[^\]])", r"\1\\-"),
    (r"\{(?!\d)", r"\\{"),
)  # fmt: skip


def in_rust(pattern: str) -> str | None:
    """The pattern in Rust's syntax; None where it cannot be put into it, or needs no change."""
    from torclint.names import rust_regex

    written = pattern
    for _ in range(_STEPS):
        try:
            rust_regex.compile(written)
        except RegexError as error:
            step = _step(written, error)
            if step is None:
                return None
            written = step
        else:
            return written if written != pattern else None
    return None


def _step(pattern: str, error: RegexError) -> str | None:
    """One construct at the place of the error written otherwise."""
    if error.kind != "syntax":
        return None
    for wanted, instead in _INSTEAD:
        for found in re.finditer(wanted, pattern):
            is_escaped = (len(pattern[: found.start()]) - len(pattern[: found.start()].rstrip("\\"))) % 2
            if not is_escaped and found.start() <= error.start + 1 and found.end() >= error.start:
                new = found.expand(instead) if isinstance(instead, str) else instead(found)
                return pattern[: found.start()] + new + pattern[found.end() :]
    return None
