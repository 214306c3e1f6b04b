"""What a job needs, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.report.numbers import plural
from torclint.spec.amounts import size_text

if TYPE_CHECKING:
    from torclint.run.plan import Resources


def needs_text(need: Resources) -> str:
    """`4 CPUs, 8 GiB, 1 GPU`."""
    parts = [plural(need.cpus, "CPU"), size_text(need.memory)]
    if need.gpus > 0:
        parts.append(plural(need.gpus, "GPU"))
    if need.nodes > 1:
        parts.append(plural(need.nodes, "node"))
    return ", ".join(parts)
