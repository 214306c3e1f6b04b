"""What a barrier needs to be run as soon as it can be: a small class of resources."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.spec.quantities import QuantityError, memory_bytes, runtime

if TYPE_CHECKING:
    from torclint.spec.model import Workflow

_MEMORY = 1024**3
_SECONDS = 600

TINY: tuple[tuple[str, str | int], ...] = (
    ("num_cpus", 1), ("num_gpus", 0), ("num_nodes", 1), ("memory", "100m"), ("runtime", "PT1M"),
)  # fmt: skip


class ResourceClass(Record):
    """A resource class for barriers; `is_new` if the spec does not have it yet."""

    name: str
    is_new: bool


def resource_class(workflow: Workflow) -> ResourceClass | None:
    """The smallest class of the spec that is small enough, else a new one; None if the spec uses none."""
    if not workflow.resource_requirements:
        return None
    small: list[tuple[int, int, str]] = []
    for each in workflow.resource_requirements:
        try:
            memory, seconds = memory_bytes(each.memory.text), runtime(each.runtime.text).seconds
        except QuantityError:
            continue
        modest = each.num_cpus <= 1 and each.num_gpus <= 0 and each.num_nodes <= 1
        if modest and memory <= _MEMORY and 30 <= seconds <= _SECONDS:
            small.append((memory, seconds, each.name.text))
    if small:
        return ResourceClass(min(small)[2], False)
    taken = {each.name.text for each in workflow.resource_requirements}
    number = 1
    name = "tiny"
    while name in taken:
        number += 1
        name = f"tiny_{number}"
    return ResourceClass(name, True)
