"""What a job, a file or a user data item is, apart from what it waits for: compared field by field."""

from __future__ import annotations

from torclint.names.template import parse_template
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from torclint.graph.groups import Group
    from torclint.spec.model import FileSpec, Item, JobSpec, UserDataSpec, Written

    Values = dict[str, Any]

LISTED = 100_000  # items that are compared one by one where they are written in another way


def of_job(job: JobSpec) -> Values:
    """The fields of a job that say what it runs and how; strings with parameters are templates."""
    return {
        "command": _text(job, job.command),
        "invocation_script": _text(job, job.invocation_script),
        "env": tuple(sorted((key, _text(job, value)) for key, value in job.env)),
        "cancel_on_blocking_job_failure": job.cancel_on_blocking_job_failure,
        "resource_requirements": _text(job, job.resource_requirements),
        "failure_handler": None if job.failure_handler is None else job.failure_handler.text,
        "scheduler": _text(job, job.scheduler),
        "priority": job.priority,
        "labels": tuple(sorted({_text(job, label) for label in job.labels}, key=str)),
        "stdio": job.stdio,
    }


def as_written(job: JobSpec) -> object:
    """The same as it is written: what is equal here is equal there, if the parameters are."""
    return (
        _raw(job.command),
        _raw(job.invocation_script),
        [(key, value.text) for key, value in job.env],
        job.cancel_on_blocking_job_failure,
        _raw(job.resource_requirements),
        _raw(job.failure_handler),
        _raw(job.scheduler),
        job.priority,
        [label.text for label in job.labels],
        job.stdio,
    )


def _raw(written: Written | None) -> str | None:
    return None if written is None else written.text


def of_file(file: FileSpec) -> Values:
    return {
        "path": _text(file, file.path),
        "identifier": _text(file, file.identifier),
        "st_mtime": file.st_mtime,
    }


def of_user_data(item: UserDataSpec) -> Values:
    from json import dumps

    text = None if item.content_node is None else dumps(item.content, sort_keys=True, ensure_ascii=False)
    return {
        "data": None if text is None else parse_template(text, item.domain),
        "is_ephemeral": item.is_ephemeral,
    }


def _text(item: Item, written: Written | None) -> Any:
    return None if written is None else parse_template(written.text, item.domain)


def differing(one: Values, other: Values) -> list[str]:
    """The fields whose values are not the same."""
    return [field for field in one if not _same(one[field], other[field])]


def _same(one: Any, other: Any) -> bool:
    """Whether two values are equal, `True` and `1` told apart."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and bool(one == other)


def one_by_one(groups: tuple[Group, ...], values: dict[int, Values]) -> Iterator[tuple[str, Group, Values]]:
    """Name, group and values of every item of `groups`, parameters put in; `values` are those of the groups by index."""
    for group in groups:
        for point in group.domain.points():
            at = group.domain.values(point)
            filled = {field: _filled(value, at) for field, value in values[group.index].items()}
            yield group.template.fill(at), group, filled


def _filled(value: Any, at: dict[str, Any]) -> Any:
    if hasattr(value, "fill"):
        return value.fill(at)
    if type(value) is tuple:
        return tuple(_filled(each, at) for each in value)
    return value


def shown(value: Any) -> str:
    """A value for a message, on one line and not too long."""
    if value is None:
        return "nothing"
    if type(value) is bool:
        return "true" if value else "false"
    if hasattr(value, "fill"):
        value = value.text
    elif type(value) is tuple:
        value = [each.text if hasattr(each, "fill") else each for each in value]
    text = " ".join(str(value).split()) if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
