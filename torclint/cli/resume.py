"""`torclint resume`: go on with a run that was killed or interrupted."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from torclint.api import resume
from torclint.cli.output import print_error
from torclint.cli.running import WrongUsage, executed, given, kept, listeners_of, policy_of
from torclint.report.cells import visible
from torclint.run.outcome import REFUSED
from torclint.run.store.database import StoreError
from torclint.run.store.finding import NoRun, find

if TYPE_CHECKING:
    from torclint.run.outcome import Outcome
    from torclint.run.store.summary import Summary


class Options(NamedTuple):
    path: str | None
    rerun_changed: bool
    keep_changed: bool
    cpus: int | None
    memory: str | None
    gpus: int | None
    jobs: int | None
    keep_going: bool
    fail_fast: bool
    timeout: str | None
    enforce_runtime: bool
    format: str
    log_format: str
    trace: str | None
    quiet: bool
    verbose: bool
    color: str


def run(options: Options) -> int:
    return go_on(options, retry=False)


def go_on(options: Options, *, retry: bool) -> int:
    """Go on with the run that is meant; with `retry`, failed jobs run again."""
    try:
        found = find(options.path)
    except (NoRun, StoreError) as error:
        print_error(visible(str(error)))
        return REFUSED
    if options.trace is not None:
        options = options._replace(trace=str(Path(options.trace).absolute()))
    return executed(lambda: _go_on(found, options, retry), found.path, options)


def _go_on(found: Summary, options: Options, retry: bool) -> Outcome:
    changed = given(options)
    store = str(Path(found.store).absolute())
    try:
        os.chdir(found.folder)
    except OSError as error:
        raise WrongUsage(f"the folder of the run cannot be used: {found.folder}: {error.strerror}") from error
    store = os.path.relpath(store)
    listeners = listeners_of(options)
    return kept(resume(store, retry=retry, changed=policy_of(options), listeners=listeners, **changed), found.store)
