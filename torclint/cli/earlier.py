"""Whether `run` begins a run or goes on with an earlier one: it asks, or goes by the options."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from torclint.cli.output import print_error
from torclint.cli.running import WrongUsage
from torclint.report.cells import visible
from torclint.run.store.database import NeverBegun, discard
from torclint.run.store.finding import newest_of
from torclint.run.store.lock import Lock, Locked
from torclint.run.store.places import RUNS, new_store
from torclint.run.store.summary import UNFINISHED, summary_of
from torclint.spec.amounts import moment

if TYPE_CHECKING:
    from typing import Protocol

    from torclint.run.store.summary import Summary

    class Chosen(Protocol):
        @property
        def resume(self) -> bool: ...
        @property
        def fresh(self) -> bool: ...
        @property
        def rerun_changed(self) -> bool: ...
        @property
        def store(self) -> str | None: ...
        @property
        def no_store(self) -> bool: ...
        @property
        def only(self) -> tuple[str, ...]: ...
        @property
        def until(self) -> tuple[str, ...]: ...


class Choice(NamedTuple):
    """The store to use, None for none, and the run in it to go on with, None to begin one."""

    store: str | None
    earlier: Summary | None = None


class Declined(Exception):
    """Asked what to do about the earlier run, the answer was: nothing."""


def choose(spec: str, options: Chosen) -> Choice:
    """Where the run of the spec at this path is kept. Raises WrongUsage, StoreError, Locked, Declined and OSError."""
    _check(options)
    if options.no_store:
        return Choice(None)
    earlier = _earlier(spec, options)
    if earlier is not None and earlier.pid and (not options.fresh or options.store):
        raise Locked(earlier.store, max(0, earlier.pid))
    if earlier is not None and _goes_on(spec, earlier, options):
        return Choice(earlier.store, earlier)
    if options.store is None:
        return Choice(_new_store(spec))
    if earlier is not None:
        _make_room(options.store)
    return Choice(options.store)


def _check(options: Chosen) -> None:
    going_on = options.resume or options.rerun_changed
    if going_on and options.fresh:
        raise WrongUsage("--fresh begins a new run, and excludes --resume and --rerun-changed")
    if options.no_store and (going_on or options.store):
        raise WrongUsage("with --no-store there is nothing to go on with and nowhere to keep the state")


def _earlier(spec: str, options: Chosen) -> Summary | None:
    if options.store is None:
        return newest_of(spec, options.only, options.until) if not options.fresh else None
    if not os.path.exists(options.store) or not os.path.getsize(options.store):  # noqa: PTH110, PTH202
        return None
    try:
        return summary_of(options.store)
    except NeverBegun:
        discard(options.store)
        return None


def _goes_on(spec: str, earlier: Summary, options: Chosen) -> bool:
    if options.fresh:
        return False
    unfinished = earlier.state in UNFINISHED
    if options.rerun_changed or (unfinished and options.resume):
        return True
    if not unfinished:
        if options.store is not None:
            raise WrongUsage(f"{options.store} holds a run that is over: --fresh replaces it, --rerun-changed goes on")
        return False
    state = f"{spec}: the run of {moment(earlier.started)} was {earlier.state}"
    state += f"; {earlier.counts.get('completed', 0):,} of {earlier.size:,} jobs completed"
    if sys.stdin.isatty() and sys.stderr.isatty():
        return _asked(state)
    print_error(visible(f"{state}; going on with it (--fresh begins a new one)"))
    return True


def _asked(state: str) -> bool:
    """Whether to go on with it. Raises Declined."""
    print(visible(state), file=sys.stderr)
    while True:
        print("[g]o on with it, begin a [n]ew run, or [q]uit: ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        answer = line.strip().lower()[:1]
        if answer in ("g", "n"):
            return answer == "g"
        if answer == "q" or not line:
            raise Declined


def _new_store(spec: str) -> str:
    try:
        return new_store(spec)
    except OSError as error:
        text = (
            f"the state cannot be kept in {RUNS}: {error.strerror}; --store names another file, --no-store keeps none"
        )
        raise WrongUsage(text) from error


def _make_room(store: str) -> None:
    with Lock(store):
        discard(store)
