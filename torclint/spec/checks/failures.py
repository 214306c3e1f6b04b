"""Failure handlers that do nothing (Torc 1.0.0, job_runner.rs:2822-2847)."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.checks.wording import key_span, value_span
from torclint.spec.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.model import FailureRule, Workflow
    from torclint.spec.reader import Decoded
    from torclint.syntax.node import Mapping

_NAME = "useless-retry"


def problems(workflow: Workflow) -> Iterator[Problem]:
    decoded: list[Decoded] = workflow.fields.get("failure_handlers", [])
    rules_of = {id(one.node): one.values.get("rules") for one in decoded}
    for handler in workflow.failure_handlers:
        subject = f"failure handler {handler.name.text}"
        written: list[Decoded] | None = rules_of.get(id(handler.node))
        if written is None:
            continue
        if not handler.rules:
            advice = ("add a rule with exit_codes or match_all_exit_codes: true",)
            yield Problem(
                _NAME, "without rules the handler does nothing", value_span(handler.node, "rules"), subject, advice
            )
        for rule, place in zip(handler.rules, written, strict=True):
            yield from _of_rule(rule, place.node, subject)


def _of_rule(rule: FailureRule, node: Mapping, subject: str) -> Iterator[Problem]:
    if not rule.exit_codes and not rule.match_all_exit_codes:
        advice = ("add exit_codes: [...] or match_all_exit_codes: true",)
        yield Problem(_NAME, "the rule is for no exit code", node.span, subject, advice)
        return
    if 0 in rule.exit_codes:
        advice = ("remove it",)
        span = value_span(node, "exit_codes")
        yield Problem(_NAME, "exit code 0 is no failure; the rule never sees it", span, subject, advice)
    if rule.max_retries > 1:
        return
    lost = " and its recovery script never runs" if rule.recovery_script is not None else ""
    yield Problem(
        _NAME,
        f"max_retries counts every run of the job: with {rule.max_retries:,} it is not tried again{lost}",
        key_span(node, "max_retries"),
        subject,
        ("for one retry write max_retries: 2",),
    )
