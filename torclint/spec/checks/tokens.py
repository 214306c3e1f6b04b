"""The names that `${files.input.NAME}` and its kin bring into a job (Torc 1.0.0, workflow_spec.rs:138-141, 6566-6758)."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.spec.texts import texts

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from torclint.spec.model import JobSpec, Written

_TOKEN = re.compile(r"\$\{(files|user_data)\.(input|output)\.([^}]+)\}")


def names_used(
    job: JobSpec, namespace: str, direction: str, explicit: tuple[Written, ...], known: Container[str]
) -> set[str]:
    """Names of files or user data that the job reads ("input") or writes ("output"), patterns left aside.

    Names in the command replace the explicit list; those in the invocation script come on top.
    """
    script = job.invocation_script.text if job.invocation_script is not None else ""
    beginning = "${" + namespace + "." + direction + "."
    if beginning not in job.command.text and beginning not in script:
        return {found.texts[0] for one in explicit for found in texts(job, one.text)}
    used: set[str] = set()
    for found in texts(job, job.command.text, script, *(one.text for one in explicit)):
        command, prefix, *listed = found.texts
        in_command = _named(command, namespace, direction, known)
        used.update(in_command or listed)
        used.update(_named(prefix, namespace, direction, known))
    return used


def _named(text: str, namespace: str, direction: str, known: Container[str]) -> set[str]:
    found: Iterable[tuple[str, str, str]] = _TOKEN.findall(text, 0, text.rfind("}") + 1)
    return {name for space, way, name in found if (space, way) == (namespace, direction) and name in known}
