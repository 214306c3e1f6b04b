"""What a rule is and what it finds."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import ClassVar

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.thresholds import Thresholds
    from torclint.spec.model import Problem
    from torclint.syntax.node import Span
    from torclint.text.edits import Edit

SEVERITIES = ERROR, WARNING, INFO = "error", "warning", "info"

REJECTED, STUCK, UNREADY, SLOW, SURPRISE, STYLE = "rejected", "stuck", "unready", "slow", "surprise", "style"

SAFE, UNSAFE = "safe", "unsafe"

FIXES_AT_ONCE = 500  # findings of a rule for which edits are worked out; `fix` asks again once these are made


class FixOffer(Record):
    """What `torclint fix` can do about a finding. `edits` are what it would change, if that is known without planning."""

    applicability: str  # SAFE or UNSAFE
    title: str
    command: str  # what to type
    edits: tuple[Edit, ...] = ()


BARRIER = FixOffer(SAFE, "insert a barrier job", "torclint fix --insert-barriers")  # planned when it is made


class Related(Record):
    span: Span
    message: str


class Finding(Record):
    """One thing a rule found, at one place. `label` stands under the caret, `help` below the excerpt.

    `others`: where it is found as well, for jobs that are counted in. An ignore leaves it out if it covers them all.
    """

    code: str
    name: str
    severity: str
    effect: str
    message: str
    span: Span
    subject: str = ""
    label: str = ""
    help: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    fix: FixOffer | None = None
    others: tuple[Span, ...] = ()


class Rule:
    """One rule. Its docstring is its documentation: a summary line, then `## What it does`, `## Why`, `## Example`,
    `## Use instead`, and for a fixable one `## Fix safety`."""

    code: ClassVar[str]
    name: ClassVar[str]
    since: ClassVar[str] = "0.1"
    severity: ClassVar[str]
    effect: ClassVar[str]
    fixable: ClassVar[bool] = False

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        raise NotImplementedError(type(self).__name__)

    def finding(
        self,
        message: str,
        span: Span,
        *,
        subject: str = "",
        label: str = "",
        help: tuple[str, ...] = (),
        related: tuple[Related, ...] = (),
        fix: FixOffer | None = None,
        others: tuple[Span, ...] = (),
    ) -> Finding:
        return Finding(
            self.code, self.name, self.severity, self.effect, message, span, subject, label, help, related, fix, others
        )


class ReadingRule(Rule):
    """A rule about what reading the spec brought up: it reports the problems that carry its name."""

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for problem in graph.workflow.problems:
            if problem.rule == self.name:
                yield self._report(problem)

    def _report(self, problem: Problem) -> Finding:
        related = tuple(Related(span, message) for span, message in problem.related)
        return self.finding(problem.message, problem.span, subject=problem.subject, help=problem.help, related=related)
