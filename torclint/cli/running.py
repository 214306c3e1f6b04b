"""What `run`, `resume` and `retry` have in common: who listens, and how it ends."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Protocol, TypeVar

from torclint.api import SpecRefused
from torclint.cli.durations import seconds_of
from torclint.cli.output import print_error, print_utf8
from torclint.report.cells import visible
from torclint.report.terminal import terminal_of
from torclint.run.outcome import REFUSED, refused_json
from torclint.run.plan import Refused
from torclint.run.store.database import StoreError
from torclint.run.store.lock import Locked
from torclint.run.store.places import short_name
from torclint.spec.quantities import QuantityError, memory_bytes
from torclint.text.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from torclint.run.listen import Listener
    from torclint.run.outcome import Outcome

Number = TypeVar("Number", int, float)


class Shown(Protocol):
    """The options that say how a run is shown."""

    @property
    def format(self) -> str: ...
    @property
    def log_format(self) -> str: ...
    @property
    def trace(self) -> str | None: ...
    @property
    def quiet(self) -> bool: ...
    @property
    def verbose(self) -> bool: ...
    @property
    def color(self) -> str: ...


class Steered(Protocol):
    """The options that say how a run is run, and that may change when it goes on."""

    @property
    def cpus(self) -> int | None: ...
    @property
    def memory(self) -> str | None: ...
    @property
    def gpus(self) -> int | None: ...
    @property
    def jobs(self) -> int | None: ...
    @property
    def keep_going(self) -> bool: ...
    @property
    def fail_fast(self) -> bool: ...
    @property
    def timeout(self) -> str | None: ...
    @property
    def enforce_runtime(self) -> bool: ...
    @property
    def rerun_changed(self) -> bool: ...
    @property
    def keep_changed(self) -> bool: ...
    @property
    def quiet(self) -> bool: ...
    @property
    def verbose(self) -> bool: ...


class WrongUsage(ValueError):
    """Options that do not go together, or a value that an option does not take. `str()` is one line."""


def executed(work: Callable[[], Outcome], what: str, options: Shown) -> int:
    """Do `work`, which runs `what`, and report; the exit code."""
    try:
        outcome = work()
    except (Refused, SpecRefused, StoreError, Locked, SourceError, WrongUsage, OSError) as error:
        return refuse(error.reasons if isinstance(error, Refused) else (_told(error),), what, options)
    if options.format == "json":
        print_utf8(outcome.to_json())
    return outcome.exit_code


def kept(outcome: Outcome, store: str | None) -> Outcome:
    """`outcome`, where the run broke off with the word how it goes on."""
    if outcome.interrupted and store is not None and Path(store).exists():
        with contextlib.suppress(OSError):  # the terminal may be gone
            print_error(visible(f"to go on: torclint resume {short_name(store)}"))
    return outcome


def _told(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename is not None:
        return f"{os.fsdecode(error.filename)}: {error.strerror}"
    return str(error)


def refuse(reasons: tuple[str, ...], what: str, options: Shown) -> int:
    """Say why `what` was not started."""
    if options.format == "json":
        print_utf8([refused_json(reasons)])
    for reason in reasons:
        print_error(visible(reason))
    print_error(f"{visible(what)} was not started")
    return REFUSED


def steering(options: Steered) -> dict[str, Any]:
    """What of the options `torclint.run` takes, as values. Raises WrongUsage."""
    if options.keep_going and options.fail_fast:
        raise WrongUsage("--keep-going and --fail-fast exclude each other")
    if options.quiet and options.verbose:
        raise WrongUsage("--quiet and --verbose exclude each other")
    if options.rerun_changed and options.keep_changed:
        raise WrongUsage("--rerun-changed and --keep-changed exclude each other")
    return {
        "cpus": options.cpus,
        "memory": _read("--memory", memory_bytes, options.memory),
        "gpus": options.gpus,
        "jobs": options.jobs,
        "timeout": _read("--timeout", seconds_of, options.timeout),
        "fail_fast": options.fail_fast,
        "enforce_runtime": options.enforce_runtime,
    }


def given(options: Steered) -> dict[str, Any]:
    """What of them changes how a run goes on: the rest is as it was. Raises WrongUsage."""
    changed = {name: value for name, value in steering(options).items() if value not in (None, False)}
    return changed | ({"fail_fast": False} if options.keep_going else {})


def policy_of(options: Steered) -> str:
    """What is done about completed jobs that have changed."""
    return "rerun" if options.rerun_changed else "keep" if options.keep_changed else "refuse"


def listeners_of(options: Shown) -> list[Listener]:
    listeners = [_view(options)]
    if options.trace is not None:
        from torclint.run.trace import Trace

        listeners.append(Trace(options.trace))
    return listeners


def _read(option: str, reader: Callable[[str], Number], text: str | None) -> Number | None:
    if text is None:
        return None
    try:
        return reader(text)
    except QuantityError as error:
        raise WrongUsage(f"{option}: {error.message}; {error.advice}") from error


def _view(options: Shown) -> Listener:
    if options.log_format == "json":
        from torclint.run.events import Events

        return Events(sys.stderr if options.format == "json" else sys.stdout)
    from torclint.run.progress import Lines

    if options.format == "json":
        return Lines(sys.stderr, quiet=not options.verbose, verbose=options.verbose)
    if options.quiet or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return Lines(sys.stdout, quiet=options.quiet, verbose=options.verbose)
    from torclint.run.live import LiveView

    return LiveView(sys.stdout, terminal_of(sys.stdout, options.color).palette, _size, verbose=options.verbose)


def _size() -> tuple[int, int]:
    """Columns and rows of the terminal, which may change at any time; at least a few of either."""
    size = get_terminal_size()
    return max(size.columns, 20), max(size.lines, 8)
