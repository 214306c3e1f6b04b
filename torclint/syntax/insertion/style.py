"""How strings are written in a text: in which quotes, with which escapes, bare where that is safe."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING, Record
from torclint.syntax.node import Mapping, Scalar, Sequence
from torclint.syntax.yaml_properties import body_start

if TYPE_CHECKING:
    from torclint.syntax.node import Document

    New = str | int | list[str] | dict[str, str]
    Fields = list[tuple[str, New]]

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NOT_BARE = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"])
# safe as a plain scalar of YAML in block and flow lists: no indicator, nothing that reads as another type
_YAML_PLAIN = re.compile(r"[A-Za-z_^][A-Za-z0-9_^.$*+()|/\\-]*")
_KDL_TYPE = re.compile(r"\([^()]*\)\s*")
_RAW_KDL = re.compile(r'#+"')


class CannotEdit(ValueError):
    """This place cannot be edited without touching anything else; `str()` says why."""


class Style(Record):
    """The syntax, and the mark that opens strings in it: '"', "'", "#" (raw, KDL only) or "" (bare where that is safe)."""

    format: str
    quote: str

    def string(self, text: str) -> str:
        """`text` as a string of this syntax."""
        if not self.quote and self._is_safe_bare(text):
            return text
        if self.quote == "#" and "\\" in text and '"' not in text and text.isprintable():
            return f'#"{text}"#'
        if self._is_single(text):
            if self.format == "yaml":
                return "'" + text.replace("'", "''") + "'"
            return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
        return '"' + "".join(map(self._in_double_quotes, text)) + '"'

    def _is_safe_bare(self, text: str) -> bool:
        if text.lower() in _NOT_BARE:
            return False
        if self.format == "yaml":
            return _YAML_PLAIN.fullmatch(text) is not None
        return self.format == "kdl" and _WORD.fullmatch(text) is not None

    def _is_single(self, text: str) -> bool:
        if self.format not in ("yaml", "json5") or self.quote != "'" or not text.isprintable():
            return False
        # the other quotes where that saves escapes
        return "'" not in text or '"' in text or "\\" in text

    def _in_double_quotes(self, char: str) -> str:
        if char in '"\\':
            return "\\" + char
        if char.isprintable():
            return char
        code = ord(char)
        if self.format == "kdl":
            return f"\\u{{{code:x}}}"
        if code < 0x10000:
            return f"\\u{code:04x}"
        if self.format == "yaml":
            return f"\\U{code:08x}"
        code -= 0x10000
        return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def style_of(document: Document, like: Scalar) -> Style:
    """The style in which `like` is written."""
    body = body_of(document, like)
    if document.format == "kdl" and _RAW_KDL.match(body):
        return Style("kdl", "#")
    return Style(document.format, body[:1] if body[:1] in ("'", '"') else "")


def style_for(document: Document, field: str, like: Mapping) -> Style:
    """The style for the strings of a new `field`: that of the same field in `like`, else that of its name."""
    value = like.get(field)
    if isinstance(value, Sequence) and value.items and not value.alias:
        value = value.items[0]
    for candidate in (value, like.get("name"), *(each for _, each in like.entries)):
        if isinstance(candidate, Scalar) and isinstance(candidate.value, str) and _is_simple(document, candidate):
            return style_of(document, candidate)
    return Style(document.format, '"')


def _is_simple(document: Document, scalar: Scalar) -> bool:
    body = body_of(document, scalar)
    return not scalar.alias and body[:1] not in ("|", ">") and "\n" not in body


def body_of(document: Document, scalar: Scalar) -> str:
    """The scalar's own text without anchor, tag or type."""
    start, end = scalar.span
    if document.format == "yaml":
        start = body_start(document.text, start, end)
    elif document.format == "kdl":
        prefix = _KDL_TYPE.match(document.text, start, end)
        start = prefix.end() if prefix else start
    return document.text[start:end]
