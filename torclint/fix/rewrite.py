"""The edits that write planned barriers into a spec, and the plain data that the edited spec has to give."""

from __future__ import annotations

from torclint.fix.planning.carrier import TINY
from torclint.fix.redirect import NAMES, PATTERNS, redirect
from torclint.record import TYPE_CHECKING, Record
from torclint.syntax.insertion import CannotEdit, insert_before, with_anchors
from torclint.syntax.node import Mapping, Sequence

if TYPE_CHECKING:
    from typing import Any

    from torclint.fix.planning.plan import Barrier, Redirect, Unit
    from torclint.spec.model import JobSpec, Workflow
    from torclint.syntax.insertion import Fields
    from torclint.text.edits import Edit


class Rewrite(Record):
    """Edits on the original text, and the value that the edited text must have."""

    edits: tuple[Edit, ...]
    value: Any


def rewrite(workflow: Workflow, units: tuple[Unit, ...]) -> Rewrite:
    """Write `units` into the spec of `workflow`. Raises CannotEdit where that would touch anything else."""
    value = workflow.document.value
    edits: dict[tuple[int, int], Edit] = {}
    jobs = {each.group.index: written_job(workflow, each.group.index) for unit in units for each in unit.redirects}
    for edit in redirect(workflow.document, jobs, _by_group(units), value["jobs"]):
        known = edits.setdefault((edit.start, edit.end), edit)  # jobs that share an entry by an alias share the edit
        if known != edit:
            raise CannotEdit("jobs that share a list by an alias would wait for different barriers")
    inserts: dict[int, list[Fields]] = {}
    barriers = [barrier for unit in units for barrier in unit.barriers]
    for barrier in barriers:
        inserts.setdefault(barrier.first_consumer.index, []).append(fields_of(barrier))
    for index in sorted(inserts, reverse=True):
        edit = _several(workflow, written_job(workflow, index), inserts[index])
        edits[edit.start, edit.end] = edit
        value["jobs"][index:index] = [dict(fields) for fields in inserts[index]]
    for name in sorted({each.resources.name for each in barriers if each.resources and each.resources.is_new}):
        fields: Fields = [("name", name), *TINY]
        first = workflow.resource_requirements[0].node
        edit = insert_before(workflow.document, "resource_requirements", first, fields)
        edits[edit.start, edit.end] = edit
        value["resource_requirements"].insert(0, dict(fields))
    return Rewrite(tuple(with_anchors(workflow.document, edits.values(), (NAMES, PATTERNS))), value)


def _by_group(units: tuple[Unit, ...]) -> dict[int, list[Redirect]]:
    found: dict[int, list[Redirect]] = {}
    for unit in units:
        for each in unit.redirects:
            found.setdefault(each.group.index, []).append(each)
    return found


def _several(workflow: Workflow, before: JobSpec, items: list[Fields]) -> Edit:
    """Several new jobs in front of one: one edit, since edits at one place have no order."""
    written = [insert_before(workflow.document, "jobs", before.node, fields) for fields in items]
    return written[0]._replace(replacement="".join(edit.replacement for edit in written))


def written_job(workflow: Workflow, index: int) -> JobSpec:
    """The job spec at `index` of the list of jobs, both as decoded and as written."""
    root = workflow.document.root
    assert isinstance(root, Mapping)
    jobs = root.get("jobs")
    job = workflow.jobs[index]
    if not isinstance(jobs, Sequence) or job.index != index or jobs.items[index] is not job.node:
        raise CannotEdit("a job is not written in the list of jobs")
    return job


def fields_of(barrier: Barrier) -> Fields:
    """The barrier as a job of the spec; fields that would say nothing are left out."""
    fields: Fields = [("name", barrier.name), ("command", barrier.command)]
    if barrier.resources is not None:
        fields.append(("resource_requirements", barrier.resources.name))
    texts = {True: [], False: list(barrier.behind)}
    for clause in barrier.clauses:
        text = str(clause.written.node.value)
        if text not in texts[clause.is_pattern]:
            texts[clause.is_pattern].append(text)
    for field, is_pattern in (("depends_on", False), ("depends_on_regexes", True)):
        if texts[is_pattern]:
            fields.append((field, texts[is_pattern]))
    if barrier.priority:
        fields.append(("priority", barrier.priority))
    if barrier.labels:
        fields.append(("labels", list(barrier.labels)))
    return fields + list(barrier.parameters.fields)
