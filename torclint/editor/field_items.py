"""The fields of a struct as completions, each with what has to be typed for its value to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from torclint.editor.schema import KDL_NODES
from torclint.editor.wording import field_documentation, field_summary
from torclint.spec import fields as table
from torclint.syntax.kdl_torc import node_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.editor.context import Context
    from torclint.editor.view import View
    from torclint.spec.fields import Field, Struct

_LISTS = frozenset((table.STRUCTS, table.STRINGS, table.NAMES, table.I32S))
_MAPPINGS = frozenset(
    (table.STRUCT, table.STRUCT_MAP, table.STRING_MAP, table.VARIABLES, table.PARAMETERS, table.ANY_MAP)
)


def field_items(
    view: View, struct: Struct, context: Context, place: types.Range, format: str, new_item: bool
) -> Iterator[types.CompletionItem]:
    """The fields of `struct` that are not there yet, required ones first. `new_item`: a dash has to go before."""
    if format == "kdl":
        yield from _kdl_items(view, struct, context, place)
        return
    for number, field in enumerate(struct.fields):
        if field.name in context.taken and field.name != context.typed:
            continue
        start, end = _around(field, context, format)
        yield _item(view, field, field.name, number, place, f"{'- ' * new_item}{start}", end)


def _kdl_items(view: View, struct: Struct, context: Context, place: types.Range) -> Iterator[types.CompletionItem]:
    nodes = KDL_NODES.get(struct.name, {})
    fields = {field.name: field for field in struct.fields}
    for number, node in enumerate(node_names(struct.name)):
        field = fields.get(nodes.get(node, node))
        if field is None:
            continue
        block = field.kind in (table.STRUCTS, *_MAPPINGS)
        named = field.kind == table.STRUCTS and node not in ("action", "rule")
        start, end = f"{node}{' ' * (named or not block)}", ""
        if block:
            start, end = (f'{node} "' if named else f"{node} {{\n    "), ('" {\n}' if named else "\n}")
        elif field.kind in (table.STRING, table.STRINGS, table.NAMES, table.ENUM):
            start, end = f'{node} "', '"'
        yield _item(view, field, node, number, place, start, end)


def _item(
    view: View, field: Field, label: str, number: int, place: types.Range, start: str, end: str
) -> types.CompletionItem:
    is_required = field.presence == table.REQUIRED
    snippet = view.client.takes_snippets
    written = f"{_escaped(start)}$0{_escaped(end)}" if snippet else start + ("" if "\n" in end else end)
    return types.CompletionItem(
        label,
        kind=types.CompletionItemKind.Field,
        detail=field_summary(field),
        documentation=types.MarkupContent(types.MarkupKind.Markdown, field_documentation(field)),
        sort_text=f"{0 if is_required else 1}{number:03d}",
        filter_text=label,
        insert_text_format=types.InsertTextFormat.Snippet if snippet else types.InsertTextFormat.PlainText,
        text_edit=types.TextEdit(place, written),
    )


def _escaped(text: str) -> str:
    """As snippets write it: `$`, `}` and a backslash mean something in them."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")


def _around(field: Field, context: Context, format: str) -> tuple[str, str]:
    """What stands before and after the value of a field."""
    if format == "json" or (format == "json5" and context.quote == '"'):
        mark, key = '"', f'{"" if context.quote else chr(34)}{field.name}"'
    elif context.quote:
        mark, key = context.quote, f"{field.name}{context.quote}"
    else:
        mark, key = "'" if format == "json5" else "", field.name
    if format != "yaml" or context.in_flow:
        if field.kind in _LISTS:
            return f"{key}: [", "]"
        if field.kind in _MAPPINGS:
            return f"{key}: {{", "}"
        is_text = field.kind in (table.STRING, table.ENUM)
        return f"{key}: {mark if is_text else ''}", mark if is_text else ""
    if field.kind == table.STRUCTS:
        return f"{key}:\n  - ", ""
    if field.kind in _MAPPINGS:
        return f"{key}:\n  ", ""
    return (f"{key}: [", "]") if field.kind in _LISTS else (f"{key}: ", "")
