"""Slots in templates that do something else than they seem to (Torc 1.0.0, parameter_expansion.rs:24-48, 537-567)."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.spec.domain import RangeAxis
from torclint.spec.formatting import format_value, padding_width, precision
from torclint.spec.model import FileSpec, JobSpec, Problem
from torclint.spec.suggest import did_you_mean
from torclint.spec.variables import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.domain import Value
    from torclint.spec.model import Item, Workflow, Written

_ROWS = 1000  # values of a parameter that are looked at
_SLOT = re.compile(r"\{([^{}:]*)(?::([^}]*))?\}")


def problems(workflow: Workflow) -> Iterator[Problem]:
    everywhere = set(workflow.parameters)
    groups = (("job", workflow.jobs), ("file", workflow.files), ("user data", workflow.user_data))
    for _, items in groups:
        for item in items:
            if item.domain.axes:
                everywhere.update(item.domain.names)
    for noun, items in groups:
        for item in items:
            for written, is_name in _strings(item):
                if "{" in written.text:
                    yield from _of(workflow, item, written, is_name, everywhere, f"{noun} {item.name.text}")


def _strings(item: Item) -> Iterator[tuple[Written, bool]]:
    """The strings of an item that its parameters are put into, and whether a token left in it is surely a slip."""
    yield item.name, True
    if isinstance(item, FileSpec):
        yield item.path, True
        return
    if not isinstance(item, JobSpec):
        return
    yield item.command, False
    if item.invocation_script is not None:
        yield item.invocation_script, False
    for _, value in item.env:
        yield value, False
    for some in (
        item.depends_on,
        item.depends_on_regexes,
        item.input_files,
        item.input_file_regexes,
        item.output_files,
        item.output_file_regexes,
        item.input_user_data,
        item.output_user_data,
    ):
        for one in some:
            yield one, False


def _of(
    workflow: Workflow, item: Item, written: Written, is_name: bool, everywhere: set[str], subject: str
) -> Iterator[Problem]:
    own = item.domain.names
    span = written.node.span
    for found in _SLOT.finditer(written.text) if own else ():
        name, spec = found.groups()
        if name not in own:
            continue
        value = _some_value(item, name)
        if value is None:
            continue
        if spec is not None and not _has_effect(item, name, spec):
            yield Problem(
                "format-without-effect",
                f"{found.group()} gives {format_value(value, spec)!r}: Torc ignores the format {spec!r} here",
                span,
                subject,
                (_format_advice(name, value),),
            )
        yield from _braces(written, found, name, value, subject)
    for name, inner in tokens(written.text):
        if name in own or name in workflow.variables:
            continue
        if name not in everywhere and (not is_name or workflow.variables):
            continue
        advice = did_you_mean(name, own)
        if name in workflow.parameters:
            advice = (f"add use_parameters: [{name}]",)
        message = (
            f"{{{inner}}} stays as it is: `{name}` is no parameter of this {subject.partition(' #')[0].split()[0]}"
        )
        yield Problem("literal-token", message, span, subject, advice)
        return


def _braces(written: Written, found: re.Match[str], name: str, value: Value, subject: str) -> Iterator[Problem]:
    text, start, end = written.text, found.start(), found.end()
    put = format_value(value, found.group(2))
    if text[start - 1 : start] == "$":
        yield Problem(
            "stray-braces",
            f"${found.group()} becomes ${put}: Torc puts parameters in after a $, too",
            written.node.span,
            subject,
            (f"write {{{name}}} for the parameter; for a shell variable use a name that is no parameter",),
        )
    elif text[start - 1 : start] == "{" and text[end : end + 1] == "}":
        yield Problem(
            "stray-braces",
            f"{{{found.group()}}} becomes {{{put}}}: doubled braces are no escape",
            written.node.span,
            subject,
            (f"write {{{name}}}",),
        )


def _column(item: Item, name: str) -> Iterator[Value]:
    place = item.domain.axis_of(name)
    if place is None:
        return
    axis = item.domain.axes[place[0]]
    for index in range(min(axis.length, 1 if isinstance(axis, RangeAxis) else _ROWS)):
        value = axis.row(index)[place[1]]
        if value is not None:
            yield value


def _some_value(item: Item, name: str) -> Value | None:
    return next(_column(item, name), None)


def _has_effect(item: Item, name: str, spec: str) -> bool:
    for value in _column(item, name):
        if isinstance(value, str):
            continue
        if (padding_width(spec) if isinstance(value, int) else precision(spec)) is not None:
            return True
    return False


def _format_advice(name: str, value: Value) -> str:
    if isinstance(value, str):
        return f"write {{{name}}}: texts take no format"
    if isinstance(value, int):
        return f"integers take {{{name}:03d}} and nothing else"
    return f"floats take {{{name}:.2f}} and nothing else"
