"""The outline of a spec: its jobs, files, user data, resources, handlers, schedulers and actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from torclint.report.cells import visible
from torclint.report.numbers import plural
from torclint.spec.model import Action, Item
from torclint.syntax.node import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torclint.editor.mentions import Part
    from torclint.editor.view import View
    from torclint.spec.model import Workflow

_Kind = types.SymbolKind
_NAMELESS = "(no name)"


def symbols(view: View) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    """A tree with a branch for each list of the spec; all names in one row for a client that shows no trees."""
    if view.graph is None or not view.reading.is_spec:
        return []
    branches = list(_branches(view, view.graph.workflow))
    if view.client.takes_symbol_trees:
        return branches
    uri = view.source.uri
    return [
        types.SymbolInformation(types.Location(uri, leaf.range), leaf.name, leaf.kind, container_name=branch.name)
        for branch in branches
        for leaf in branch.children or ()
    ]


def _branches(view: View, workflow: Workflow) -> Iterator[types.DocumentSymbol]:
    lists: tuple[tuple[str, _Kind, Sequence[Part], str], ...] = (
        ("jobs", _Kind.Function, workflow.jobs, "job"),
        ("files", _Kind.File, workflow.files, "file"),
        ("user_data", _Kind.Object, workflow.user_data, "user data"),
        ("resource_requirements", _Kind.Struct, workflow.resource_requirements, ""),
        ("failure_handlers", _Kind.Event, workflow.failure_handlers, ""),
        ("slurm_schedulers", _Kind.Module, workflow.schedulers, ""),
        ("actions", _Kind.Event, workflow.actions, ""),
    )
    root = workflow.document.root
    for name, kind, parts, noun in lists:
        leaves = [leaf for part in parts if (leaf := _leaf(view, part, kind, noun)) is not None]
        if not leaves:
            continue
        key = root.key(name) if isinstance(root, Mapping) else None
        # in KDL a list has no key of its own: its items lie among others
        written = None
        if key is not None and workflow.document.format != "kdl":
            written = view.range(key.span)
        first = written or leaves[0].selection_range
        whole = types.Range(min(first.start, leaves[0].range.start, key=_place), leaves[-1].range.end)
        if workflow.document.format == "kdl":
            whole = types.Range(whole.start, max((leaf.range.end for leaf in leaves), key=_place))
        yield types.DocumentSymbol(name, _Kind.Array, whole, first, _count(parts, noun), children=leaves)


def _place(position: types.Position) -> tuple[int, int]:
    return position.line, position.character


def _count(parts: Sequence[Part], noun: str) -> str:
    if not noun:
        return f"{len(parts):,}"
    return plural(sum(part.domain.size for part in parts if isinstance(part, Item)), noun)


def _leaf(view: View, part: Part, kind: _Kind, noun: str) -> types.DocumentSymbol | None:
    written = part.trigger_type if isinstance(part, Action) else part.name
    whole = view.range(part.node.span)
    selection = whole if written is None else view.range(written.node.span)
    if whole is None or selection is None:
        return None
    whole = types.Range(min(whole.start, selection.start, key=_place), max(whole.end, selection.end, key=_place))
    detail = plural(part.domain.size, noun) if isinstance(part, Item) and part.domain.axes else ""
    name = visible(written.text) if written is not None else ""
    return types.DocumentSymbol(name or _NAMELESS, kind, whole, selection, detail or None)
