"""`torclint expand`: list every job, or every dependency, as Torc would create it."""

from __future__ import annotations

from torclint.api import SpecRefused, load
from torclint.cli.inputs import source_of
from torclint.cli.output import print_error, print_unreadable, print_utf8
from torclint.names.machine import OverBudget
from torclint.record import Record
from torclint.report.cells import visible
from torclint.text.source import SourceError


class Options(Record):
    path: str
    jobs: bool
    edges: bool
    stdin_filename: str | None
    torc_version: str


def run(options: Options) -> int:
    if options.jobs == options.edges:
        print_error("expand needs one of --jobs and --edges")
        return 2
    try:
        graph = load(source_of(options.path, options.stdin_filename), options.torc_version)
    except SourceError as error:
        print_unreadable([error])
        return 2
    except SpecRefused as error:
        print_error(visible(str(error)))
        return 2
    if options.jobs:
        print_utf8(graph.job_names())
        return 0
    try:
        print_utf8(f"{job}\t{needed}" for job, needed in graph.edges())
    except OverBudget as error:
        print_error(f"too large to list: {error}")
        return 2
    return 0
