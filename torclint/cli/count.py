"""`torclint count`: the dependencies of a spec, per block and in total."""

from __future__ import annotations

import sys

from torclint.api import SpecRefused, load
from torclint.cli.configured import configurations
from torclint.cli.inputs import source_of
from torclint.cli.output import print_error, print_lines, print_unreadable, print_utf8
from torclint.config.settings import ConfigError
from torclint.fix.barriers import insert_barriers
from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import visible
from torclint.report.counts import as_plain, render
from torclint.report.terminal import terminal_of
from torclint.text.source import SourceError

if TYPE_CHECKING:
    from torclint.graph.workflow import WorkflowGraph


class Options(Record):
    path: str
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
        settings = configurations(options).of(options.path)
        graph = load(source_of(options.path, options.stdin_filename), settings.torc)
    except SourceError as error:
        print_unreadable([error])
        return 2
    except (SpecRefused, ConfigError) as error:
        print_error(visible(str(error)))
        return 2
    fixed = insert_barriers(graph, settings.thresholds)
    _print(graph, fixed.after, options)
    return 0


def _print(graph: WorkflowGraph, fixed: WorkflowGraph | None, options: Options) -> None:
    if options.format == "json":
        from json import dumps

        print_utf8([dumps(as_plain(graph, fixed), indent=2, ensure_ascii=False)])
    else:
        print_lines(render(graph, fixed, terminal_of(sys.stdout, options.color)))
