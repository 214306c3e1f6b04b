"""`torclint check`: find what is wrong, slow or surprising in workflow specs."""

from __future__ import annotations

import sys

from torclint.api import check
from torclint.cli.inputs import sources
from torclint.cli.output import print_error, print_lines, print_unreadable, print_utf8
from torclint.record import TYPE_CHECKING, Record
from torclint.rules.base import ERROR, INFO, WARNING
from torclint.rules.thresholds import Thresholds
from torclint.text.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.report.model import Report

FINDINGS, UNREADABLE, NOTHING = 1, 2, 3

_FAILING = {ERROR: (ERROR,), WARNING: (ERROR, WARNING), INFO: (ERROR, WARNING, INFO)}


class Options(Record):
    paths: tuple[str, ...]
    format: str
    min_jobs: int
    min_saving: int
    fail_on: str
    exit_zero: bool
    quiet: bool
    stdin_filename: str | None
    color: str
    torc_version: str


def run(options: Options) -> int:
    try:
        inputs = sources(options.paths, options.stdin_filename)
    except SourceError as error:
        print_unreadable([error])
        return UNREADABLE
    report = check(*inputs, thresholds=Thresholds(options.min_jobs, options.min_saving), torc=options.torc_version)
    _print(report, options)
    print_unreadable(report.unreadable)
    return _exit_code(report, options)


def _print(report: Report, options: Options) -> None:
    if options.format == "json":
        from torclint.report.json import render as render_json

        print_utf8([render_json(report)])
    elif options.format == "concise":
        from torclint.report.concise import render as render_concise

        print_lines(render_concise(report))
    else:
        print_lines(_text(report, options))


def _text(report: Report, options: Options) -> Iterator[str]:
    from torclint.report.terminal import terminal_of
    from torclint.report.text import render, render_summary

    terminal = terminal_of(sys.stdout, options.color)
    yield from render(report, terminal)
    if report.files and not options.quiet:
        yield render_summary(report, terminal)


def _exit_code(report: Report, options: Options) -> int:
    if report.unreadable:
        return UNREADABLE
    if not report.files:
        print_error(f"nothing to lint: no Torc spec in {', '.join(options.paths)}")
        return NOTHING
    if options.exit_zero:
        return 0
    failing = _FAILING[options.fail_on]
    return FINDINGS if any(finding.severity in failing for finding in report.findings) else 0
