"""The edits that write planned barriers into a spec, and the plain data that the edited spec has to give."""

from __future__ import annotations

import re

from torclint.fix.plan import TINY
from torclint.record import TYPE_CHECKING, Record
from torclint.syntax.insertion import CannotEdit, insert_before, rename_key, replace_string
from torclint.syntax.node import Mapping, Sequence

if TYPE_CHECKING:
    from typing import Any

    from torclint.fix.plan import Barrier
    from torclint.graph.clauses import Clause
    from torclint.spec.model import JobSpec, Workflow
    from torclint.syntax.insertion import Fields
    from torclint.text.edits import Edit


class Rewrite(Record):
    """Edits on the original text, and the value that the edited text must have."""

    edits: tuple[Edit, ...]
    value: Any


def rewrite(workflow: Workflow, barriers: tuple[Barrier, ...]) -> Rewrite:
    """Write `barriers` into the spec of `workflow`. Raises CannotEdit where that would touch anything else."""
    value = workflow.document.value
    edits: dict[tuple[int, int], Edit] = {}
    inserts: dict[int, list[Fields]] = {}
    for barrier in barriers:
        for edit in _redirect(workflow, barrier, value["jobs"]):
            edits[edit.start, edit.end] = edit  # jobs that share a pattern by an alias share the edit
        inserts.setdefault(barrier.first_consumer.index, []).append(_fields(barrier))
    for index in sorted(inserts, reverse=True):
        edit = _several(workflow, _written_job(workflow, index), inserts[index])
        edits[edit.start, edit.end] = edit
        value["jobs"][index:index] = [dict(fields) for fields in inserts[index]]
    new_classes = {barrier.resources.name for barrier in barriers if barrier.resources and barrier.resources.is_new}
    for name in sorted(new_classes):
        fields: Fields = [("name", name), *TINY]
        first = workflow.resource_requirements[0].node
        edit = insert_before(workflow.document, "resource_requirements", first, fields)
        edits[edit.start, edit.end] = edit
        value["resource_requirements"].insert(0, dict(fields))
    return Rewrite(tuple(edits.values()), value)


def _several(workflow: Workflow, before: JobSpec, items: list[Fields]) -> Edit:
    """Several new jobs in front of one: one edit, since edits at one place have no order."""
    written = [insert_before(workflow.document, "jobs", before.node, fields) for fields in items]
    return written[0]._replace(replacement="".join(edit.replacement for edit in written))


def _written_job(workflow: Workflow, index: int) -> JobSpec:
    """The job spec at `index` of the list of jobs, both as decoded and as written."""
    root = workflow.document.root
    assert isinstance(root, Mapping)
    jobs = root.get("jobs")
    job = workflow.jobs[index]
    if not isinstance(jobs, Sequence) or job.index != index or jobs.items[index] is not job.node:
        raise CannotEdit("a job is not written in the list of jobs")
    return job


def _fields(barrier: Barrier) -> Fields:
    """The barrier as a job of the spec; fields that would say nothing are left out."""
    fields: Fields = [("name", barrier.name), ("command", barrier.command)]
    if barrier.resources is not None:
        fields.append(("resource_requirements", barrier.resources.name))
    fields.append(("depends_on_regexes", [str(barrier.pattern.written.node.value)]))
    if barrier.priority:
        fields.append(("priority", barrier.priority))
    if barrier.labels:
        fields.append(("labels", list(barrier.labels)))
    return fields


def _redirect(workflow: Workflow, barrier: Barrier, jobs: list[Any]) -> list[Edit]:
    """Let every consumer wait for the barrier, in `jobs` too: `depends_on` in the place of its only pattern, else a
    pattern that matches the barrier alone in the place of the old one."""
    document = workflow.document
    edits: list[Edit] = []
    written_by: dict[int, int] = {}
    for clauses in barrier.block.clauses:
        written = id(clauses[0].written.node)
        written_by[written] = written_by.get(written, 0) + 1
    for group, clauses in zip(barrier.block.consumers, barrier.block.clauses, strict=True):
        job = _written_job(workflow, group.index)
        node = clauses[0].written.node
        key = job.node.key("depends_on_regexes")
        patterns, position = _patterns(job, clauses[0])
        assert key is not None
        spec = jobs[group.index]
        shared = patterns.alias or written_by[id(node)] > 1 or document.text[patterns.start] in "&!"
        if len(patterns.items) == 1 and not shared and job.node.key("depends_on") is None:
            edits.append(rename_key(document, key, "depends_on"))
            edits.append(replace_string(document, node, barrier.name))
            jobs[group.index] = {
                ("depends_on" if name == "depends_on_regexes" else name): (
                    [barrier.name] if name == "depends_on_regexes" else each
                )
                for name, each in spec.items()
            }
        else:
            exactly = f"^{re.escape(barrier.name)}$"
            edits.append(replace_string(document, node, exactly))
            spec["depends_on_regexes"][position] = exactly
    return edits


def _patterns(job: JobSpec, clause: Clause) -> tuple[Sequence, int]:
    """The list of patterns of a job, and where in it that of `clause` stands."""
    patterns = job.node.get("depends_on_regexes")
    if isinstance(patterns, Sequence):
        for position, item in enumerate(patterns.items):
            if item is clause.written.node:
                return patterns, position
    raise CannotEdit("the pattern is not written in the list of patterns")
