"""What a rule's docstring says, for `explain`, the list of rules and the pages made from them."""

from __future__ import annotations

from inspect import cleandoc

from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from torclint.rules.base import Rule


class Documentation(Record):
    """One rule for readers. `text` is Markdown: all of the docstring after the summary."""

    code: str
    name: str
    severity: str
    effect: str
    since: str
    fixable: bool
    summary: str
    text: str


def documentation(rule: Rule) -> Documentation:
    """The documentation of `rule`, from its docstring: a summary paragraph, then sections with `##` headings."""
    summary, _, text = cleandoc(type(rule).__doc__ or "").partition("\n\n")
    return Documentation(
        rule.code, rule.name, rule.severity, rule.effect, rule.since, rule.fixable, " ".join(summary.split()), text
    )
