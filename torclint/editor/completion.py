"""What may be typed next: fields by where they may stand, words, and names of jobs and whatever else a spec declares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lsprotocol import types

from torclint.editor.context import ITEM, KEY, VALUE, context_at
from torclint.editor.field_items import field_items
from torclint.editor.schema import target_of
from torclint.editor.values import Value, values_for
from torclint.spec import fields as table
from torclint.syntax.detect import format_of
from torclint.syntax.insertion.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torclint.editor.context import Context
    from torclint.editor.schema import Target
    from torclint.editor.view import View

MOST = 200

_SLOT = re.compile(r"(?<!\$)\{[A-Za-z0-9_]*\Z|\$\{[A-Za-z0-9_.]*\Z")
_TOP_KEY = re.compile(r"""(?m)^["']?([A-Za-z_]\w*)["']?[ \t]*(?::|[ "{])""")


def completions(view: View, position: types.Position) -> types.CompletionList | None:
    text, offset = view.reading.text, view.places.offset(position)
    format = format_of(view.source.name) or "yaml"
    if not view.reading.is_spec and not _may_become_one(text):
        return None
    context = context_at(text, offset, format)
    target = None if context is None else target_of(context, view.settings.torc, format == "kdl")
    if context is None or target is None:
        return None
    items = list(_items(view, context, target, offset, format))
    wanted = context.typed.lower()
    items = [item for item in items if wanted in (item.filter_text or item.label).lower()] or items
    return types.CompletionList(is_incomplete=len(items) > MOST, items=items[:MOST])


def _may_become_one(text: str) -> bool:
    """Whether all that stands at the top are fields of a workflow."""
    known = {field.name for field in table.WORKFLOW.fields} | {"job", "file", "action"}
    keys = _TOP_KEY.findall(text[:10_000])
    return bool(keys) and all(key in known for key in keys[:-1] or keys)


def _items(view: View, context: Context, target: Target, offset: int, format: str) -> Iterable[types.CompletionItem]:
    slot = _SLOT.search(context.typed)
    if slot is not None and context.role in (VALUE, ITEM):
        from torclint.editor.slots import slot_items

        start = context.start + slot.start()
        return slot_items(view, context, slot[0], view.places.range(start, offset))
    in_mapping = target.field is None or target.field.kind in (table.STRUCT, table.STRUCTS, table.STRUCT_MAP)
    if context.role == KEY and target.struct is not None:
        # below a list, a key needs a dash before it
        dash = format == "yaml" and target.field is not None and target.field.kind == table.STRUCTS
        new_item = dash and not context.in_flow and _starts_list(view.reading.text, context)
        return field_items(view, target.struct, context, view.places.range(context.start, offset), format, new_item)
    if context.role == ITEM and in_mapping and target.struct is not None:
        return field_items(view, target.struct, context, view.places.range(context.start, offset), format, False)
    if target.field is None or (context.role == KEY and target.field.kind not in (table.STRINGS, table.NAMES)):
        return ()
    if target.struct is not None:
        return ()
    values = list(values_for(view, target))
    wanted = context.typed.lower()
    fitting = [value for value in values if wanted in value.text.lower()] or values
    return [_item(view, value, context, offset, format) for value in fitting[: MOST + 1]]


def _starts_list(text: str, context: Context) -> bool:
    """Whether no item was begun where the keys of items go: the line above is that of the list itself."""
    return not context.taken and not context.quote and bool(context.path)


def _item(view: View, value: Value, context: Context, offset: int, format: str) -> types.CompletionItem:
    text = view.reading.text
    start, end = context.start - len(context.quote), offset
    written = value.text
    if not value.raw or context.quote:
        closed = bool(context.quote) and text.startswith(context.quote, offset)
        end += len(context.quote) if closed else 0
        written = _string(value.text, context, format)
    elif format == "kdl":
        written = f"#{written}" if written in ("true", "false") else written
    if context.role == KEY:  # a list whose first item is typed without its dash
        written = f"- {written}"
    return types.CompletionItem(
        value.text,
        kind=value.kind,
        detail=value.detail or None,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, value.documentation)
        if value.documentation
        else None,
        filter_text=text[start : context.start] + value.text,
        text_edit=types.TextEdit(view.places.range(start, end), written),
    )


def _string(text: str, context: Context, format: str) -> str:
    quote = context.quote or ("" if format in ("yaml", "kdl") else '"')
    return Style(format, quote).string(text)
