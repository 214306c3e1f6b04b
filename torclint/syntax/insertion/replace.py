"""Putting another string or key in the place of one."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.syntax.insertion.style import CannotEdit, body_of, style_of
from torclint.text.edits import Edit

if TYPE_CHECKING:
    from torclint.syntax.node import Document, Scalar

_BLOCK_MARK = re.compile(r"[|>][-+0-9]*([ \t]+#[^\r\n]*|)")


def replace_string(document: Document, scalar: Scalar, new: str) -> Edit:
    """Put the string `new` in the place of a string, in its own quotes and on one line; an anchor stays.

    Raises CannotEdit.
    """
    if scalar.alias:
        raise CannotEdit(f"{_shown(document, scalar)} is an alias of a string elsewhere")
    body = body_of(document, scalar)
    if not body:
        raise CannotEdit("the string is written without any letter")
    written = style_of(document, scalar).string(new)
    if document.format == "yaml" and body[0] in "|>":  # a block scalar: the comment behind its mark stays
        mark = _BLOCK_MARK.match(body)
        written += mark.group(1) if mark else ""
    return Edit(scalar.end - len(body), scalar.end, written)


def rename_key(document: Document, key: Scalar, new: str) -> Edit:
    """Another name for a key, in its own quotes. Raises CannotEdit."""
    raw = document.text[key.start : key.end]
    if key.alias or raw.strip("'\"") != key.value:
        raise CannotEdit(f"the key {_shown(document, key)} is not written plainly")
    return Edit(key.start, key.end, raw.replace(str(key.value), new))


def _shown(document: Document, scalar: Scalar) -> str:
    return f"`{document.text[scalar.start : scalar.end]}`"
