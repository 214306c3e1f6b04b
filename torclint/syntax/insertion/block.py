"""New items in block lists of YAML."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.syntax.insertion.flow import written_in_braces
from torclint.syntax.insertion.places import above, before_comments, line_start, newline_of
from torclint.syntax.insertion.style import CannotEdit, style_for
from torclint.syntax.node import Sequence
from torclint.text.edits import Edit

if TYPE_CHECKING:
    from torclint.syntax.insertion.style import Fields, Style
    from torclint.syntax.node import Document, Mapping


def insert_into_block(document: Document, items: Sequence, before: Mapping, fields: Fields) -> Edit:
    """A new item above `before`, with its indent, the gap behind its dash, and its quotes. Raises CannotEdit."""
    text = document.text
    dash = _dash_before(document, before.start)
    line = line_start(text, dash)
    indent = text[line:dash]
    if indent.strip(" "):
        raise CannotEdit("an item of the list does not stand on a line of its own")
    newline = newline_of(text)
    if before.flow:
        lines = [f"{indent}- {written_in_braces(document, before, fields, indent + '  ')}"]
    else:
        gap = text[dash + 1 : before.start]
        if gap.strip(" "):  # a line break or a comment
            gap = " "
        inner = indent + " " * (1 + len(gap))
        lines = [inner + each for each in _lines(document, before, fields)]
        lines[0] = f"{indent}-{gap}{lines[0][len(inner) :]}"
    place = above(document, items, line, len(indent))
    after = newline * 2 if place.is_spaced else newline
    return Edit(place.offset, place.offset, newline.join(lines) + after)


def _lines(document: Document, before: Mapping, fields: Fields) -> list[str]:
    lines: list[str] = []
    for field, new in fields:
        style = style_for(document, field, before)
        if isinstance(new, str):
            lines.append(f"{field}: {style.string(new)}")
        elif isinstance(new, int):
            lines.append(f"{field}: {new}")
        elif isinstance(new, dict):
            lines += [f"{field}:", *(f"  {key}: {_quoted(style).string(each)}" for key, each in new.items())]
        else:
            dash = _dash_of_lists(document, before, field)
            strings = map(style.string, new)
            lines += (
                [f"{field}:", *(dash + string for string in strings)] if dash else [f"{field}: [{', '.join(strings)}]"]
            )
    return lines


def _quoted(style: Style) -> Style:
    """The same, in quotes: values of parameters are seldom words."""
    return style if style.quote else style._replace(quote='"')


def _dash_of_lists(document: Document, like: Mapping, field: str) -> str:
    """What stands before the items of the list `field` of `like`, counted from the key; "" if it is a flow list."""
    text = document.text
    for key, value in like.entries:
        if key.value != field or not isinstance(value, Sequence) or value.flow or value.alias or not value.items:
            continue
        start = value.items[0].start
        dash = _dash_before(document, start)
        column, key_column = dash - line_start(text, dash), key.start - line_start(text, key.start)
        gap = text[dash + 1 : start]
        return " " * (column - key_column) + "-" + (gap if gap and not gap.strip(" ") else " ")
    return ""


def _dash_before(document: Document, start: int) -> int:
    end = before_comments(document, start)
    if document.text[end - 1 : end] != "-":
        raise CannotEdit("an item of the list does not follow its dash")
    return end - 1
