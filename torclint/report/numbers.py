"""Numbers in words that readers are shown."""

from __future__ import annotations

from torclint.graph.edges import AtLeast
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.graph.edges import Count

_PLURALS = {
    "box": "boxes",
    "dependency": "dependencies",
    "resource requirements": "resource requirements",
    "user data": "user data items",
}


def shown(count: Count) -> str:
    """`1,000`, or `at least 1,000` where counting ended at a budget."""
    return f"at least {count.value:,}" if isinstance(count, AtLeast) else f"{count:,}"


def known(count: Count) -> int:
    """The number, or the most that is known of it."""
    return count if isinstance(count, int) else count.value


def plural(count: Count, noun: str) -> str:
    """`1 job`, `2,000 jobs`, `at least 1,000 dependencies`."""
    return f"{shown(count)} {noun if count == 1 else _PLURALS.get(noun, noun + 's')}"
