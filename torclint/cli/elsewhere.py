"""`torclint run --engine ...`: running a workflow on another engine than this machine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from torclint.api import SpecRefused, load
from torclint.cli.output import print_error, print_utf8
from torclint.report.cells import visible
from torclint.run.engines.errors import EngineError
from torclint.run.outcome import DONE, REFUSED, refused_json
from torclint.run.plan import Refused
from torclint.run.prepare import prepare

if TYPE_CHECKING:
    from torclint.api import Source
    from torclint.cli.run import Options
    from torclint.run.listen import Listener

# what each option is when it is not given; engines elsewhere do not know these
_LOCAL = {
    "jobs": None,
    "only": (),
    "until": (),
    "dry_run": False,
    "fail_fast": False,
    "timeout": None,
    "enforce_runtime": False,
    "order": "critical-path",
}


def unsuitable(options: Options) -> str:
    """What is wrong with options for this engine; "" if nothing is."""
    for name, default in _LOCAL.items():
        if getattr(options, name) != default:
            return f"--{name.replace('_', '-')} works on this machine only, not with --engine {options.engine}"
    if options.create_only and options.submit:
        return "--create-only and --submit exclude each other"
    if options.standalone and (options.url or options.submit or options.create_only):
        return "--standalone is for a run here on a server of its own, not with --url, --submit or --create-only"
    return ""


def run_elsewhere(text: Source, memory: int | None, options: Options, listeners: list[Listener]) -> int:
    """Hand the workflow over and report what came of it; the exit code."""
    from torclint.run.engines.torc.engine import CREATED, HERE, SUBMITTED, Request, run

    try:
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
            {"cpus": options.cpus, "memory": memory, "gpus": options.gpus},
        )
        outcome = run(request, listeners)
    except (Refused, SpecRefused, EngineError) as error:
        return _refuse(error.reasons if isinstance(error, Refused) else (str(error),), options)
    if outcome is None:
        return DONE
    if options.format == "json":
        print_utf8(outcome.to_json())
    return outcome.exit_code


def _refuse(reasons: tuple[str, ...], options: Options) -> int:
    if options.format == "json":
        print_utf8([refused_json(reasons)])
    for reason in reasons:
        print_error(visible(reason))
    return REFUSED
