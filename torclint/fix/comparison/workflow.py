"""Everything in a spec that is no job: settings, classes, handlers, schedulers, actions, files and user data."""

from __future__ import annotations

from torclint.fix.comparison.contents import (
    LISTED,
    differing,
    of_file,
    of_user_data,
    one_by_one,
    shown,
)
from torclint.fix.comparison.difference import (
    ACTION,
    AFTER,
    ARTIFACT,
    BEFORE,
    UNDECIDED,
    WORKFLOW,
    Difference,
)
from torclint.fix.comparison.pairs import paired
from torclint.graph.groups import Groups
from torclint.record import TYPE_CHECKING
from torclint.syntax.node import Mapping, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from torclint.graph.workflow import WorkflowGraph
    from torclint.spec.model import Action, Workflow

# Torc puts in the user itself (workflow_spec.rs:3322), and nobody's job depends on a description
NOTED = ("user", "description")

_PLAIN = ("slurm_defaults", "dynamic_jobs", "access_groups", "metadata")


def different_settings(before: Workflow, after: Workflow) -> Iterator[Difference]:
    """The settings of the workflow, and what jobs refer to by name. New classes of resources are no difference."""
    one, other = _settings(before), _settings(after)
    for field in sorted(one.keys() | other.keys()):
        if field in NOTED or one.get(field) == other.get(field):
            continue
        was, now = (shown(each[field]) if each.get(field) is not None else "nothing" for each in (one, other))
        yield Difference(WORKFLOW, f"`{field}` of the workflow: {was} -> {now}", *_place_of(before, after, field))
    for kind, field, told, known in (
        ("resource_requirements", "resource_requirements", _classes(before), _classes(after)),
        ("failure handler", "failure_handlers", _handlers(before), _handlers(after)),
        ("scheduler", "slurm_schedulers", _schedulers(before), _schedulers(after)),
    ):
        for name in sorted(told):
            if told[name] != known.get(name):
                what = "is another one" if name in known else "is gone"
                yield Difference(WORKFLOW, f"the {kind} `{name}` {what}", *_place_of(before, after, field))


def _place_of(before: Workflow, after: Workflow, field: str) -> tuple[str, Span]:
    for side, workflow in ((AFTER, after), (BEFORE, before)):
        key = workflow.node.key(field) if workflow.node is not None else None
        if key is not None:
            return side, key.span
    return AFTER, Span(0, 0)


def _settings(workflow: Workflow) -> dict[str, Any]:
    found: dict[str, Any] = {
        **workflow.settings,
        "use_pending_failed": workflow.use_pending_failed,
        "enable_ro_crate": workflow.enable_ro_crate,
        "env": tuple(sorted((key, value.text) for key, value in workflow.env)) or None,
        "execution_config": workflow.execution_config,
        "resource_monitor": workflow.resource_monitor,
    }
    for field in _PLAIN:
        node = workflow.node.get(field) if workflow.node is not None else None
        found[field] = None if node is None else without_nulls(node.plain)
    return found


def without_nulls(value: Any) -> Any:
    """Plain data without the fields that are null: to Torc they are not there."""
    if isinstance(value, dict):
        return {key: without_nulls(each) for key, each in value.items() if each is not None}
    if isinstance(value, list):
        return [without_nulls(each) for each in value]
    return value


def _classes(workflow: Workflow) -> dict[str, Any]:
    return {
        each.name.text: (each.num_cpus, each.num_gpus, each.num_nodes, each.memory.text, each.runtime.text)
        for each in workflow.resource_requirements
    }


def _handlers(workflow: Workflow) -> dict[str, Any]:
    return {each.name.text: each.rules for each in workflow.failure_handlers}


def _schedulers(workflow: Workflow) -> dict[str, Any]:
    named = [each for each in workflow.schedulers if each.name is not None]
    return {each.name.text: without_nulls(each.node.plain) for each in named if each.name is not None}


def different_artifacts(before: Workflow, after: Workflow) -> Iterator[Difference]:
    """Files and user data: the same names, with the same paths and values."""
    for noun, one, other, contents in (
        ("file", before.files, after.files, of_file),
        ("user data", before.user_data, after.user_data, of_user_data),
    ):
        yield from _different_items(noun, Groups(list(one)), Groups(list(other)), contents)


def _different_items(noun: str, one: Groups, other: Groups, contents: Callable[[Any], dict[str, Any]]) -> Any:
    pairs = paired(one.all, other.all)
    for new, old in pairs.old_of.items():
        now = other.all[new]
        for field in differing(contents(one.all[old].item), contents(now.item)):
            name = now.template.text
            yield Difference(ARTIFACT, f"`{field}` of the {noun} {name} differs", AFTER, now.item.name.node.span, name)
    left = (*pairs.only_before, *pairs.only_after)
    if sum(group.size for group in left) > LISTED:
        span = left[0].item.name.node.span
        message = f"the {noun} items are written in another way, and are too many to compare one by one"
        yield Difference(UNDECIDED, message, BEFORE if pairs.only_before else AFTER, span)
        return
    was = {
        name: (group, values)
        for name, group, values in one_by_one(
            pairs.only_before, {group.index: contents(group.item) for group in pairs.only_before}
        )
    }
    now_there = set()
    for name, group, values in one_by_one(
        pairs.only_after, {group.index: contents(group.item) for group in pairs.only_after}
    ):
        now_there.add(name)
        span = group.item.name.node.span
        if name not in was:
            yield Difference(ARTIFACT, f"the {noun} {name} is new", AFTER, span, name)
            continue
        for field in differing(was[name][1], values):
            yield Difference(ARTIFACT, f"`{field}` of the {noun} {name} differs", AFTER, span, name)
    for name, (group, _) in was.items():
        if name not in now_there:
            yield Difference(ARTIFACT, f"the {noun} {name} is gone", BEFORE, group.item.name.node.span, name)


def different_actions(before: WorkflowGraph, after: WorkflowGraph) -> Iterator[Difference]:
    """Actions in their order: what triggers them and what they do. Which jobs they pick out is compared elsewhere."""
    old, new = before.workflow.actions, after.workflow.actions
    if len(old) != len(new):
        message = f"{len(old)} actions -> {len(new)}"
        yield Difference(ACTION, message, *_place_of(before.workflow, after.workflow, "actions"))
        return
    for number, (one, other) in enumerate(zip(old, new, strict=True), 1):
        for field, was, now in _fields(one, other):
            if was != now:
                yield Difference(
                    ACTION, f"`{field}` of action {number}: {shown(was)} -> {shown(now)}", AFTER, other.node.span
                )


def _fields(one: Action, other: Action) -> Iterator[tuple[str, Any, Any]]:
    for field in ("trigger_type", "action_type", "scheduler", "scheduler_type"):
        was, now = getattr(one, field), getattr(other, field)
        yield field, None if was is None else was.text, None if now is None else now.text
    for field in ("start_one_worker_per_node", "persistent"):
        yield field, getattr(one, field), getattr(other, field)
    yield "commands", _commands(one), _commands(other)
    for field, default in (("num_allocations", 1), ("max_parallel_jobs", None)):
        yield field, _number(one.node, field, default), _number(other.node, field, default)


def _commands(action: Action) -> list[str]:
    return [each.text for each in action.commands or ()]


def _number(node: Mapping, field: str, default: int | None) -> Any:
    value = node.get(field)
    return default if value is None or value.plain is None else value.plain
