"""`torclint run`: run a workflow on this machine, as Torc would."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from torclint.api import Source, SpecRefused, check, load, resume
from torclint.api import run as run_spec
from torclint.cli.earlier import Declined, choose
from torclint.cli.inputs import source_of
from torclint.cli.output import print_error, print_lines, print_told, print_unreadable, print_utf8
from torclint.cli.running import WrongUsage, executed, given, kept, listeners_of, policy_of, steering
from torclint.report.cells import visible
from torclint.report.terminal import terminal_of
from torclint.rules.base import REJECTED, SLOW, STUCK
from torclint.run.execution import LOCAL, with_barriers
from torclint.run.outcome import DONE, INTERRUPTED, REFUSED, refused_json
from torclint.text.source import SourceError, read_file

if TYPE_CHECKING:
    from typing import Any

    from torclint.report.model import FileReport, Report
    from torclint.run.outcome import Outcome


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
    server_dir: str | None
    workers: int | None
    fix: bool
    no_check: bool
    format: str
    log_format: str
    trace: str | None
    quiet: bool
    verbose: bool
    resume: bool
    fresh: bool
    rerun_changed: bool
    keep_changed: bool
    store: str | None
    no_store: bool
    output_dir: str
    stdin_filename: str | None
    color: str
    torc_version: str


def run(options: Options) -> int:
    try:
        _check_engine(options)
        steered = steering(options)
        source = source_of(options.path, options.stdin_filename)
        text = source if isinstance(source, Source) else Source(source, read_file(source))
    except WrongUsage as error:
        print_error(visible(str(error)))
        return REFUSED
    except SourceError as error:
        print_unreadable([error])
        return REFUSED
    fixed = _fixed(text, options) if options.fix else text
    if not options.no_check and not _passes(fixed, options):
        return REFUSED
    if options.engine == "torc":
        from torclint.cli.elsewhere import run_with_torc

        return run_with_torc(fixed, steered, options, listeners_of(options))
    try:
        return executed(lambda: _run(text, fixed, steered, options), options.path, options)
    except Previewed:
        return DONE
    except Declined:
        return INTERRUPTED


def _check_engine(options: Options) -> None:
    """Raises WrongUsage for options that the engine does not know."""
    from torclint.cli.elsewhere import unsuitable

    wrong = unsuitable(options)
    if wrong:
        raise WrongUsage(wrong)


def _fixed(text: Source, options: Options) -> Source:
    """The spec with the barriers that it gains by; as it is where it cannot be read, which is told later."""
    try:
        fixed = with_barriers(text, load, options.torc_version)
    except SpecRefused:
        return text
    for name in fixed.barriers:
        print_error(visible(f"with the barrier {name}"))
    return fixed.source


class Previewed(Exception):
    """Nothing was to be started."""


def _run(text: Source, fixed: Source, steered: dict[str, Any], options: Options) -> Outcome:
    if options.dry_run:
        _preview(fixed, steered, options)
        raise Previewed
    listeners = listeners_of(options)
    choice = choose(text.path, options)
    if choice.store is not None and choice.earlier is not None:
        changed = given(options) | (_engine(options) if options.engine != LOCAL else {})
        return kept(resume(choice.store, changed=policy_of(options), listeners=listeners, **changed), choice.store)
    outcome = run_spec(
        text,
        only=options.only,
        until=options.until,
        order=options.order,
        with_barriers=options.fix,
        output_dir=options.output_dir,
        torc=options.torc_version,
        listeners=listeners,
        store=choice.store,
        **steered,
        **_engine(options),
    )
    return kept(outcome, choice.store)


def _engine(options: Options) -> dict[str, Any]:
    """Who runs the jobs. The folder of a server is kept as a whole path, for a run may go on from elsewhere."""
    server_dir = None if options.server_dir is None else str(Path(options.server_dir).absolute())
    return {
        "engine": options.engine,
        "server_dir": server_dir,
        "workers": options.workers,
        "insist": options.no_check,
    }


def _preview(text: Source, steered: dict[str, Any], options: Options) -> None:
    from torclint.run.dry_run import lines, preview, to_json
    from torclint.run.execution import timed_plan_of
    from torclint.run.machine import capacity

    about = {"torc": options.torc_version, "only": options.only, "until": options.until, "order": options.order}
    plan = timed_plan_of(text, load, about)
    found = preview(plan, capacity(*(steered[name] for name in ("cpus", "memory", "gpus", "jobs"))), options.order)
    if options.format == "json":
        print_utf8([to_json(found)])
    else:
        print_told(lines(found, terminal_of(sys.stdout, options.color).width))


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
        print_error(visible("; ".join((f"slow in Torc: {finding.message}", *finding.help))))
    for command in sorted({fix_command(finding.fix, options.path) for finding in slow if finding.fix is not None}):
        print_error(f"to repair this: {command}")
