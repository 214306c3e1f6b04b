"""The edits that write planned barriers into a spec, and the plain data that the edited spec has to give."""

from __future__ import annotations

import copy
import re

from torclint.fix.plan import TINY
from torclint.record import TYPE_CHECKING, Record
from torclint.syntax.insertion import CannotEdit, insert_before, rename_key, replace_string
from torclint.syntax.node import Mapping, Sequence

if TYPE_CHECKING:
    from typing import Any

    from torclint.fix.plan import Barrier
    from torclint.spec.model import Workflow
    from torclint.syntax.insertion import New
    from torclint.text.edits import Edit


class Rewrite(Record):
    """Edits on the original text, and the value that the edited text must have."""

    edits: tuple[Edit, ...]
    value: Any


def rewrite(workflow: Workflow, barriers: tuple[Barrier, ...]) -> Rewrite:
    """Write `barriers` into the spec of `workflow`. Raises CannotEdit where that would touch anything else."""
    document = workflow.document
    root = document.root
    assert isinstance(root, Mapping)
    jobs = root.get("jobs")
    if not isinstance(jobs, Sequence) or document.format == "kdl":
        raise CannotEdit("the jobs are not written as a list")
    value = copy.deepcopy(document.value)
    edits: dict[tuple[int, int], Edit] = {}
    inserts: dict[int, list[list[tuple[str, New]]]] = {}
    for barrier in barriers:
        for edit in _redirect(workflow, barrier, value):
            edits[edit.start, edit.end] = edit
        inserts.setdefault(barrier.first_consumer.index, []).append(_fields(barrier))
    for index in sorted(inserts, reverse=True):
        before = workflow.jobs[index].node
        place = next((number for number, item in enumerate(jobs.items) if item is before), None)
        if place is None:
            raise CannotEdit("a job is not written in the list of jobs")
        edit = _several(document, jobs, before, inserts[index])
        edits[edit.start, edit.end] = edit
        value["jobs"][place:place] = [dict(fields) for fields in inserts[index]]
    new_classes = {barrier.resources.name for barrier in barriers if barrier.resources and barrier.resources.is_new}
    for name in sorted(new_classes):
        listed = root.get("resource_requirements")
        if not isinstance(listed, Sequence):
            raise CannotEdit("the resource requirements are not written as a list")
        fields: list[tuple[str, New]] = [("name", name), *TINY]
        edit = insert_before(document, listed, listed.items[0], fields)
        edits[edit.start, edit.end] = edit
        value["resource_requirements"].insert(0, dict(fields))
    return Rewrite(tuple(edits.values()), value)


def _several(document: Any, jobs: Sequence, before: Any, items: list[list[tuple[str, New]]]) -> Edit:
    """Several new items in front of one: one edit, since edits at one place have no order."""
    written = [insert_before(document, jobs, before, fields) for fields in items]
    return written[0]._replace(replacement="".join(edit.replacement for edit in written))


def _fields(barrier: Barrier) -> list[tuple[str, New]]:
    """The barrier as a job of the spec; fields that would say nothing are left out."""
    fields: list[tuple[str, New]] = [("name", barrier.name), ("command", barrier.command)]
    if barrier.resources is not None:
        fields.append(("resource_requirements", barrier.resources.name))
    fields.append(("depends_on_regexes", [str(barrier.pattern.written.node.value)]))
    if barrier.priority:
        fields.append(("priority", barrier.priority))
    if barrier.labels:
        fields.append(("labels", list(barrier.labels)))
    return fields


def _redirect(workflow: Workflow, barrier: Barrier, value: Any) -> list[Edit]:
    """Let every consumer wait for the barrier: `depends_on` in the place of its only pattern, else a pattern that
    matches the barrier alone in the place of the old one."""
    document = workflow.document
    edits: list[Edit] = []
    written_by: dict[int, int] = {}
    for clauses in barrier.block.clauses:
        written = id(clauses[0].written.node)
        written_by[written] = written_by.get(written, 0) + 1
    for group, clauses in zip(barrier.block.consumers, barrier.block.clauses, strict=True):
        job = workflow.jobs[group.index]
        clause = clauses[0]
        node = clause.written.node
        place = _place_of(value, workflow, job)
        patterns = job.node.get("depends_on_regexes")
        key = job.node.key("depends_on_regexes")
        assert isinstance(patterns, Sequence)
        assert key is not None
        position = next((number for number, item in enumerate(patterns.items) if item is node), None)
        if position is None:
            raise CannotEdit("a pattern is written elsewhere")
        spec = value["jobs"][place]
        inside = job.node.start <= node.start < job.node.end and not patterns.alias
        alone = len(patterns.items) == 1 and job.node.key("depends_on") is None
        if alone and inside and written_by[id(node)] == 1 and not _anchored(document.text, patterns):
            edits.append(rename_key(document, key, "depends_on"))
            edits.append(replace_string(document, node, barrier.name))
            value["jobs"][place] = {
                ("depends_on" if name == "depends_on_regexes" else name): (
                    [barrier.name] if name == "depends_on_regexes" else each
                )
                for name, each in spec.items()
            }
        else:
            exactly = f"^{re.escape(barrier.name)}$"
            edits.append(replace_string(document, node, exactly))
            spec["depends_on_regexes"] = list(spec["depends_on_regexes"])
            spec["depends_on_regexes"][position] = exactly
    return edits


def _anchored(text: str, patterns: Sequence) -> bool:
    return text[patterns.start : patterns.start + 1] in ("&", "!")


def _place_of(value: Any, workflow: Workflow, job: Any) -> int:
    root = workflow.document.root
    assert isinstance(root, Mapping)
    jobs = root.get("jobs")
    assert isinstance(jobs, Sequence)
    for number, item in enumerate(jobs.items):
        if item is job.node:
            return number
    raise CannotEdit("a job is not written in the list of jobs")
