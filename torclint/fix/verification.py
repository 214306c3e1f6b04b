"""`torclint verify`: whether a second spec does what a first one did, whoever changed it and in whatever syntax."""

from __future__ import annotations

from torclint.checking.one import findings_in
from torclint.fix.comparison.difference import AFTER, BEFORE, REFUSED, WAITS, Difference
from torclint.fix.comparison.verdict import compare
from torclint.fix.comparison.waits import lights_of
from torclint.record import TYPE_CHECKING, Record
from torclint.rules.base import REJECTED, STUCK
from torclint.syntax.node import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torclint.config.settings import Settings
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.syntax.node import Document


class Side(Record):
    """One of the two specs."""

    path: str
    graph: WorkflowGraph


class Verification(Record):
    """The verdict on two specs: they do the same if `differences` is empty.

    `new`: job specs of the second of which the first has no jobs. `lost_comments`: texts of comments that are in the
    first only. `new_findings`: what the rules find in the second and not in the first.
    """

    before: Side
    after: Side
    differences: tuple[Difference, ...]
    new: tuple[Group, ...] = ()
    lost_comments: tuple[str, ...] = ()
    new_findings: tuple[Finding, ...] = ()

    @property
    def is_proven(self) -> bool:
        return not self.differences


def verify_change(before: Side, after: Side, settings: Settings) -> Verification:
    """Compare two specs that were read. One that Torc cannot load is a difference, and then nothing else is compared."""
    refused = tuple(
        Difference(REFUSED, f"Torc cannot load the spec {told}", side, _first_problem(graph))
        for side, told, graph in ((BEFORE, "as it was", before.graph), (AFTER, "as it is now", after.graph))
        if not graph.workflow.loaded or not graph.workflow.complete
    )
    lost = lost_comments(before.graph.workflow.document, after.graph.workflow.document)
    if refused:
        return Verification(before, after, refused, lost_comments=lost)
    found = compare(before.graph, after.graph)
    if any(each.kind == WAITS for each in found.differences):
        found = compare(before.graph, after.graph, lights_of(before.graph))
    old_findings = findings_in(before.graph, before.path, settings)
    new_findings = _beyond(old_findings, findings_in(after.graph, after.path, settings))
    known = {each.code for each in old_findings}
    refusing = tuple(
        Difference(REFUSED, f"{each.code} {each.message}", AFTER, each.span)
        for each in new_findings
        if each.effect in (REJECTED, STUCK) and each.code not in known
    )
    return Verification(before, after, (*found.differences, *refusing), found.new, lost, new_findings)


def _first_problem(graph: WorkflowGraph) -> Span:
    return next((problem.span for problem in graph.workflow.problems), Span(0, 0))


def _beyond(old: Iterable[Finding], found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in excess of as many of the same rule about the same thing in `old`."""
    known: dict[tuple[str, str], int] = {}
    for finding in old:
        key = finding.code, finding.subject
        known[key] = known.get(key, 0) + 1
    new = []
    for finding in found:
        key = finding.code, finding.subject
        known[key] = known.get(key, 0) - 1
        if known[key] < 0:
            new.append(finding)
    return tuple(new)


def lost_comments(before: Document, after: Document) -> tuple[str, ...]:
    """The comments of one text that the other lacks, without their marks: these differ between the syntaxes."""
    left = _comments(after)
    lost = []
    for text in _comments(before):
        if text in left:
            left.remove(text)
        else:
            lost.append(text)
    return tuple(lost)


def _comments(document: Document) -> list[str]:
    found = (document.text[span.start : span.end] for span in document.comments)
    texts = (text.strip("#/* \t\r\n") for text in found if not text.startswith("/-"))
    return [text for text in texts if text]
