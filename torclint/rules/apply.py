"""All rules over one workflow."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.rules.registry import graph_rules, reading_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding, Rule
    from torclint.rules.thresholds import Thresholds
    from torclint.spec.model import Workflow


class RuleFailure(RuntimeError):
    """A rule broke down on a spec: a fault of torclint, not of the spec."""


def findings_of(graph: WorkflowGraph, thresholds: Thresholds) -> list[Finding]:
    """What all rules find, in the order of the text. Raises RuleFailure."""
    found: list[Finding] = []
    for rule in _rules(graph.workflow):
        try:
            found += rule.check(graph, thresholds)
        except Exception as error:
            raise RuleFailure(f"{rule.code} {rule.name}: {type(error).__name__}: {error}") from error
    found.sort(key=lambda finding: (finding.span, finding.code))
    return found


def _rules(workflow: Workflow) -> Iterator[Rule]:
    """Rules about the jobs are asked only where all jobs could be read: else they would blame what is missing."""
    yield from reading_rules(workflow)
    if workflow.complete:
        yield from graph_rules(workflow)
