"""What can stand in a Python string but never in a file that Torc reads."""

from __future__ import annotations

from torclint.syntax.node import ParseError


def refuse_surrogates(text: str) -> None:
    """Raise ParseError where `text` holds half a surrogate pair: no UTF-8 file yields one."""
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ParseError("a lone surrogate is not text", text, error.start) from None
