"""Parameters that nothing is made of."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, SURPRISE, Rule
from torclint.syntax.node import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds
    from torclint.spec.model import Item
    from torclint.syntax.node import Node

_SOURCES = ("parameters", "parameter_mode", "use_parameters")


class UnusedParameter(Rule):
    """A parameter is declared and nothing depends on it.

    ## What it does
    Flags `parameters` of the workflow that no item takes over with `use_parameters`, and parameters of an item that stand
    in none of its texts and do not multiply it.

    ## Why
    Parameters of the workflow count only for items that name them in `use_parameters`; without it, `{p}` stays in the
    text as it is.

    ## Example
    ```yaml
    name: w
    parameters: {seed: "1:5"}
    jobs:
      - {name: a, command: "./a --seed 7"}
    ```

    ## Use instead
    ```yaml
    name: w
    parameters: {seed: "1:5"}
    jobs:
      - {name: "a_{seed}", command: "./a --seed {seed}", use_parameters: [seed]}
    ```
    """

    code, name, severity, effect = "TL316", "unused-parameter", INFO, SURPRISE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        workflow = graph.workflow
        items = [*workflow.jobs, *workflow.files, *workflow.user_data]
        taken = {str(name) for item in items for name in _strings(item.node.get("use_parameters"))}
        # parameters with one value are put into the environment of the workflow
        texts = list(_strings(workflow.node.get("env"))) if workflow.node is not None else []
        root = workflow.node.get("parameters") if workflow.node is not None else None
        for key, _ in root.entries if isinstance(root, Mapping) else ():
            name = str(key.value)
            if name not in taken and not any(f"{{{name}" in text for text in texts):
                yield self.finding(
                    f"no item uses the parameter {name} of the workflow",
                    key.span,
                    subject=f"parameter {name}",
                    label="not in any use_parameters",
                    help=(f"write use_parameters: [{name}] where it is meant, or remove it",),
                )
        for item in items:
            yield from self._unused_in(item)

    def _unused_in(self, item: Item) -> Iterator[Finding]:
        local = item.node.get("parameters")
        if not isinstance(local, Mapping):
            return
        texts = [text for key, value in item.node.entries if key.value not in _SOURCES for text in _strings(value)]
        for key, _ in local.entries:
            name = str(key.value)
            place = item.domain.axis_of(name)
            # one that multiplies the item makes equal names, which duplicate-name tells
            alone = place is not None and len(item.domain.axes[place[0]].names) == 1
            if place is None or (alone and item.domain.axes[place[0]].length > 1):
                continue
            if not any(f"{{{name}}}" in text or f"{{{name}:" in text for text in texts):
                yield self.finding(
                    f"the parameter {name} stands nowhere in {item.name.text}",
                    key.span,
                    subject=f"parameter {name} of {item.name.text}",
                    label="changes nothing",
                    help=(f"write {{{name}}} where its value belongs, or remove it",),
                )


def _strings(node: Node | None) -> Iterator[str]:
    """Every string in a part of the spec, keys included."""
    if isinstance(node, Scalar):
        if isinstance(node.value, str):
            yield node.value
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _strings(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield from _strings(key)
            yield from _strings(value)
