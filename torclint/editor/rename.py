"""Another name for a job, a file or whatever else has one, wherever it is named; only where it is proven to change nothing.

The proof is made from the new text: it holds the same data but for the name, no name stands twice, every name and
every pattern of the spec stands for the same parts as before, and no rule finds more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from torclint.checking.one import findings_in, graph_of
from torclint.editor.declared import Declared
from torclint.editor.mentions import mention_at, mentions_in, parts_of
from torclint.fix.repairs.proof import tally
from torclint.graph.clauses import JOBS, TOKEN
from torclint.graph.duplicates import duplicates
from torclint.graph.edges import UNCOUNTABLE
from torclint.syntax import ParseError, parse
from torclint.syntax.insertion import CannotEdit, replace_string
from torclint.syntax.node import Mapping, Scalar, Sequence
from torclint.text.edits import Edit, EditConflict, apply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.editor.mentions import Mention
    from torclint.editor.view import View
    from torclint.graph.groups import Group, Groups
    from torclint.graph.workflow import WorkflowGraph
    from torclint.syntax.node import Node


class CannotRename(ValueError):
    """The name cannot be changed without changing anything else; `str()` says why."""


def place_to_rename(view: View, position: types.Position) -> types.PrepareRenamePlaceholder | None:
    """The name at a place; None where there is none that could be changed."""
    try:
        mention, group = _named_at(view, position)
    except CannotRename:
        return None
    range = view.range(mention.span)
    return None if range is None else types.PrepareRenamePlaceholder(range, group.template.text)


def rename(view: View, position: types.Position, new: str) -> types.WorkspaceEdit:
    """The edits that give what is named at a place the name `new`. Raises CannotRename."""
    mention, group = _named_at(view, position)
    graph = view.graph
    assert graph is not None
    edits, values = _edits(graph, mention.kind, group, new)
    try:
        text = apply(graph.workflow.document.text, edits)
        document = parse(text, graph.workflow.document.format)
    except (EditConflict, ParseError) as error:
        raise CannotRename(f"the text could not be read with it: {error}") from None
    if not _same_but_for(graph.workflow.document.root, document.root, values):
        raise CannotRename("something else would change as well: an alias, or a key written twice")
    after = graph_of(document, graph.workflow.torc)
    _prove_names(graph, after, mention.kind, group, new)
    _prove_findings(view, graph, after)
    return view.changes(edits)


def _named_at(view: View, position: types.Position) -> tuple[Mention, Group]:
    """The name at a place, and the one part that has it."""
    offset = view.offset(position)
    if view.graph is None or offset is None or not view.is_current:
        raise CannotRename("the spec cannot be read as it is now")
    workflow = view.graph.workflow
    mention = mention_at(workflow, offset)
    if mention is None or mention.is_pattern:
        raise CannotRename("there is no name here")
    if not workflow.loaded or not workflow.complete:
        raise CannotRename("mend first what keeps Torc from loading the spec")
    groups = Declared(view.graph).meant_by(mention)
    if len(groups) != 1 or groups[0].template.text != mention.written.text:
        raise CannotRename("this is not the name as it is defined: rename it there")
    return mention, groups[0]


def _edits(graph: WorkflowGraph, kind: str, group: Group, new: str) -> tuple[list[Edit], dict[int, str]]:
    """The edits, and by the places of the strings what these are to be then."""
    workflow, old = graph.workflow, group.template.text
    document = workflow.document
    if kind == JOBS and workflow.execution_config["job_stdio_overrides"]:
        raise CannotRename("`job_stdio_overrides` names jobs, too")
    edits: dict[tuple[int, int], Edit] = {}
    values: dict[int, str] = {}
    for use in _mentions(graph):
        if use.kind != kind or use.is_pattern or use.written.text != old:
            continue
        if use.is_definition and use.written.node is not group.item.name.node:
            continue
        node = use.written.node
        if use.in_command:
            edits[use.span] = Edit(*use.span, new)
            values[node.start] = _in_command(str(node.value), use, old, new)
            continue
        if node.value != old:
            raise CannotRename("the name is put together with variables")
        try:
            edits[node.span] = replace_string(document, node, new)
        except CannotEdit as error:
            raise CannotRename(str(error)) from None
        values[node.start] = new
    return list(edits.values()), values


def _in_command(text: str, use: Mention, old: str, new: str) -> str:
    space = "files" if use.kind == "file" else "user_data"
    return TOKEN.sub(
        lambda found: f"${{{space}.{found[2]}.{new}}}" if (found[1], found[3]) == (space, old) else found[0], text
    )


def _mentions(graph: WorkflowGraph) -> Iterator[Mention]:
    text = graph.workflow.document.text
    for part in parts_of(graph.workflow):
        yield from mentions_in(part, text)


def _same_but_for(one: Node, other: Node, values: dict[int, str]) -> bool:
    """Whether two trees hold the same but for strings at some places, which are as they should be."""
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        wanted = values.get(one.start, one.value)
        return type(wanted) is type(other.value) and wanted == other.value
    if isinstance(one, Sequence) and isinstance(other, Sequence):
        return len(one.items) == len(other.items) and all(
            _same_but_for(*pair, values) for pair in zip(one.items, other.items, strict=True)
        )
    if not isinstance(one, Mapping) or not isinstance(other, Mapping) or len(one.entries) != len(other.entries):
        return False
    return all(
        key.value == its_key.value and _same_but_for(value, its_value, values)
        for (key, value), (its_key, its_value) in zip(one.entries, other.entries, strict=True)
    )


def _prove_names(before: WorkflowGraph, after: WorkflowGraph, kind: str, group: Group, new: str) -> None:
    was, now = Declared(before), Declared(after)
    renamed = now.of(kind)[group.index]
    if renamed.template.text != new or renamed.domain != group.domain:
        raise CannotRename("variables or parameters would be put into the new name")
    if _repeated(now.known(kind)) > _repeated(was.known(kind)):
        raise CannotRename(f"there is a {kind} of this name already")
    for use, its in zip(_mentions(before), _mentions(after), strict=True):
        try:
            same = _picked(was, use) == _picked(now, its)
        except UNCOUNTABLE:
            same = False
        if not same:
            what = "pattern" if use.is_pattern else "name"
            raise CannotRename(f"the {what} `{use.written.text[:80]}` would stand for others than before")


def _repeated(groups: Groups) -> int:
    return sum(1 for _ in duplicates(groups))


def _picked(declared: Declared, mention: Mention) -> object:
    return [group.index for group in declared.meant_by(mention)] if mention.is_definition else declared.picks(mention)


def _prove_findings(view: View, before: WorkflowGraph, after: WorkflowGraph) -> None:
    path, settings = view.source.path, view.settings
    was, now = (tally(findings_in(graph, path, settings)) for graph in (before, after))
    for code, number in now.items():
        if number > was.get(code, 0):
            raise CannotRename(f"there would be a new finding: {code}")
