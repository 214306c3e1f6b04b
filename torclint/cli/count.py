"""`torclint count`: the dependencies of specs, per block and in total."""

from __future__ import annotations

import sys

from torclint.api import SpecRefused, load
from torclint.checking.files import Found, Source, inputs_at
from torclint.checking.one import is_spec, read
from torclint.cli.configured import configurations
from torclint.cli.inputs import sources
from torclint.cli.output import print_error, print_told, print_unreadable, print_utf8
from torclint.config.settings import ConfigError
from torclint.fix.barriers import insert_barriers
from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import visible
from torclint.report.counts import as_plain, render
from torclint.report.terminal import terminal_of
from torclint.text.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torclint.checking.files import Input
    from torclint.config.discovery import Configurations
    from torclint.graph.workflow import WorkflowGraph

UNUSABLE, NOTHING = 2, 3


class Counted(Record):
    """One spec as it is, and with the barriers that it gains by; None if there are none."""

    path: str
    graph: WorkflowGraph
    fixed: WorkflowGraph | None


class Options(Record):
    paths: tuple[str, ...]
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
        settings = configurations(options)
        inputs = list(inputs_at(sources(options.paths, options.stdin_filename), settings))
    except SourceError as error:
        print_unreadable([error])
        return UNUSABLE
    except ConfigError as error:
        print_error(visible(str(error)))
        return UNUSABLE
    counted: list[Counted] = []
    failed = False
    for source in inputs:
        try:
            counted += _counted(source, settings)
        except (SourceError, SpecRefused, ConfigError) as error:
            print_error(visible(str(error)))
            failed = True
    if counted:
        _print(counted, len(inputs) == 1 and not isinstance(inputs[0], Found), options)
    if failed:
        return UNUSABLE
    if not counted:
        print_error(f"nothing to count: no Torc spec in {visible(', '.join(options.paths))}")
        return NOTHING
    return 0


def _counted(source: Input, settings: Configurations) -> Iterator[Counted]:
    """The spec; nothing for a file in a folder that is none. Raises SourceError, SpecRefused and ConfigError."""
    text = read(source)
    if isinstance(text, SourceError):
        raise text
    if not isinstance(text, Source) or (isinstance(source, Found) and not is_spec(text)):
        return
    in_force = settings.of(text.path)
    graph = load(text, in_force.torc)
    yield Counted(text.path, graph, insert_barriers(graph, in_force.thresholds).after)


def _print(counted: Sequence[Counted], alone: bool, options: Options) -> None:
    """`alone`: only one spec was asked for, so that nobody has to be told which one it is."""
    if options.format == "json":
        from json import dumps

        plain = [{"path": each.path} | as_plain(each.graph, each.fixed) for each in counted]
        if alone:
            plain[0].pop("path")
        print_utf8([dumps(plain[0] if alone else {"files": plain}, indent=2, ensure_ascii=False)])
    elif options.format == "markdown":
        from torclint.report.markdown import render as render_markdown

        print_utf8(line for each in counted for line in render_markdown(each.path, each.graph, each.fixed))
    else:
        print_told(_lines(counted, alone, options))


def _lines(counted: Sequence[Counted], alone: bool, options: Options) -> Iterator[str]:
    terminal = terminal_of(sys.stdout, options.color)
    for number, each in enumerate(counted):
        if not alone:
            yield from [""] * (2 * bool(number))
            yield f"{terminal.palette.strong}{visible(each.path)}{terminal.palette.off}"
        yield from render(each.graph, each.fixed, terminal)
