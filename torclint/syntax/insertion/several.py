"""Several strings in the place of one item of a list."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.syntax.insertion.places import indent_at, newline_of
from torclint.syntax.insertion.style import CannotEdit, body_of, style_of
from torclint.text.edits import Edit

if TYPE_CHECKING:
    from torclint.syntax.node import Document, Scalar, Sequence


def replace_by_several(document: Document, field: str, items: Sequence, item: Scalar, new: list[str]) -> Edit:
    """Put the strings `new` in the place of `item`, of the list that is called `field` then, in its quotes.

    Raises CannotEdit where the item has an anchor or stands over several lines.
    """
    text = document.text
    body = body_of(document, item)
    if item.alias or items.alias or body != text[item.start : item.end] or "\n" in body or "\r" in body:
        raise CannotEdit("only one string can take the place of this one")
    strings = list(map(style_of(document, item).string, new))
    return Edit(item.start, item.end, _between(document, field, items, item).join(strings))


def _between(document: Document, field: str, items: Sequence, item: Scalar) -> str:
    if document.format == "kdl":
        return f"; {field} "
    if items.flow or document.format != "yaml":
        return ", "
    text = document.text
    dash = text.rfind("-", 0, item.start)
    indent = indent_at(text, dash)
    gap = text[dash + 1 : item.start]
    if indent is None or gap.strip(" "):
        raise CannotEdit("the item does not stand on a line of its own")
    return f"{newline_of(text)}{indent}-{gap}"
