"""What the commands do, for Python programs: check specs and count their dependencies."""

from __future__ import annotations

import os

from torclint.checking.files import Found, inputs_at
from torclint.checking.files import Source as Source
from torclint.checking.one import UNCONFIGURED, check_one, graph_of, read
from torclint.config.settings import Settings
from torclint.record import TYPE_CHECKING
from torclint.report.model import FileReport, Report
from torclint.rules.thresholds import Thresholds
from torclint.spec.versions import CURRENT
from torclint.syntax.detect import read as read_spec
from torclint.syntax.node import ParseError
from torclint.text.source import SourceError, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from torclint.checking.files import Input
    from torclint.checking.one import Outcome as Checked
    from torclint.config.discovery import Configurations
    from torclint.fix.barriers import Fixed
    from torclint.fix.verification import Verification
    from torclint.graph.workflow import Counts, WorkflowGraph
    from torclint.run.listen import Listener
    from torclint.run.outcome import Outcome
    from torclint.spec.model import Problem, Workflow

    Path = str | os.PathLike[str]

DEFAULTS = Thresholds()
MANY = 20  # files from which on it pays to start processes, and to remember what was found


class SpecRefused(ValueError):
    """Torc cannot load this spec, so that there is nothing to count or list. `str()` is one line with the place."""


def check(
    *sources: Path | Source,
    settings: Settings | Configurations = UNCONFIGURED,
    thresholds: Thresholds | None = None,
    torc: str | None = None,
    processes: int = 1,
    cache: str = "",
) -> Report:
    """Check spec files, all specs in folders, and texts (each a `Source`).

    `settings`: what is in force, for all files or found for each; `thresholds` and `torc` go before it where all files
    have the same settings. Many files are shared out among up to `processes`, and what is known of them is kept in the
    folder `cache`; "" for none. A syntax error is a finding in its file; what cannot be read as text is listed in
    `unreadable`. Neither keeps another file from being checked. Raises RuleFailure and ConfigError.
    """
    if isinstance(settings, Settings):
        settings = settings._replace(thresholds=thresholds or settings.thresholds, torc=torc or settings.torc)
    inputs = list(inputs_at(sources, settings))
    if len(inputs) >= MANY and (processes > 1 or cache):
        from torclint.checking.many import check_many

        return report_of(check_many(inputs, settings, processes, cache))
    return report_of(_check(source, settings) for source in inputs)


def _check(source: Input, settings: Settings | Configurations) -> Checked:
    text = read(source)
    if not isinstance(text, Source):
        return text
    return check_one(text, isinstance(source, Found), settings.of(text.path))


def report_of(outcomes: Iterable[Checked]) -> Report:
    """All outcomes in one report; what is no spec is left out."""
    files: list[FileReport] = []
    unreadable: list[SourceError] = []
    for outcome in outcomes:
        if isinstance(outcome, FileReport):
            files.append(outcome)
        elif outcome is not None:
            unreadable.append(outcome)
    return Report(tuple(files), tuple(unreadable))


def count(source: Path | Source, *, torc: str = CURRENT) -> Counts:
    """The jobs and dependencies of one spec, counted without expanding them. Raises SourceError and SpecRefused."""
    return load(source, torc).counts


def load(source: Path | Source, torc: str = CURRENT) -> WorkflowGraph:
    """The dependency graph of one spec, as the Torc release `torc` reads it. Raises SourceError and SpecRefused."""
    text = source if isinstance(source, Source) else Source(os.fspath(source), read_file(os.fspath(source)))
    try:
        document = read_spec(text.text, text.name)
    except ParseError as error:
        raise SpecRefused(f"{text.path}:{error}") from None
    graph = graph_of(document, torc)
    if not graph.workflow.loaded:
        problem = _first_refusal(graph.workflow)
        line, column = document.position(problem.span.start)
        raise SpecRefused(f"{text.path}:{line}:{column}: {problem.message}")
    return graph


def _first_refusal(workflow: Workflow) -> Problem:
    """The first problem for which Torc refuses the spec; there may be harmless ones before it."""
    from torclint.rules.base import REJECTED
    from torclint.rules.registry import find, load

    return next(problem for problem in workflow.problems if load(find(problem.rule)).effect == REJECTED)


