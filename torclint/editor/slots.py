"""What may stand in braces within a text: parameters, variables, and the files and user data of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from torclint.spec.model import Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.editor.context import Context
    from torclint.editor.view import View

_MOST = 200


def slot_items(view: View, context: Context, typed: str, place: types.Range) -> Iterator[types.CompletionItem]:
    """The completions for `typed`, which begins with `{` or `${`, and stands at `place`."""
    if typed.startswith("${"):
        if context.path[:1] != ("jobs",) and context.path[:1] != ("job",):
            return
        texts = _tokens(view)
        kind = types.CompletionItemKind.File
    else:
        texts = ((f"{{{name}}}", detail) for name, detail in _parameters(view, context))
        kind = types.CompletionItemKind.Variable
    end = types.Position(place.end.line, place.end.character)
    offset = view.places.offset(end)
    if view.reading.text.startswith("}", offset):  # editors put the closing brace there with the opening one
        end = view.places.position(offset + 1)
    for text, detail in list(dict.fromkeys(texts))[:_MOST]:
        edit = types.TextEdit(types.Range(place.start, end), text)
        yield types.CompletionItem(text, kind=kind, detail=detail, filter_text=text, text_edit=edit)


def _tokens(view: View) -> Iterator[tuple[str, str]]:
    workflow = None if view.graph is None else view.graph.workflow
    if workflow is None:
        return
    for space, items in (("files", workflow.files), ("user_data", workflow.user_data)):
        for item in items:
            for direction in ("input", "output"):
                yield f"${{{space}.{direction}.{item.name.text}}}", f"{direction} of the job"


def _parameters(view: View, context: Context) -> Iterator[tuple[str, str]]:
    graph = view.graph
    if graph is None:
        return
    workflow = graph.workflow
    offset = view.offset(view.places.position(context.start))
    items: list[Item] = [*workflow.jobs, *workflow.files, *workflow.user_data]
    around = [item for item in items if offset is not None and item.node.start <= offset <= item.node.end]
    for item in around:
        for name in item.domain.names:
            yield name, "parameter"
    if not around:
        for name in workflow.parameters:
            yield name, "parameter of the workflow"
    for name in workflow.variables:
        yield name, f"variable: {workflow.variables[name]}"
