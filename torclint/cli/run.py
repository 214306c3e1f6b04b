"""`torclint run`: run a workflow on this machine, as Torc would."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from torclint.api import Source, SpecRefused, check, load
from torclint.api import run as run_spec
from torclint.cli.durations import seconds_of
from torclint.cli.inputs import source_of
from torclint.cli.output import print_error, print_lines, print_unreadable, print_utf8
from torclint.report.cells import visible
from torclint.rules.base import REJECTED, SLOW, STUCK
from torclint.run.outcome import DONE, REFUSED, refused_json
from torclint.run.plan import Refused
from torclint.spec.quantities import QuantityError, memory_bytes
from torclint.text.source import SourceError, read_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from torclint.report.model import FileReport, Report
    from torclint.run.listen import Listener

LOCAL = "local"
Number = TypeVar("Number", int, float)


class Options(NamedTuple):
    path: str
    cpus: int | None
    memory: str | None
    gpus: int | None
    jobs: int | None
    only: tuple[str, ...]
    until: tuple[str, ...]
    dry_run: bool
    keep_going: bool
    fail_fast: bool
    timeout: str | None
    enforce_runtime: bool
    order: str
    engine: str
    url: str | None
    standalone: bool
    create_only: bool
    submit: bool
    fix: bool
    no_check: bool
    format: str
    log_format: str
    trace: str | None
    output_dir: str
    quiet: bool
    stdin_filename: str | None
    color: str
    torc_version: str


def run(options: Options) -> int:
    try:
        memory = _read("--memory", memory_bytes, options.memory)
        timeout = _read("--timeout", seconds_of, options.timeout)
    except WrongValue as error:
        print_error(visible(str(error)))
        return REFUSED
    if options.keep_going and options.fail_fast:
        print_error("--keep-going and --fail-fast exclude each other")
        return REFUSED
    wrong = _wrong_for_engine(options)
    if wrong:
        print_error(wrong)
        return REFUSED
    try:
        source = source_of(options.path, options.stdin_filename)
        text = source if isinstance(source, Source) else Source(source, read_file(source))
    except SourceError as error:
        print_unreadable([error])
        return REFUSED
    if options.fix:
        text = _fixed(text, options)
    if not options.no_check and not _passes(text, options):
        return REFUSED
    if options.engine != LOCAL:
        from torclint.cli.elsewhere import run_elsewhere

        return run_elsewhere(text, memory, options, _listeners(options))
    try:
        if options.dry_run:
            _preview(text, memory, options)
            return DONE
        outcome = run_spec(
            text,
            cpus=options.cpus,
            memory=memory,
            gpus=options.gpus,
            jobs=options.jobs,
            only=options.only,
            until=options.until,
            fail_fast=options.fail_fast,
            timeout=timeout,
            enforce_runtime=options.enforce_runtime,
            order=options.order,
            output_dir=options.output_dir,
            torc=options.torc_version,
            listeners=_listeners(options),
        )
    except (Refused, SpecRefused) as error:
        reasons = error.reasons if isinstance(error, Refused) else (str(error),)
        return _refuse(reasons, options)
    except OSError as error:
        return _refuse((str(error),), options)
    if options.format == "json":
        print_utf8(outcome.to_json())
    return outcome.exit_code


def _wrong_for_engine(options: Options) -> str:
    if options.engine != LOCAL:
        from torclint.cli.elsewhere import unsuitable

        return unsuitable(options)
    given = [name for name in ("url", "standalone", "create_only", "submit") if getattr(options, name)]
    return f"--{given[0].replace('_', '-')} needs --engine torc" if given else ""


def _fixed(text: Source, options: Options) -> Source:
    """The spec with the barriers that it gains by; as it is where it cannot be read, which is told later."""
    from torclint.api import fix

    try:
        fixed = fix(text, torc=options.torc_version)
    except SpecRefused:
        return text
    for barrier in fixed.barriers if fixed.after is not None else ():
        print_error(visible(f"with the barrier {barrier.name}"))
    return text._replace(text=fixed.text)


class WrongValue(ValueError):
    """What stands after an option is not what it takes."""


def _read(option: str, reader: Callable[[str], Number], text: str | None) -> Number | None:
    if text is None:
        return None
    try:
        return reader(text)
    except QuantityError as error:
        raise WrongValue(f"{option}: {error.message}; {error.advice}") from error


def _preview(text: Source, memory: int | None, options: Options) -> None:
    from torclint.run.dry_run import lines, preview, to_json
    from torclint.run.machine import capacity
    from torclint.run.prepare import prepare
    from torclint.run.selection import chosen

    plan = chosen(prepare(load(text, options.torc_version)), options.only, options.until)
    found = preview(plan, capacity(options.cpus, memory, options.gpus, options.jobs), options.order)
    if options.format == "json":
        print_utf8([to_json(found)])
    else:
        print_lines(lines(found))


def _passes(text: Source, options: Options) -> bool:
    """Whether the spec may be started. If not, the findings are printed; if it is only slow, what would help."""
    report = check(text, torc=options.torc_version)
    blocking = [finding for finding in report.findings if finding.effect in (REJECTED, STUCK)]
    if not blocking:
        _tell_gain(report, options)
        return True
    if options.format == "json":
        print_utf8([refused_json(tuple(f"{finding.code} {finding.message}" for finding in blocking))])
        return False
    _print_findings(report)
    print_error(f"{visible(text.path)} was not started: Torc would refuse it, or never finish it (--no-check insists)")
    return False


def _print_findings(report: Report) -> None:
    from torclint.report.terminal import terminal_of
    from torclint.report.text import render

    (file,) = report.files
    blocking = tuple(finding for finding in file.findings if finding.effect in (REJECTED, STUCK))
    shown: FileReport = file._replace(findings=blocking)
    print_lines(render(report._replace(files=(shown,)), terminal_of(sys.stdout, "auto")))


def _tell_gain(report: Report, options: Options) -> None:
    slow = [finding for finding in report.findings if finding.effect == SLOW]
    if not slow or options.quiet:
        return
    from torclint.report.text import fix_command

    for finding in slow:
        print_error(visible(" ".join((f"slow in Torc: {finding.message}.", *finding.help))))
    for command in sorted({fix_command(finding.fix, options.path) for finding in slow if finding.fix is not None}):
        print_error(f"to repair this: {command}")


def _refuse(reasons: tuple[str, ...], options: Options) -> int:
    if options.format == "json":
        print_utf8([refused_json(reasons)])
    for reason in reasons:
        print_error(visible(reason))
    print_error(f"{visible(options.path)} was not started")
    return REFUSED


def _listeners(options: Options) -> list[Listener]:
    listeners = [_view(options)]
    if options.trace is not None:
        from torclint.run.trace import Trace

        listeners.append(Trace(options.trace))
    return listeners


def _view(options: Options) -> Listener:
    if options.log_format == "json":
        from torclint.run.events import Events

        return Events(sys.stderr if options.format == "json" else sys.stdout)
    from torclint.run.progress import Lines

    if options.format == "json":
        return Lines(sys.stderr, quiet=True)
    if options.quiet or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return Lines(sys.stdout, quiet=options.quiet)
    from rich.console import Console

    from torclint.run.live import LiveView

    return LiveView(Console(no_color=options.color == "never" or None))
