"""New nodes in KDL."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.syntax.insertion.places import above, before_comments_on_line, indent_at, line_start, newline_of
from torclint.syntax.insertion.style import CannotEdit, Style, style_for
from torclint.text.edits import Edit

if TYPE_CHECKING:
    from torclint.syntax.insertion.style import Fields, New
    from torclint.syntax.node import Document, Mapping, Sequence

_NODE_OF = {"jobs": "job", "resource_requirements": "resource_requirements"}
_ALL_ARGUMENTS = frozenset(["labels", "use_parameters"])
_INDENT = "    "


def insert_node(document: Document, field: str, items: Sequence, before: Mapping, fields: Fields) -> Edit:
    """A new node for an item of the list `field` before the node `before`; the first field is its name.

    Raises CannotEdit for a list whose items are no nodes of their own.
    """
    word = _NODE_OF.get(field)
    if word is None:
        raise CannotEdit(f"an item of {field} is no node of its own in KDL")
    text = document.text
    name = style_for(document, "name", before).string(str(fields[0][1]))
    children = [child for each, new in fields[1:] for child in _children(each, new, style_for(document, each, before))]
    start = before_comments_on_line(document, before.start)
    indent = indent_at(text, start)
    newline = newline_of(text)
    inner = _indent_of_children(document, before, indent or "")
    if inner is None:
        written = f"{word} {name} {{ {'; '.join(children)} }}"
    else:
        lines = "".join(f"{newline}{inner}{child}" for child in children)
        written = f"{word} {name} {{{lines}{newline}{indent or ''}}}"
    if indent is None:
        return Edit(start, start, written + "; ")
    place = above(document, items, line_start(text, start), len(indent))
    after = newline * 2 if place.is_spaced else newline
    return Edit(place.offset, place.offset, indent + written + after)


def _children(field: str, new: New, style: Style) -> list[str]:
    """The nodes of one field: Torc reads one argument of most of them, and all of a few (workflow_spec.rs:4651-4868)."""
    if isinstance(new, int):
        return [f"{field} {new}"]
    if isinstance(new, str):
        return [f"{field} {style.string(new)}"]
    if isinstance(new, dict):
        return [f"{field} {{ " + "; ".join(f"{key} {style.string(each)}" for key, each in new.items()) + " }"]
    strings = list(map(style.string, new))
    if field in _ALL_ARGUMENTS:
        return [" ".join((field, *strings))]
    return [f"{field} {string}" for string in strings]


def _indent_of_children(document: Document, like: Mapping, indent: str) -> str | None:
    """The indent of the first child that begins a line; None if the whole node stands on one line."""
    text = document.text
    if "\n" not in text[like.start : like.end] and "\r" not in text[like.start : like.end]:
        return None
    for key, _ in like.entries:
        inner = indent_at(text, key.start)
        if inner is not None and key.start > like.start:
            return inner
    return indent + _INDENT
