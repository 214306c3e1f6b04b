"""What a rule's docstring says, for `explain`, the list of rules and the pages made from them."""

from __future__ import annotations

from inspect import cleandoc

from torclint.record import TYPE_CHECKING, Record
from torclint.rules.registry import find

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
    aliases: tuple[str, ...]
    opt_in: bool
    summary: str
    text: str


def documentation(rule: Rule) -> Documentation:
    """The documentation of `rule`, from its docstring: a summary paragraph, then sections with `##` headings."""
    summary, _, text = cleandoc(type(rule).__doc__ or "").partition("\n\n")
    entry = find(rule.code)
    traits = rule.severity, rule.effect, rule.since, rule.fixable, entry.aliases, entry.opt_in
    return Documentation(rule.code, rule.name, *traits, " ".join(summary.split()), text)
