"""Lists of files or user data that a token in the command takes the place of."""

from __future__ import annotations

from torclint.graph.clauses import FILES
from torclint.names.template import parse_template
from torclint.record import TYPE_CHECKING
from torclint.rules.base import SURPRISE, WARNING, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.clauses import Clauses, Uses
    from torclint.graph.workflow import WorkflowGraph
    from torclint.names.template import Template
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds
    from torclint.spec.model import JobSpec, Written


class ReplacedList(Rule):
    """A name in a job's list of files or user data that is lost, since the command names others by tokens.

    ## What it does
    Flags entries of `input_files`, `output_files`, `input_user_data` and `output_user_data` of a job whose command holds
    tokens of the same kind, such as `${files.input.NAME}`, but none for that entry.

    ## Why
    Torc takes the names in the command in place of the list, not in addition to it, and says nothing. The job then does not
    wait for whoever writes that file. Patterns, and tokens in the `invocation_script`, come on top of the list.

    ## Example
    ```yaml
    name: w
    files:
      - {name: model, path: model.bin}
      - {name: data, path: data.csv}
    jobs:
      - {name: train, command: "./train", output_files: [model]}
      - {name: fetch, command: "./fetch", output_files: [data]}
      - {name: apply, command: "./apply ${files.input.data}", input_files: [model]}
    ```

    ## Use instead
    ```yaml
    name: w
    files:
      - {name: model, path: model.bin}
      - {name: data, path: data.csv}
    jobs:
      - {name: train, command: "./train", output_files: [model]}
      - {name: fetch, command: "./fetch", output_files: [data]}
      - {name: apply, command: "./apply ${files.input.data} --model ${files.input.model}"}
    ```
    """

    code, name, severity, effect = "TL714", "replaced-list", WARNING, SURPRISE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        edges = graph.edges_by_group
        for group, clauses, job in zip(edges.jobs.all, edges.clauses, graph.workflow.jobs, strict=True):
            if clauses is None or not group.size:
                continue
            for field, listed, uses in _lists(job, clauses):
                if uses.from_tokens:
                    for written in _lost(job, listed, uses):
                        yield self._report(job, field, written, uses)

    def _report(self, job: JobSpec, field: str, written: Written, uses: Uses) -> Finding:
        token = f"${{{_SPACES[field]}.{written.text}}}"
        beginning = token.partition(written.text)[0]
        return self.finding(
            f"{job.name.text} loses `{written.text}`: names in its command take the place of `{field}`",
            written.node.span,
            subject=f"job {job.name.text}",
            label="dropped by Torc",
            help=(
                f"the command says {beginning}{uses.names[0].template.text}}}, and Torc then takes what the command says only",
                f"put {token} into the command, too, or into `invocation_script`, or name it by a pattern",
            ),
        )


_SPACES = {
    "input_files": "files.input",
    "output_files": "files.output",
    "input_user_data": "user_data.input",
    "output_user_data": "user_data.output",
}


def _lists(job: JobSpec, clauses: Clauses) -> Iterator[tuple[str, tuple[Written, ...], Uses]]:
    for kind, reads, writes in clauses.artifacts:
        fields = ("input_files", "output_files") if kind == FILES else ("input_user_data", "output_user_data")
        for field, uses in zip(fields, (reads, writes), strict=True):
            yield field, getattr(job, field), uses


def _lost(job: JobSpec, listed: tuple[Written, ...], uses: Uses) -> Iterator[Written]:
    for written in listed:
        template = parse_template(written.text, job.domain)
        if not any(_may_be(template, clause.template) for clause in uses.names):
            yield written


def _may_be(one: Template, other: Template) -> bool:
    return one.may_equal(other) if one.slots or other.slots else one == other
