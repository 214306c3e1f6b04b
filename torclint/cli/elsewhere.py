"""`torclint run --engine ...`: what each engine knows of the options, and the way to Torc."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from torclint.api import SpecRefused, load
from torclint.cli.output import print_utf8
from torclint.cli.running import refuse
from torclint.run.outcome import DONE
from torclint.run.plan import Refused
from torclint.run.store.database import StoreError

if TYPE_CHECKING:
    from torclint.api import Source
    from torclint.cli.run import Options
    from torclint.run.listen import Listener
    from torclint.run.plan import Plan


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
    "resume": _Known(False, ("local", "hyperqueue", "torc")),
    "rerun_changed": _Known(False, ("local", "hyperqueue")),
    "keep_changed": _Known(False, ("local", "hyperqueue")),
    "store": _Known(None, ("local", "hyperqueue", "torc")),
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


def run_with_torc(text: Source, steered: dict[str, Any], options: Options, listeners: list[Listener]) -> int:
    """Hand the workflow over to Torc and report what came of it; the exit code."""
    from torclint.run.engines.torc.engine import CREATED, HERE, SUBMITTED, Request, run
    from torclint.run.prepare import prepare

    try:
        graph = load(text, options.torc_version)
        plan = prepare(graph)
        request = Request(
            graph.workflow,
            text.text,
            os.path.splitext(text.name or "")[1],  # noqa: PTH122
            plan,
            CREATED if options.create_only else SUBMITTED if options.submit else HERE,
            options.url,
            options.standalone,
            options.output_dir,
            {name: steered[name] for name in ("cpus", "memory", "gpus")},
            _completed(plan, options),
        )
        outcome = run(request, listeners)
    except (Refused, SpecRefused, StoreError) as error:
        return refuse(error.reasons if isinstance(error, Refused) else (str(error),), options.path, options)
    if outcome is None:
        return DONE
    if options.format == "json":
        print_utf8(outcome.to_json())
    return outcome.exit_code


def _completed(plan: Plan, options: Options) -> dict[int, float]:
    """With --resume, the jobs that completed in the last run here. Raises EngineError and StoreError."""
    from torclint.run.engines.torc.carrying import completed_here
    from torclint.run.store.finding import newest_of

    if not options.resume:
        return {}
    store = options.store
    if store is None:
        found = newest_of(options.path)
        store = found.store if found is not None else None
    return {} if store is None else completed_here(plan, store)
