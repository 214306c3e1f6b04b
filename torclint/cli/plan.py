"""`torclint plan`: what a run would be like, by the declared runtimes, before anything runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from torclint.api import SpecRefused, load
from torclint.cli.configured import configurations
from torclint.cli.durations import seconds_of
from torclint.cli.inputs import source_of
from torclint.cli.output import print_error, print_told, print_unreadable, print_utf8
from torclint.config.settings import ConfigError
from torclint.fix.barriers import insert_barriers
from torclint.names.machine import OverBudget
from torclint.report.cells import visible
from torclint.report.terminal import terminal_of
from torclint.run.forecast.forecast import Machines, forecast
from torclint.run.forecast.tell import Side, as_plain, render
from torclint.run.machine import capacity
from torclint.run.plan import Refused
from torclint.spec.quantities import QuantityError, memory_bytes
from torclint.text.source import SourceError
from torclint.text.write import WriteError, write

if TYPE_CHECKING:
    from torclint.graph.workflow import WorkflowGraph
    from torclint.run.forecast.forecast import Forecast

OUT_OF_REACH, UNUSABLE = 1, 2


class Options(NamedTuple):
    path: str
    cpus: int | None
    memory: str | None
    gpus: int | None
    nodes: int
    target_time: str | None
    svg: str | None
    format: str
    min_jobs: int | None
    min_saving: int | None
    config: str | None
    isolated: bool
    stdin_filename: str | None
    color: str
    torc_version: str | None


def run(options: Options) -> int:
    try:
        memory = memory_bytes(options.memory) if options.memory is not None else None
        target = round(seconds_of(options.target_time)) if options.target_time is not None else None
    except QuantityError as error:
        print_error(f"{visible(error.message)}; {visible(error.advice)}")
        return UNUSABLE
    machines = Machines(capacity(options.cpus, memory, options.gpus), options.nodes)
    try:
        settings = configurations(options).of(options.path)
        graph = load(source_of(options.path, options.stdin_filename), settings.torc)
        fixed = insert_barriers(graph, settings.thresholds)
        now = _side(graph, machines, target)
        after = None if fixed.after is None else _side(fixed.after, machines, target)
    except SourceError as error:
        print_unreadable([error])
        return UNUSABLE
    except (SpecRefused, ConfigError, Refused, OverBudget) as error:
        print_error(visible(f"{options.path}: {error}" if isinstance(error, (Refused, OverBudget)) else str(error)))
        return UNUSABLE
    return _report(now, after, machines, options)


def _side(graph: WorkflowGraph, machines: Machines, target: int | None) -> Side:
    return Side(graph, forecast(graph, machines, target))


def _report(now: Side, after: Side | None, machines: Machines, options: Options) -> int:
    if options.svg is not None:
        from torclint.run.forecast.picture import picture

        try:
            write(options.svg, picture(now, after, machines))
        except WriteError as error:
            print_error(visible(str(error)))
            return UNUSABLE
    if options.format == "json":
        from json import dumps

        print_utf8([dumps(as_plain(now, after, machines), indent=2, ensure_ascii=False)])
    else:
        print_told(render(now, after, machines, terminal_of(sys.stdout, options.color)))
    return OUT_OF_REACH if _out_of_reach((after or now).forecast) else 0


def _out_of_reach(found: Forecast) -> bool:
    return found.seconds is None or (found.target is not None and found.target.nodes is None)
