"""Tokens such as `${files.input.NAME}` that Torc leaves as they are."""

from __future__ import annotations

import re

from torclint.graph.clauses import TOKEN, tokens_in
from torclint.graph.edges import UNCOUNTABLE
from torclint.graph.groups import NO_PARAMETERS
from torclint.names.template import Template
from torclint.record import TYPE_CHECKING
from torclint.rules.base import SURPRISE, WARNING, Rule
from torclint.rules.within import span_of
from torclint.spec.suggest import did_you_mean
from torclint.spec.texts import full_name, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.clauses import Clause
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds
    from torclint.spec.model import JobSpec, Written

_LIKE_ONE = re.compile(r"\$\{(?:files?|user[_-]?data)\.[^}]*\}?")
_NAMES = 500  # names among which one is looked for that was meant
_FAILS = "bash then ends with `bad substitution`, and the job fails"
_FORMS = "write ${files.input.NAME}, ${files.output.NAME}, ${user_data.input.NAME} or ${user_data.output.NAME}"


class UnreplacedToken(Rule):
    """A `${files...}`, `${user_data...}` or `${variable}` that Torc leaves as it is, so that bash gets to see it.

    ## What it does
    Flags tokens in commands whose file or user data does not exist (or has no data), tokens that are spelt otherwise than
    `${files.input.NAME}`, tokens where Torc replaces none (`env`, commands of actions), and variables of the workflow that
    are written `${name}` where neither `env` nor the command gives the shell such a variable.

    ## Why
    Torc replaces the tokens that it knows and says nothing about others. Bash has no variables with dots and fails with
    "bad substitution" when the job runs; the job waits for nobody either, since it is the token that would tie it to the
    job that writes the file. `${name}` is a shell variable, which is empty if nothing sets it.

    ## Example
    ```yaml
    name: w
    files:
      - {name: config, path: /etc/hostname}
    jobs:
      - {name: a, command: "./run ${files.input.confg}"}
    ```

    ## Use instead
    ```yaml
    name: w
    files:
      - {name: config, path: /etc/hostname}
    jobs:
      - {name: a, command: "./run ${files.input.config}"}
    ```
    """

    code, name, severity, effect = "TL713", "unreplaced-token", WARNING, SURPRISE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for group, job in zip(graph.groups, graph.workflow.jobs, strict=True):
            subject = f"job {job.name.text}"
            for written in (job.command, job.invocation_script):
                if written is not None and group.size:
                    yield from self._misspelt(graph, written, subject)
                    yield from self._unknown(graph, group, written, subject)
                    yield from self._variables(graph, job, written, subject)
            for _, value in job.env:
                yield from self._nowhere(graph, value, subject, "`env`")
        for _, value in graph.workflow.env:
            yield from self._nowhere(graph, value, "", "`env`")
        for action in graph.workflow.actions:
            for command in action.commands or ():
                yield from self._nowhere(graph, command, "", "commands of actions")

    def _misspelt(self, graph: WorkflowGraph, written: Written, subject: str) -> Iterator[Finding]:
        for found in _LIKE_ONE.finditer(written.text):
            if not TOKEN.match(written.text, found.start()):
                message = f"`{found.group()}` stays as it is: it is no token of Torc"
                yield self._report(graph, written, found.group(), message, subject, _FORMS, _FAILS)

    def _nowhere(self, graph: WorkflowGraph, written: Written, subject: str, where: str) -> Iterator[Finding]:
        for found in TOKEN.finditer(written.text, 0, written.text.rfind("}") + 1):
            message = f"`{found.group()}` stays as it is: Torc replaces no tokens in {where}"
            advice = "use it in the `command` or the `invocation_script` of a job"
            yield self._report(graph, written, found.group(), message, subject, advice)

    def _unknown(self, graph: WorkflowGraph, group: Group, written: Written, subject: str) -> Iterator[Finding]:
        if "${" not in written.text:
            return
        for (space, way), clauses in tokens_in(written, group.domain).items():
            for clause in clauses:
                missing = _missing(graph, space, clause, group)
                if missing is None:
                    continue
                name, job = missing
                token = f"${{{space}.{way}.{clause.template.text}}}"
                for_whom = f" in {job}" if clause.template.slots else ""
                if space == "files":
                    message = f"`{token}` stays as it is{for_whom}: there is no file {name!r}"
                    advice = did_you_mean(name, _some_names(graph)) or ("add it under `files`",)
                elif graph.edges_by_group.user_data.declared(Template((name,)), NO_PARAMETERS):
                    message = f"`{token}` stays as it is{for_whom}: the user data {name!r} has no data"
                    advice = (f"give it `data`, or tie the jobs by `{way}_user_data`",)
                else:
                    message = f"`{token}` stays as it is{for_whom}: there is no user data {name!r}"
                    advice = ("add it under `user_data`, with `data`",)
                yield self._report(graph, written, token, message, subject, *advice, _FAILS)

    def _variables(self, graph: WorkflowGraph, job: JobSpec, written: Written, subject: str) -> Iterator[Finding]:
        known = {name for name, _ in (*job.env, *graph.workflow.env)}
        for name in graph.workflow.variables:
            if name in known or name in job.domain.names:
                continue
            shell = f"${{{name}}}"
            if shell in written.text and not _is_set(name, written.text):
                message = f"`{shell}` stays as it is, a variable of the shell: Torc puts `{name}` only into {{{name}}}"
                advice = "nothing in the job sets the shell's variable"
                yield self._report(graph, written, shell, message, subject, f"write {{{name}}}", advice)

    def _report(
        self, graph: WorkflowGraph, written: Written, token: str, message: str, subject: str, *advice: str
    ) -> Finding:
        return self.finding(message, span_of(graph, written, token), subject=subject, label="not replaced", help=advice)


def _missing(graph: WorkflowGraph, space: str, clause: Clause, group: Group) -> tuple[str, str] | None:
    """A name that the token has in one of the jobs and that nothing has, and the job; None if there is none."""
    try:
        if _declared(graph, space, clause.template, group) == group.size:
            return None
    except UNCOUNTABLE:
        pass  # one by one, then
    job = group.item
    for found in texts(job, clause.template.text):
        (name,) = found.texts
        if not _has(graph, space, name):
            return name, full_name(job, found.point)
    return None


def _declared(graph: WorkflowGraph, space: str, template: Template, group: Group) -> int:
    edges = graph.edges_by_group
    items = edges.files if space == "files" else edges.filled_data
    return items.declared(template, group.domain)


def _has(graph: WorkflowGraph, space: str, name: str) -> bool:
    edges = graph.edges_by_group
    items = edges.files if space == "files" else edges.filled_data
    try:
        return bool(items.declared(Template((name,)), NO_PARAMETERS))
    except UNCOUNTABLE:
        return True


def _some_names(graph: WorkflowGraph) -> list[str]:
    found: list[str] = []
    for group in graph.edges_by_group.files.all[:_NAMES]:
        found += (name for _, name in zip(range(20), group.template.names(group.domain), strict=False))
    return found


def _is_set(name: str, command: str) -> bool:
    """Whether the shell itself gives the variable a value."""
    return re.search(rf"\b(?:{name}=|for {name}\b|read\b.*\b{name}\b)", command) is not None
