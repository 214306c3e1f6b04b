"""The proof that a fixed spec is the old one with barriers in between: made from the new text, not from the plan.

What is compared: the plain data, the comments, the text between the edits; all that Torc makes of the two specs, by the
comparison that `torclint verify` makes too; the number of edges, and the findings.
"""

from __future__ import annotations

from torclint.fix.comparison.new_jobs import is_mere_light
from torclint.fix.comparison.verdict import compare
from torclint.fix.comparison.waits import Lights
from torclint.graph.cost import workflow_seconds
from torclint.graph.edges import UNCOUNTABLE
from torclint.graph.workflow import WorkflowGraph
from torclint.record import TYPE_CHECKING, Record
from torclint.rules.apply import findings_of
from torclint.rules.base import INFO, REJECTED, SLOW, STUCK
from torclint.spec.decode import decode
from torclint.syntax import ParseError, parse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds
    from torclint.syntax.node import Document
    from torclint.text.edits import Edit


class NotProven(ValueError):
    """The new text failed a check; `str()` says which."""


class Entangled(NotProven):
    """The plan is right, but its edits reach something else as well, or miss what they are meant for."""


class Checked(Record):
    """A spec with all that was found in it."""

    graph: WorkflowGraph
    findings: tuple[Finding, ...]
    thresholds: Thresholds


class Change(Record):
    """What a new text is meant to be: the edits that made it and its plain data.

    `names` are new barriers, `reused` old jobs that are taken for barriers. With `newly` jobs may wait for these that did
    not before.
    """

    edits: tuple[Edit, ...]
    value: Any
    names: tuple[str, ...]
    reused: tuple[str, ...] = ()
    newly: bool = False
    is_split: bool = False


def verify(original: Checked, text: str, change: Change) -> Checked:
    """Prove that `text` is the spec of `original` with barriers put in; gives what is found in it. Raises NotProven."""
    before = original.graph
    document = before.workflow.document
    try:
        fixed = parse(text, document.format)
    except ParseError as error:
        raise NotProven(f"the new text cannot be read: {error}") from None
    if not same(fixed.value, change.value):
        raise Entangled("the edit would change or leave other parts of the spec (an alias, or a key written twice)")
    _same_comments(document, fixed)
    _same_elsewhere(document.text, text, change.edits)
    after = WorkflowGraph(decode(fixed, before.workflow.torc))
    if not after.workflow.loaded or not after.workflow.complete:
        raise NotProven("Torc would not load the new spec")
    _same_deeds(before, after, change)
    if change.is_split:
        _sooner_created(before, after)
    else:
        _fewer_edges(before, after)
    found = Checked(after, tuple(findings_of(after, original.thresholds)), original.thresholds)
    _no_new_findings(original, found, change.names)
    return found


def same(one: Any, other: Any) -> bool:
    """Whether two plain values are equal, types and order included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def _same_comments(before: Document, after: Document) -> None:
    texts = [sorted(each.text[span.start : span.end] for span in each.comments) for each in (before, after)]
    if texts[0] != texts[1]:
        raise NotProven("a comment would be lost or changed")


def _same_elsewhere(before: str, after: str, edits: tuple[Edit, ...]) -> None:
    shift = done = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if before[done : edit.start] != after[done + shift : edit.start + shift]:
            raise NotProven("text outside the edits would change")
        shift += len(edit.replacement) - (edit.end - edit.start)
        done = edit.end
    if before[done:] != after[done + shift :]:
        raise NotProven("text outside the edits would change")


def _same_deeds(before: WorkflowGraph, after: WorkflowGraph, change: Change) -> None:
    """All that Torc makes of both is the same, but for the new jobs, and these do nothing but stand between others."""
    lights = frozenset(group.index for group in before.groups if group.template.text in change.reused)
    if not all(is_mere_light(before.workflow.jobs[index]) for index in lights):
        raise NotProven("a job that is taken for a barrier does more than one")
    found = compare(before, after, Lights(lights, change.newly))
    if found.differences:
        raise NotProven(found.differences[0].message)
    if sorted(group.template.text for group in found.new) != sorted(change.names):
        raise NotProven("the jobs are not the same")


def _fewer_edges(before: WorkflowGraph, after: WorkflowGraph) -> None:
    try:
        old, new = before.counts.total, after.counts.total
    except UNCOUNTABLE as error:
        raise NotProven(f"the dependencies cannot be compared: {error}") from None
    if not isinstance(old, int) or not isinstance(new, int):
        raise NotProven("the dependencies cannot be counted")
    if new >= old:
        raise NotProven(
            f"it would save nothing: the same jobs are tied by other entries too ({old:,} -> {new:,} dependencies)"
        )


def _sooner_created(before: WorkflowGraph, after: WorkflowGraph) -> None:
    if workflow_seconds(after) >= workflow_seconds(before):
        raise NotProven("it would save no time in the creation")


def _no_new_findings(original: Checked, after: Checked, names: tuple[str, ...]) -> None:
    """A barrier takes over the pattern and the labels of its consumers, what there is to find about these, and the least
    of their cost. What is for information only, such as one more link of a long chain, does not count."""
    known = _tally(original.findings)
    codes = {code for code, _ in known}
    # what costs time is told at the first of all jobs that it concerns: that may be another one now
    old, new = (_number_by_code(each.findings) for each in (original, after))
    barriers = {f"job {name}" for name in names}
    found = [finding for finding in after.findings if finding.severity != INFO]
    costs = {(finding.code, finding.subject) for finding in found if finding.effect == SLOW}
    for (code, subject), number in _tally(found).items():
        taken_over = subject in barriers and (code in codes or (code, subject) in costs)
        taken_over = taken_over or ((code, subject) in costs and new[code] <= old.get(code, 0))
        if number > known.get((code, subject), 0) and not taken_over:
            raise NotProven(f"the new spec would have a finding that the old one has not: {code} at {subject}")


def _number_by_code(findings: Iterable[Finding]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for finding in findings:
        numbers[finding.code] = numbers.get(finding.code, 0) + 1
    return numbers


def _tally(findings: Iterable[Finding]) -> dict[tuple[str, str], int]:
    tally: dict[tuple[str, str], int] = {}
    for finding in findings:
        tally[finding.code, finding.subject] = tally.get((finding.code, finding.subject), 0) + 1
    return tally


def refusing(findings: Iterable[Finding]) -> list[Finding]:
    """The findings because of which Torc refuses a spec or leaves jobs waiting: such a spec is not rewritten."""
    return [finding for finding in findings if finding.effect in (REJECTED, STUCK)]
