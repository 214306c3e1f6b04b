"""The values that a field may have, as far as they are known: words, and what the spec declares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol.types import CompletionItemKind as Kind

from torclint.editor.declared import Declared
from torclint.editor.mentions import HANDLER, RESOURCES, SCHEDULER
from torclint.editor.wording import examples
from torclint.graph.clauses import FILES, JOBS, USER_DATA
from torclint.names.template import is_integer_slot
from torclint.report.numbers import plural
from torclint.spec import fields as table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.editor.schema import Target
    from torclint.editor.view import View
    from torclint.graph.groups import Group

_NAMES = {
    "depends_on": JOBS,
    "input_files": FILES,
    "output_files": FILES,
    "input_user_data": USER_DATA,
    "output_user_data": USER_DATA,
    "resource_requirements": RESOURCES,
    "failure_handler": HANDLER,
    "scheduler": SCHEDULER,
    "jobs": JOBS,  # of an action
}
_PATTERNS = {
    "depends_on_regexes": JOBS,
    "job_name_regexes": JOBS,
    "input_file_regexes": FILES,
    "output_file_regexes": FILES,
    "input_user_data_regexes": USER_DATA,
    "output_user_data_regexes": USER_DATA,
}
_KINDS = {JOBS: Kind.Function, FILES: Kind.File, USER_DATA: Kind.Variable}


class Value(NamedTuple):
    """Something that may stand in a place for values. `raw`: it is no string, and takes no quotes."""

    text: str
    kind: Kind
    detail: str = ""
    documentation: str = ""
    raw: bool = False


def values_for(view: View, target: Target) -> Iterator[Value]:
    """The values for the field of `target`."""
    field, owner = target.field, target.owner
    assert field is not None
    assert owner is not None
    if field.kind == table.BOOL:
        yield from (Value(word, Kind.Keyword, raw=True) for word in ("true", "false"))
    elif field.kind == table.ENUM:
        yield from (Value(word, Kind.EnumMember) for word in table.ENUMS[field.of])
    elif field.name in _NAMES and owner.name in ("JobSpec", "WorkflowActionSpec"):
        yield from _names(view, _NAMES[field.name])
    elif field.name in _PATTERNS:
        yield from _patterns(view, _PATTERNS[field.name])
    elif field.name == "use_parameters":
        known = view.graph.workflow.parameters if view.graph is not None else {}
        yield from (Value(name, Kind.Variable, "parameter of the workflow") for name in known)
    elif field.name == "labels":
        jobs = view.graph.workflow.jobs if view.graph is not None else []
        labels = dict.fromkeys(label.text for job in jobs for label in job.labels)
        yield from (Value(label, Kind.Constant, "label of another job") for label in labels)
    else:
        yield from (Value(word, Kind.Value, field.name) for word in field.examples)


def _names(view: View, kind: str) -> Iterator[Value]:
    for group in _groups(view, kind):
        about = "" if group.literal is not None else plural(group.size, kind)
        told = examples(group.template, group.domain) if group.domain.axes and group.size else ""
        yield Value(group.template.text, _KINDS.get(kind, Kind.Struct), about or kind, told)


def _patterns(view: View, kind: str) -> Iterator[Value]:
    """A pattern for each group of several names."""
    for group in _groups(view, kind):
        if group.domain.axes:
            told = examples(group.template, group.domain) if group.size else ""
            yield Value(_pattern(group), Kind.Value, f"matches {plural(group.size, kind)}", told)


def _pattern(group: Group) -> str:
    parts = (
        re.escape(part) if isinstance(part, str) else "-?[0-9]+" if is_integer_slot(part, group.domain) else ".+"
        for part in group.template.parts
    )
    return f"^{''.join(parts)}$".replace("\\-", "-").replace("-?", "-?" if _may_be_negative(group) else "")


def _may_be_negative(group: Group) -> bool:
    return "-" in "".join(next(group.template.names(group.domain), ""))


def _groups(view: View, kind: str) -> list[Group]:
    return [] if view.graph is None else Declared(view.graph).of(kind)
