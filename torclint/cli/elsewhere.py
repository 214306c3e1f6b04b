"""`torclint run --engine ...`: running a workflow on another engine than this machine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from torclint.api import SpecRefused, load
from torclint.cli.output import print_error, print_utf8
from torclint.report.cells import visible
from torclint.run.engines.errors import EngineError
from torclint.run.outcome import DONE, REFUSED, refused_json
from torclint.run.plan import Refused

if TYPE_CHECKING:
    from torclint.api import Source
    from torclint.cli.run import Options
    from torclint.run.listen import Listener
    from torclint.run.outcome import Outcome


class _Known(NamedTuple):
    """An option that not all engines know: its value when it is not given, and who knows it."""

    default: object
    engines: tuple[str, ...]


_OPTIONS = {
    "jobs": _Known(None, ("local",)),
    "only": _Known((), ("local", "hyperqueue")),
    "until": _Known((), ("local", "hyperqueue")),
    "dry_run": _Known(False, ("local",)),
    "fail_fast": _Known(False, ("local",)),
    "timeout": _Known(None, ("local", "hyperqueue")),
    "enforce_runtime": _Known(False, ("local", "hyperqueue")),
    "order": _Known("critical-path", ("local", "hyperqueue")),
    "resume": _Known(False, ("local",)),
    "rerun_changed": _Known(False, ("local",)),
    "keep_changed": _Known(False, ("local",)),
    "store": _Known(None, ("local",)),
    "url": _Known(None, ("torc",)),
    "standalone": _Known(False, ("torc",)),
    "create_only": _Known(False, ("torc",)),
    "submit": _Known(False, ("torc",)),
    "server_dir": _Known(None, ("hyperqueue",)),
    "workers": _Known(None, ("hyperqueue",)),
}


def unsuitable(options: Options) -> str:
    """What is wrong with options for the engine; "" if nothing is."""
    for name, known in _OPTIONS.items():
        if getattr(options, name) != known.default and options.engine not in known.engines:
            flag = name.replace("_", "-")
            return f"--{flag} is for --engine {' or '.join(known.engines)}, not for {options.engine}"
    if options.create_only and options.submit:
        return "--create-only and --submit exclude each other"
    if options.standalone and (options.url or options.submit or options.create_only):
        return "--standalone is for a run here on a server of its own, not with --url, --submit or --create-only"
    if options.server_dir is not None and options.workers is not None:
        return "--workers starts workers of a server of its own, not with --server-dir"
    return ""


def run_elsewhere(text: Source, steered: dict[str, Any], options: Options, listeners: list[Listener]) -> int:
    """Hand the workflow over and report what came of it; the exit code."""
    try:
        if options.engine == "torc":
            outcome = _with_torc(text, steered, options, listeners)
        else:
            outcome = _with_hyperqueue(text, steered, options, listeners)
    except (Refused, SpecRefused, EngineError) as error:
        return _refuse(error.reasons if isinstance(error, Refused) else (str(error),), options)
    if outcome is None:
        return DONE
    if options.format == "json":
        print_utf8(outcome.to_json())
    return outcome.exit_code


def _with_torc(text: Source, steered: dict[str, Any], options: Options, listeners: list[Listener]) -> Outcome | None:
    from torclint.run.engines.torc.engine import CREATED, HERE, SUBMITTED, Request, run
    from torclint.run.prepare import prepare

    graph = load(text, options.torc_version)
    request = Request(
        graph.workflow,
        text.text,
        os.path.splitext(text.name or "")[1],  # noqa: PTH122
        prepare(graph),
        CREATED if options.create_only else SUBMITTED if options.submit else HERE,
        options.url,
        options.standalone,
        options.output_dir,
        {name: steered[name] for name in ("cpus", "memory", "gpus")},
    )
    return run(request, listeners)


def _with_hyperqueue(text: Source, steered: dict[str, Any], options: Options, listeners: list[Listener]) -> Outcome:
    from torclint.run.engines.hyperqueue.engine import Request, run
    from torclint.run.execution import plan_of
    from torclint.run.machine import capacity
    from torclint.run.policy import Policy

    plan = plan_of(text, load, {"torc": options.torc_version, "only": options.only, "until": options.until})
    request = Request(
        text.text,
        plan,
        Policy(timeout=steered["timeout"], enforces_runtime=steered["enforce_runtime"], order=options.order),
        options.server_dir,
        options.workers or 1,
        capacity(*(steered[name] for name in ("cpus", "memory", "gpus"))),
        options.output_dir,
        options.no_check,
    )
    return run(request, listeners)


def _refuse(reasons: tuple[str, ...], options: Options) -> int:
    if options.format == "json":
        print_utf8([refused_json(reasons)])
    for reason in reasons:
        print_error(visible(reason))
    return REFUSED
