"""New items in lists in brackets: JSON, JSON5, and YAML's flow style."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.syntax.insertion.places import (
    above,
    before_comments_on_line,
    indent_at,
    indent_of_line,
    line_start,
    newline_of,
)
from torclint.syntax.insertion.style import style_for
from torclint.text.edits import Edit

if TYPE_CHECKING:
    from torclint.syntax.insertion.style import Fields, New
    from torclint.syntax.node import Document, Mapping, Sequence

_COLON = re.compile(r"[ \t]*:[ \t]*")
_COMMA = re.compile(r",[ \t]*")


def insert_into_flow(document: Document, items: Sequence, before: Mapping, fields: Fields) -> Edit:
    """A new item before `before`: on lines of its own if that has such, else on the same line."""
    text = document.text
    start = before_comments_on_line(document, before.start)
    indent = indent_at(text, start)
    if indent is None:
        written = written_in_braces(document, before, fields, indent_of_line(text, start))
        return Edit(start, start, written + _comma(document, before))
    newline = newline_of(text)
    place = above(document, items, line_start(text, start), len(indent))
    written = indent + written_in_braces(document, before, fields, indent) + ","
    return Edit(place.offset, place.offset, written + (newline * 2 if place.is_spaced else newline))


def written_in_braces(document: Document, like: Mapping, fields: Fields, indent: str) -> str:
    """A mapping in braces, laid out as `like`: every key on a line of its own, or all on one line."""
    text = document.text
    colon, comma = _colon(document, like), _comma(document, like)
    key = like.entries[0][0]
    quoted = text[key.start] if text[key.start] in "'\"" else ""

    def pair(field: str, new: New) -> str:
        return f"{quoted}{field}{quoted}{colon}{value(field, new)}"

    def value(field: str, new: New) -> str:
        if isinstance(new, dict):
            return "{" + comma.join(pair(key, each) for key, each in new.items()) + "}"
        return _value(document, like, field, new, comma)

    pairs = [pair(field, new) for field, new in fields]
    inner = indent_at(text, key.start)
    if inner is None or line_start(text, key.start) <= like.start:
        space = " " if text[like.start + 1 : like.start + 2] == " " else ""
        return "{" + space + comma.join(pairs) + space + "}"
    newline = newline_of(text)
    closing = indent_at(text, like.end - 1)
    last = _trailing_comma(document, like)
    body = "".join(f"{newline}{inner}{pair}," for pair in pairs).removesuffix(",") + last
    return "{" + body + newline + (indent if closing is None else closing) + "}"


def _value(document: Document, like: Mapping, field: str, new: str | int | list[str], comma: str) -> str:
    if isinstance(new, int):
        return str(new)
    style = style_for(document, field, like)
    if isinstance(new, str):
        return style.string(new)
    return "[" + comma.join(map(style.string, new)) + "]"


def _colon(document: Document, like: Mapping) -> str:
    key, value = like.entries[0]
    between = document.text[key.end : value.start]
    return between if document.format != "yaml" and _COLON.fullmatch(between) else ": "


def _comma(document: Document, like: Mapping) -> str:
    """The comma between fields on one line, with the blanks behind it."""
    if document.format == "yaml" or len(like.entries) < 2:
        return ", "
    between = document.text[like.entries[0][1].end : like.entries[1][0].start]
    return between if _COMMA.fullmatch(between) else ", "


def _trailing_comma(document: Document, like: Mapping) -> str:
    rest = document.text[like.entries[-1][1].end : like.end]
    return "," if rest.lstrip().startswith(",") else ""
