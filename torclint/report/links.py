"""Where to read more: the page of a rule."""

from __future__ import annotations

from torclint.version import PROJECT

RULES_PAGE = f"{PROJECT}/blob/main/docs/rules.md"


def rule_link(code: str, name: str) -> str:
    """The address of what the rules page says about a rule."""
    return f"{RULES_PAGE}#{code.lower()}-{name}"
