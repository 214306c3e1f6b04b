"""The jobs of a spec, written out one by one when they are started."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from torclint.names.template import parse_template
from torclint.run.plan import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from torclint.names.template import Template
    from torclint.run.embedded import Embedded
    from torclint.spec.domain import Value
    from torclint.spec.model import JobSpec, Workflow


class _Templates(NamedTuple):
    name: Template
    command: Template
    script: Template | None
    env: tuple[tuple[str, Template], ...]


class SpecJobs:
    """The jobs of a workflow by number. `places` maps numbers to places in the order of the spec."""

    def __init__(
        self,
        workflow: Workflow,
        places: Sequence[int],
        offsets: list[int],
        embedded: Embedded,
        inputs: Callable[[int], tuple[str, ...]],
        outputs: Callable[[int], tuple[str, ...]],
    ) -> None:
        self._specs = workflow.jobs
        self._shared_env = {name: written.text for name, written in workflow.env}
        self._places = places
        self._offsets = offsets  # per job spec: the place of its first job
        self._embedded = embedded
        self._inputs = inputs  # the paths that the job at a place reads
        self._outputs = outputs  # and those that it writes
        self._templates: dict[int, _Templates] = {}

    def id(self, number: int) -> int:
        return number + 1

    def names(self) -> Iterator[str]:
        names = [
            name for spec in self._specs for name in parse_template(spec.name.text, spec.domain).names(spec.domain)
        ]
        return map(names.__getitem__, self._places)

    def name(self, number: int) -> str:
        index, values = self._at(number)
        return self._templates_of(index).name.fill(values)

    def inputs(self, number: int) -> tuple[str, ...]:
        return self._inputs(self._places[number])

    def job(self, number: int) -> Job:
        index, values = self._at(number)
        templates = self._templates_of(index)
        command = self._embedded.put_into(templates.command.fill(values))
        if templates.script is not None:
            command = with_script(self._embedded.put_into(templates.script.fill(values)), command)
        env = self._shared_env
        if templates.env:
            env = env | {name: template.fill(values) for name, template in templates.env}
        return Job(templates.name.fill(values), command, env, self._outputs(self._places[number]))

    def command(self, number: int) -> str:
        index, values = self._at(number)
        templates = self._templates_of(index)
        command = templates.command.fill(values)
        return command if templates.script is None else with_script(templates.script.fill(values), command)

    def _at(self, number: int) -> tuple[int, dict[str, Value]]:
        place = self._places[number]
        index = bisect_right(self._offsets, place) - 1
        domain = self._specs[index].domain
        if not domain.axes:
            return index, {}
        return index, domain.values(domain.point_at(place - self._offsets[index]))

    def _templates_of(self, index: int) -> _Templates:
        found = self._templates.get(index)
        if found is None:
            found = self._templates[index] = _cut(self._specs[index])
        return found


def _cut(job: JobSpec) -> _Templates:
    domain = job.domain
    script = job.invocation_script
    return _Templates(
        parse_template(job.name.text, domain),
        parse_template(job.command.text, domain),
        parse_template(script.text, domain) if script is not None else None,
        tuple((name, parse_template(value.text, domain)) for name, value in job.env),
    )


def with_script(script: str, command: str) -> str:
    """The text for `bash -c`: an invocation script is a prefix, not a path (Torc 1.0.0, async_cli_command.rs:145)."""
    if not script.strip():
        return command
    if "\n" in script or "\r" in script:
        return f"{script.rstrip()}\n{command}"
    return f"{script.strip()} {command}"
