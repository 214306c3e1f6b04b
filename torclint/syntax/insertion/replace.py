"""Putting another string or key in the place of one."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.syntax.insertion.style import CannotEdit, Style, body_of, style_of
from torclint.text.edits import Edit

if TYPE_CHECKING:
    from torclint.syntax.node import Document, Scalar

_BLOCK_MARK = re.compile(r"[|>][-+0-9]*([ \t]+#[^\r\n]*|)")


def replace_string(document: Document, scalar: Scalar, new: str) -> Edit:
    """Put the string `new` in the place of a string, in its own quotes and on one line.

    An anchor stays, though what it stands on is another value then: see `with_anchors`. Raises CannotEdit.
    """
    body = body_of(document, scalar)
    if not body:
        raise CannotEdit("the string is written without any letter")
    style = Style("yaml", '"') if scalar.alias else style_of(document, scalar)
    return _instead(document, scalar, body, style.string(new))


def rename_key(document: Document, key: Scalar, new: str) -> Edit:
    """Another name for a key, in its own quotes if it has such; `new` is a word, and safe without. Raises CannotEdit."""
    body = body_of(document, key)
    if not body:
        raise CannotEdit("the key is written without any letter")
    style = style_of(document, key)
    return _instead(document, key, body, style.string(new) if style.quote else new)


def _instead(document: Document, scalar: Scalar, body: str, written: str) -> Edit:
    if document.format == "yaml" and body[0] in "|>":  # a block scalar: the comment behind its mark stays
        mark = _BLOCK_MARK.match(body)
        written += mark.group(1) if mark else ""
    return Edit(scalar.end - len(body), scalar.end, written)
