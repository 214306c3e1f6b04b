"""All rules over one workflow."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.rules.base import BARRIER, REJECTED, STUCK
from torclint.rules.registry import RULES, graph_rules, reading_rules
from torclint.rules.selection import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding, Rule
    from torclint.rules.selection import Selection
    from torclint.rules.thresholds import Thresholds
    from torclint.spec.model import Workflow


class RuleFailure(RuntimeError):
    """A rule broke down on a spec: a fault of torclint, not of the spec."""


def go_on() -> None:
    """The pause between two rules of a check that nobody wants to interrupt."""


def findings_of(
    graph: WorkflowGraph,
    thresholds: Thresholds,
    selection: Selection = DEFAULT,
    pause: Callable[[], None] = go_on,
) -> list[Finding]:
    """What the rules of `selection` find, in the order of the text. Raises RuleFailure.

    `pause` is called before each rule; what it raises ends the check.

    Where a spec cannot be read whole, most rules are not asked; why is then told even if the selection leaves that out: a
    spec that was not looked at must not pass for a clean one.
    """
    workflow = graph.workflow
    found = _found_by(_rules(workflow, selection), graph, thresholds, pause)
    if not workflow.complete and not any(finding.effect == REJECTED for finding in found):
        refusals = _found_by(reading_rules(workflow, DEFAULT), graph, thresholds, pause)
        found += (finding for finding in refusals if finding.effect == REJECTED)
    if any(finding.effect in (REJECTED, STUCK) for finding in found):
        found = list(map(_without_barrier, found))
    found.sort(key=lambda finding: (finding.span, finding.code))
    return found


def _without_barrier(finding: Finding) -> Finding:
    """Barriers are put into no spec that does not run: mending it may change what waits for what."""
    if finding.fix is not BARRIER:
        return finding
    return finding._replace(fix=None, help=(*finding.help, "torclint fix puts it in once the errors are mended"))


def _found_by(
    rules: Iterator[Rule], graph: WorkflowGraph, thresholds: Thresholds, pause: Callable[[], None]
) -> list[Finding]:
    found: list[Finding] = []
    for rule in rules:
        pause()
        try:
            found += rule.check(graph, thresholds)
        except Exception as error:
            raise RuleFailure(f"{rule.code} {rule.name}: {type(error).__name__}: {error}") from error
    return found


def asked(workflow: Workflow, selection: Selection) -> frozenset[str]:
    """The codes of the rules that are asked about `workflow`, whether or not there is something for them in it."""
    return frozenset(
        entry.code
        for entry in RULES
        if selection.asks(entry) and entry.is_right_for(workflow.torc) and (entry.reading or workflow.complete)
    )


def _rules(workflow: Workflow, selection: Selection) -> Iterator[Rule]:
    """Rules about the jobs are asked only where all jobs could be read: else they would blame what is missing."""
    yield from reading_rules(workflow, selection)
    if workflow.complete:
        yield from graph_rules(workflow, selection)
