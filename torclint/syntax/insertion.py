"""Writing new items and strings in the style of the text around them (YAML, JSON, JSON5).

Every function gives an Edit on the original text; nothing is ever dumped from the tree.
"""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING, Record
from torclint.syntax.node import Mapping, Scalar
from torclint.text.edits import Edit

if TYPE_CHECKING:
    from torclint.syntax.node import Document, Node, Sequence

    New = str | int | list[str]

_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NOT_BARE = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"])
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")


class CannotEdit(ValueError):
    """This place cannot be edited without touching anything else; `str()` says why."""


class Style(Record):
    """How strings are written here: `quote` is '"', "'" or "" (bare where that is safe)."""

    format: str
    quote: str

    def string(self, text: str) -> str:
        """`text` as a string of this syntax."""
        if self.format == "json":
            return _double(text)
        bare = _BARE.fullmatch(text) and text.lower() not in _NOT_BARE
        if self.format == "yaml" and not self.quote and bare:
            return text
        if self.quote == "'" and text.isprintable():
            if self.format == "yaml":
                return "'" + text.replace("'", "''") + "'"
            return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
        return _double(text)

    def value(self, new: New) -> str:
        if isinstance(new, str):
            return self.string(new)
        if isinstance(new, int):
            return str(new)
        return "[" + ", ".join(map(self.string, new)) + "]"


def _double(text: str) -> str:
    pieces = []
    for char in text:
        if char in '"\\':
            pieces.append("\\" + char)
        elif char.isprintable():
            pieces.append(char)
        elif ord(char) < 0x10000:
            pieces.append(f"\\u{ord(char):04x}")
        else:
            offset = ord(char) - 0x10000
            pieces.append(f"\\u{0xD800 + (offset >> 10):04x}\\u{0xDC00 + (offset & 0x3FF):04x}")
    return '"' + "".join(pieces) + '"'


def style_of(document: Document, like: Scalar) -> Style:
    """The style in which `like` is written."""
    first = _body(document.text, like)[:1]
    return Style(document.format, first if first in ("'", '"') else "")


def _body(text: str, scalar: Scalar) -> str:
    """The scalar's own text without anchor and tag."""
    raw = text[scalar.start : scalar.end]
    found = _PROPERTIES.match(raw)
    return raw[found.end() :] if found else raw


def replace_string(document: Document, scalar: Scalar, new: str) -> Edit:
    """Put the string `new` in the place of a one-line string, in its own quotes; an anchor stays. Raises CannotEdit."""
    if scalar.alias:
        raise CannotEdit("it is written as an alias")
    body = _body(document.text, scalar)
    if not body or body[0] in "|>" or "\n" in body:
        raise CannotEdit("it is written over several lines")
    return Edit(scalar.end - len(body), scalar.end, style_of(document, scalar).string(new))


def rename_key(document: Document, key: Scalar, new: str) -> Edit:
    """Another name for a key, in its own quotes. Raises CannotEdit."""
    raw = document.text[key.start : key.end]
    if key.alias or raw.strip("'\"") != key.value:
        raise CannotEdit("its key is not written plainly")
    return Edit(key.start, key.end, raw.replace(str(key.value), new))


def insert_before(document: Document, items: Sequence, before: Node, fields: list[tuple[str, New]]) -> Edit:
    """A new mapping with `fields` in the list `items`, in front of `before` and of the comments that belong to it.

    Raises CannotEdit.
    """
    if items.alias or before.alias:
        raise CannotEdit("the list is written as an alias")
    if not isinstance(before, Mapping) or not before.entries:
        raise CannotEdit("the list holds something else than mappings")
    if items.flow:
        return _into_flow(document, before, fields)
    return _into_block(document, before, fields)


def _into_block(document: Document, before: Mapping, fields: list[tuple[str, New]]) -> Edit:
    text = document.text
    dash = _dash_before(text, before.start)
    line = _line_start(text, dash)
    indent = text[line:dash]
    if indent.strip(" "):
        raise CannotEdit("the list item does not stand on a line of its own")
    newline = _newline(text)
    style = style_of(document, _first_string(before))
    if before.flow:
        written = "{" + ", ".join(f"{name}: {style.value(new)}" for name, new in fields) + "}"
        lines = [f"{indent}- {written}"]
    else:
        gap = _gap(text, dash, before.start)
        inner = indent + " " * (1 + len(gap))
        lines = [f"{indent}-{gap}" if not place else inner for place in range(len(fields))]
        lines = [start + f"{name}: {style.value(new)}" for start, (name, new) in zip(lines, fields, strict=True)]
    place, spaced = _above_comments(text, line, "#")
    after = newline * 2 if spaced else newline
    return Edit(place, place, newline.join(lines) + after)


def _dash_before(text: str, start: int) -> int:
    before = text[:start].rstrip(" \t\r\n")
    if not before.endswith("-"):
        raise CannotEdit("there is a comment between the dash and the item")
    return len(before) - 1


def _gap(text: str, dash: int, start: int) -> str:
    gap = text[dash + 1 : start]
    return gap if gap.strip(" ") == "" and "\n" not in gap else " "


def _into_flow(document: Document, before: Mapping, fields: list[tuple[str, New]]) -> Edit:
    text = document.text
    style = style_of(document, _first_string(before))
    key = before.entries[0][0]
    quoted = text[key.start] if text[key.start] in "'\"" else ""
    pairs = [f"{quoted}{name}{quoted}: {style.value(new)}" for name, new in fields]
    newline = _newline(text)
    line = _line_start(text, before.start)
    own_line = not text[line : before.start].strip(" \t")
    indent = text[line : before.start] if own_line else ""
    key_line = _line_start(text, key.start)
    if key_line > before.start and not text[key_line : key.start].strip(" \t"):
        inner = text[key_line : key.start]
        closing = _line_start(text, before.end - 1)
        outer = text[closing : before.end - 1] if not text[closing : before.end - 1].strip(" \t") else ""
        written = "{" + newline + f",{newline}".join(inner + pair for pair in pairs) + newline + outer + "}"
    else:
        space = " " if text[before.start + 1 : before.start + 2] == " " else ""
        written = "{" + space + ", ".join(pairs) + space + "}"
    if not own_line:
        return Edit(before.start, before.start, written + ", ")
    place, spaced = _above_comments(text, line, "#" if document.format == "yaml" else "//")
    blank = newline if spaced else ""
    return Edit(place, place, indent + written + "," + newline + blank)


def _first_string(mapping: Mapping) -> Scalar:
    """The string whose quotes new strings follow: the item's name, else any string of one line."""
    name = mapping.get("name")
    if isinstance(name, Scalar) and not name.alias:
        return name
    return next((value for _, value in mapping.entries if isinstance(value, Scalar) and not value.alias), mapping.entries[0][0])


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _newline(text: str) -> str:
    """The line break of the text's first line."""
    for offset, char in enumerate(text):
        if char == "\n":
            return "\n"
        if char == "\r":
            return "\r\n" if text[offset + 1 : offset + 2] == "\n" else "\r"
    return "\n"


def _above_comments(text: str, line: int, sign: str) -> tuple[int, bool]:
    """Where the comment lines directly above `line` begin, and whether a blank line stands before them."""
    place = line
    while place:
        previous = _line_start(text, place - (2 if text[place - 2 : place] == "\r\n" else 1))
        content = text[previous:place].strip()
        if not content.startswith(sign):
            return place, not content
        place = previous
    return place, False
