"""Names of jobs in several styles."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, STYLE, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds

_SLOT = re.compile(r"\{[^{}]*\}")
_STYLES = (
    ("snake_case", re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")),
    ("kebab-case", re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")),
    ("camelCase", re.compile(r"[a-z0-9]+(?:[A-Z][a-z0-9]*)+")),
    ("PascalCase", re.compile(r"(?:[A-Z][a-z0-9]+){2,}")),
)


class MixedNameStyles(Rule):
    """The names of jobs are written in several styles.

    ## What it does
    Flags job names in a style, such as kebab-case, that fewer jobs of the spec have than another, such as snake_case.
    Names of one word are in every style; slots are left out.

    ## Why
    Patterns pick jobs out by their names: `^prep_` does not find `prep-1`.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: prep_a, command: "true"}
      - {name: prep_b, command: "true"}
      - {name: prep-c, command: "true"}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: prep_a, command: "true"}
      - {name: prep_b, command: "true"}
      - {name: prep_c, command: "true"}
    ```
    """

    code, name, severity, effect = "TL803", "mixed-name-styles", INFO, STYLE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        styles = [(job, _style(job.name.text)) for job in graph.workflow.jobs]
        counts: dict[str, int] = {}
        for _, style in styles:
            if style:
                counts[style] = counts.get(style, 0) + 1
        if len(counts) < 2:
            return
        usual = max(counts, key=lambda style: counts[style])
        for job, style in styles:
            if style and style != usual and counts[style] < counts[usual]:
                yield self.finding(
                    f"{job.name.text} is in {style}, where {counts[usual]:,} names of jobs are in {usual}",
                    job.name.node.span,
                    subject=f"job {job.name.text}",
                    label=style,
                )


def _style(name: str) -> str:
    """The style of a name; "" for one word, or where it is in none of them."""
    bare = _SLOT.sub("0", name)
    return next((style for style, pattern in _STYLES if pattern.fullmatch(bare)), "")
