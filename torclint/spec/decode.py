"""A Document to a Workflow, in the order in which Torc reads a spec (Torc 1.0.0, workflow_spec.rs:1592-1759).

Torc stops at the first thing it refuses; here everything is read as far as it goes and every problem is reported.
"""

from __future__ import annotations

from torclint.collecting import NotCollecting
from torclint.record import TYPE_CHECKING
from torclint.spec import items
from torclint.spec.checks import spec_problems
from torclint.spec.expansion import NOT_PARAMETERISED, Expander, workflow_values
from torclint.spec.fields import BOOL, I64, REMOVED_FIELDS, STRING, WORKFLOW
from torclint.spec.formatting import substitute
from torclint.spec.model import Workflow, Written
from torclint.spec.ranges import IntRange
from torclint.spec.reader import Reader
from torclint.spec.variables_check import read_variables
from torclint.spec.versions import CURRENT
from torclint.syntax.node import Mapping

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from torclint.spec.domain import Domain, Value
    from torclint.spec.memory import Memory
    from torclint.spec.model import Problem
    from torclint.spec.reader import Decoded
    from torclint.syntax.node import Document, Node

_SETTING_KINDS = (STRING, I64, BOOL)


def decode(document: Document, version: str = CURRENT, memory: Memory | None = None) -> Workflow:
    """Read a whole spec as the Torc release `version` does.

    Never fails: what Torc refuses stands in `problems`, in the order of the file. `memory`: what is known of this document
    from before an edit; the parts of the workflow that stayed are then the same objects.
    """
    with NotCollecting():
        return _decode(document, version, memory)


def _decode(document: Document, version: str, memory: Memory | None) -> Workflow:
    reader = Reader(version, memory)
    root = document.root
    if isinstance(root, Mapping):
        _refuse_removed_fields(reader, root)
        read_variables(reader, root)
    if memory is not None:
        reader.known = memory.of(version, reader.variables)
    decoded = reader.struct(root, WORKFLOW)
    workflow = Workflow()
    workflow.document = document
    workflow.torc = version
    workflow.node = None if decoded is None else decoded.node
    if decoded is None:
        reader.complete = False
    _fill(workflow, reader, {} if decoded is None else decoded.values)
    workflow.loaded = not reader.refused
    workflow.complete = reader.complete
    workflow.problems = sorted([*reader.problems, *spec_problems(workflow)], key=_place)
    return workflow


def _place(problem: Problem) -> int:
    return problem.span.start


def _refuse_removed_fields(reader: Reader, root: Mapping) -> None:
    for name, instead in REMOVED_FIELDS.items():
        key = root.key(name)
        if key is not None:
            advice = f"write the settings under `{instead}`"
            reader.refuse("removed-field", f"`{name}` is gone from Torc 1.0", key.span, advice)


def _fill(workflow: Workflow, reader: Reader, values: dict[str, Any]) -> None:
    get = values.get
    shared: dict[str, Node] | None = get("parameters")
    _refuse_two_shared_sources(reader, workflow.node, values)
    workflow.fields = values
    workflow.name = get("name")
    workflow.variables = reader.variables
    workflow.parameters = shared or {}
    workflow.env = _environment(reader, get("env", ()), shared or {})
    expander = Expander(reader, shared, get("parameters_file"))
    workflow.jobs = _items(reader, expander, get("jobs", ()), items.job, "job")
    workflow.files = _items(reader, expander, get("files", ()), items.file, "file")
    workflow.user_data = _items(reader, expander, get("user_data", ()), items.user_data, "user data")
    workflow.resource_requirements = _known(map(items.resource_requirements, get("resource_requirements", ())))
    workflow.failure_handlers = _known(map(items.failure_handler, get("failure_handlers", ())))
    workflow.schedulers = [items.scheduler(one) for one in get("slurm_schedulers", ())]
    workflow.actions = _known(map(items.action, get("actions", ())))
    workflow.execution_config = items.execution_config(get("execution_config"))
    workflow.stdio = workflow.execution_config["stdio"]
    monitor: Decoded | None = get("resource_monitor")
    workflow.resource_monitor = None if monitor is None else items.resource_monitor(monitor)
    workflow.use_pending_failed = get("use_pending_failed", False)
    workflow.enable_ro_crate = get("enable_ro_crate", False)
    workflow.settings = {
        field.name: value.text if isinstance(value, Written) else value
        for field in WORKFLOW.fields
        if field.kind in _SETTING_KINDS and (value := get(field.name)) is not None
    }


def _known(found: Any) -> list[Any]:
    return [one for one in found if one is not None]


def _refuse_two_shared_sources(reader: Reader, node: Mapping | None, values: dict[str, Any]) -> None:
    if node is None or "parameters" not in values or "parameters_file" not in values:
        return
    key = node.key("parameters_file") or node
    message = "the workflow cannot have both `parameters` and `parameters_file`"
    reader.refuse("parameter-conflict", message, key.span, "keep one of them at the top level")


def _environment(
    reader: Reader, env: tuple[tuple[str, Written], ...], shared: dict[str, Node]
) -> tuple[tuple[str, Written], ...]:
    """The workflow's env with parameters of one value put in, others as their raw text (workflow_spec.rs:1631-1652)."""
    single: dict[str, Value] = {}
    several: list[str] = []
    for name, (text, values) in workflow_values(reader, shared).items():
        if isinstance(values, IntRange) and values.length == 1:
            single[name] = values.start
        elif values is not None and not isinstance(values, IntRange) and len(values) == 1:
            single[name] = values[0]
        else:
            single[name] = text
            several.append(name)
    if not single:
        return env
    for key, value in env:
        for name in several:
            if "{" + name + "}" in value.text or "{" + name + ":" in value.text:
                reader.report(
                    "multi-valued-env",
                    f"`{key}` gets the text {single[name]!r} of parameter `{name}`, not one of its values",
                    value.node.span,
                    "set the variable in the `env` of the jobs that are expanded over the parameter",
                )
    return tuple((key, Written(substitute(value.text, single), value.node)) for key, value in env)


def _items(
    reader: Reader,
    expander: Expander,
    found: list[Decoded],
    make: Callable[[Decoded, Domain], Any],
    noun: str,
) -> list[Any]:
    made = []
    for decoded in found:
        if decoded.item is not None:
            decoded.item.index = decoded.index
            made.append(decoded.item)
            continue
        reader.item, reader.item_noun, reader.item_index = decoded.node, noun, decoded.index
        before = len(reader.problems)
        domain = expander.domain(decoded)
        if domain is None:
            reader.complete = False
            continue
        item = make(decoded, domain)
        if item is not None:
            made.append(item)
            if domain is NOT_PARAMETERISED and len(reader.problems) == before:
                decoded.item = item
    reader.item = None
    return made
