"""`torclint check`: find what is wrong, slow or surprising in workflow specs."""

# os.path, since pathlib takes longer to import than all of torclint's own modules
# ruff: noqa: PTH111, PTH118
from __future__ import annotations

import os
import sys

from torclint.api import check
from torclint.cli.configured import configurations, selected
from torclint.cli.formats import BadFormat, destinations
from torclint.cli.inputs import sources
from torclint.cli.output import print_error, print_lines, print_told, print_unreadable, print_utf8
from torclint.config.settings import ConfigError
from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import visible
from torclint.report.terminal import Terminal, terminal_of
from torclint.rules.registry import UnknownRule
from torclint.text.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.cli.formats import Destination
    from torclint.config.discovery import Configurations
    from torclint.config.settings import Settings
    from torclint.report.model import Report

FINDINGS, UNUSABLE, NOTHING = 1, 2, 3
MANY = 30  # findings, from which on a terminal shows also how often each rule found something


class Options(Record):
    paths: tuple[str, ...]
    format: tuple[str, ...]
    select: tuple[str, ...]
    extend_select: tuple[str, ...]
    ignore: tuple[str, ...]
    min_jobs: int | None
    min_saving: int | None
    fail_on: str | None
    exit_zero: bool
    no_ignores: bool
    baseline: str | None
    watch: bool
    statistics: bool
    config: str | None
    isolated: bool
    allow_no_files: bool
    processes: int | None
    no_cache: bool
    quiet: bool
    verbose: bool
    stdin_filename: str | None
    color: str
    torc_version: str | None


def run(options: Options) -> int:
    if not options.watch:
        return _check(options)
    from torclint.cli.watch import watch

    return watch(lambda: _check(options), options.paths or (".",))


def _check(options: Options) -> int:
    try:
        if options.quiet and options.verbose:
            raise ConfigError("--quiet and --verbose exclude each other")
        wanted = destinations(options.format)
        settings = configurations(options, lambda given: _changed(given, options))
        report = _report(options, settings)
        if options.baseline is not None:
            report = _without_known(report, options.baseline)
    except (BadFormat, UnknownRule, SourceError, ConfigError) as error:
        print_error(visible(str(error)))
        return UNUSABLE
    for destination in wanted:
        if not _deliver(report, destination, options):
            return UNUSABLE
    print_unreadable(report.unreadable)
    return _exit_code(report, options)


def _without_known(report: Report, path: str) -> Report:
    """The findings that are not in the baseline. Raises ConfigError and SourceError."""
    from torclint.suppression.baseline import BaselineError, Sieve, read_baseline

    try:
        sieve = Sieve(read_baseline(path))
    except BaselineError as error:
        raise ConfigError(str(error)) from None
    files = tuple(file._replace(findings=sieve.new(file.path, file.findings)) for file in report.files)
    stale = sieve.stale(file.path for file in report.files)
    if stale:
        told = "1 entry is" if stale == 1 else f"{stale:,} entries are"
        print_error(f"{visible(path)}: {told} stale; torclint baseline --file {visible(path)} takes that out")
    known = sum(len(before.findings) - len(after.findings) for before, after in zip(report.files, files, strict=True))
    return report._replace(files=files, known=known)


def _changed(settings: Settings, options: Options) -> Settings:
    settings = selected(settings, options.select, options.extend_select, options.ignore)
    return settings._replace(
        fail_on=options.fail_on or settings.fail_on, ignores_on=settings.ignores_on and not options.no_ignores
    )


def _report(options: Options, settings: Configurations) -> Report:
    given = sources(options.paths or (".",), options.stdin_filename)
    cache = "" if options.no_cache else _cache_folder()
    return check(*given, settings=settings, processes=options.processes or _processes(), cache=cache)


def _processes() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _cache_folder() -> str:
    """TORCLINT_CACHE_DIR, else a folder in XDG_CACHE_HOME, else in ~/.cache."""
    own = os.environ.get("TORCLINT_CACHE_DIR")
    if own:
        return own
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "torclint")


def _deliver(report: Report, destination: Destination, options: Options) -> bool:
    """Write the report to where it goes; false if that failed."""
    if destination.file:
        lines = "".join(f"{line}\n" for line in _lines(report, destination.format, Terminal(), options))
        try:
            with open(destination.file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
                stream.write(lines)
        except OSError as error:
            print_error(visible(f"{destination.file}: cannot be written: {error.strerror or error}"))
            return False
        return True
    terminal = terminal_of(sys.stdout, options.color)
    lines_out = _lines(report, destination.format, terminal, options)
    if destination.format in ("text", "concise"):
        (print_told if destination.format == "text" else print_lines)(lines_out)
    else:
        print_utf8(lines_out)
    return True


def _lines(report: Report, format: str, terminal: Terminal, options: Options) -> Iterator[str]:
    if format == "text":
        from torclint.report.text import render, render_hint, render_summary

        yield from render(report, terminal)
        if options.statistics or (terminal.is_screen and not options.quiet and _are_many(report)):
            from torclint.report.statistics import render as render_statistics

            yield from render_statistics(report, terminal)
        if options.verbose:
            from torclint.report.listing import render as render_files

            yield from render_files(report, terminal)
        if report.files and not options.quiet:
            yield from render_hint(report)
            yield render_summary(report, terminal)
        return
    rendered = __import__(f"torclint.report.{format}", fromlist=["render"]).render(report)
    yield from [rendered] if isinstance(rendered, str) else rendered


def _are_many(report: Report) -> bool:
    """Whether there are more findings than anybody keeps in mind."""
    return sum(len(file.findings) for file in report.files) > MANY


def _exit_code(report: Report, options: Options) -> int:
    if report.unreadable:
        return UNUSABLE
    if not report.files:
        if options.allow_no_files:
            return 0
        print_error(f"nothing to lint: no Torc spec in {visible(', '.join(options.paths or ('.',)))}")
        return NOTHING
    return FINDINGS if not options.exit_zero and any(file.fails for file in report.files) else 0