def fix(
    source: Path | Source, *, thresholds: Thresholds = DEFAULTS, torc: str = CURRENT, two_levels: bool = False
) -> Fixed:
    """The spec with the barriers that it gains by, proven to do the same; nothing is written. `two_levels`: a fan-in that is so
    huge that Torc takes minutes to create it is cut up.

    Raises SourceError and SpecRefused.
    """
    from torclint.fix.barriers import insert_barriers

    return insert_barriers(load(source, torc), thresholds, two_levels=two_levels)


def verify(before: Path | Source, after: Path | Source, *, settings: Settings = UNCONFIGURED) -> Verification:
    """Whether the spec `after` does what `before` did, in whatever syntax each of them is.

    Raises SourceError, and SpecRefused for a text that cannot be read in its format.
    """
    from torclint.fix.verification import Side, verify_change

    def side(source: Path | Source) -> Side:
        text = source if isinstance(source, Source) else Source(os.fspath(source), read_file(os.fspath(source)))
        try:
            document = read_spec(text.text, text.name)
        except ParseError as error:
            raise SpecRefused(f"{text.path}:{error}") from None
        return Side(text.path, graph_of(document, settings.torc))

    return verify_change(side(before), side(after), settings)


def run(
    source: Path | Source,
    *,
    cpus: int | None = None,
    memory: int | None = None,
    gpus: int | None = None,
    jobs: int | None = None,
    only: Sequence[str] = (),
    until: Sequence[str] = (),
    fail_fast: bool = False,
    timeout: float | None = None,
    enforce_runtime: bool = False,
    order: str = "critical-path",
    with_barriers: bool = False,
    output_dir: str = "torc_output",
    torc: str = CURRENT,
    listeners: Sequence[Listener] = (),
    store: Path | None = None,
    engine: str = "local",
    server_dir: str | None = None,
    workers: int | None = None,
    insist: bool = False,
) -> Outcome:
    """Run one spec on this machine, in the current folder, unchecked; jobs share `cpus`, `memory` (bytes) and `gpus`,
    by default all there are, and at most `jobs` of them run at once. `only` and `until` name jobs, by name or pattern:
    those alone, or those with all that they need. `fail_fast`: the first failure ends the run. `timeout`: seconds for each
    attempt of a job; with `enforce_runtime` also its declared runtime. `order`: one of torclint.run.ranks.ORDERS.
    `with_barriers`: what is run is the spec with the barriers that it gains by. The
    state is kept in a new file at `store`, from which `torclint.resume` goes on; nowhere without one. `engine`:
    "local" or "hyperqueue", the latter on the server at `server_dir`, or on `workers` workers for this run; `insist`
    submits also what no worker can run now.

    Raises SourceError, SpecRefused, torclint.run.plan.Refused where Torc would not start it, ShellMissing, and
    torclint.run.store.database.StoreError.
    """
    from torclint.run.execution import begin

    options = {
        "cpus": cpus,
        "memory": memory,
        "gpus": gpus,
        "jobs": jobs,
        "only": tuple(only),
        "until": tuple(until),
        "fail_fast": fail_fast,
        "timeout": timeout,
        "enforce_runtime": enforce_runtime,
        "order": order,
        "with_barriers": with_barriers,
        "output_dir": output_dir,
        "torc": torc,
        "engine": engine,
        "server_dir": server_dir,
        "workers": workers,
        "insist": insist,
    }
    text = source if isinstance(source, Source) else Source(os.fspath(source), read_file(os.fspath(source)))
    return begin(text, load, options, listeners, None if store is None else os.fspath(store))


def resume(
    store: Path,
    *,
    retry: bool = False,
    changed: str = "refuse",
    listeners: Sequence[Listener] = (),
    **options: Any,
) -> Outcome:
    """Go on with the run in the file `store`, in the folder where it was begun. Jobs that completed or failed stay as they
    are; jobs that were running run again. `retry`: so do those that failed. `changed`: what is done about completed jobs
    that are no longer the same in the spec: "refuse" to go on, "rerun" them and what depends on them, or "keep" them.
    `options` are those of `run`, by default what the run was begun with.

    Raises what `run` does, and torclint.run.store.lock.Locked while another runner is at work on the store.
    """
    from torclint.run.execution import go_on

    return go_on(os.fspath(store), load, options, listeners, retry=retry, changed=changed)
