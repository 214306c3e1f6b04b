"""`torclint graph`: the stages of a spec and what they wait for, as a picture."""

from __future__ import annotations

import sys

from torclint.api import SpecRefused, load
from torclint.cli.configured import configurations
from torclint.cli.inputs import source_of
from torclint.cli.output import print_error, print_told, print_unreadable, print_utf8
from torclint.config.settings import ConfigError
from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import visible
from torclint.report.diagram.picture import picture_of
from torclint.report.terminal import can_show, terminal_of
from torclint.text.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torclint.report.diagram.picture import Picture


class Options(Record):
    path: str
    format: str
    before_after: bool
    limit: int
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
    pictures = [picture_of(graph, options.limit)]
    headings = [pictures[0].name]
    if options.before_after:
        from torclint.fix.barriers import insert_barriers

        fixed = insert_barriers(graph, settings.thresholds)
        if fixed.after is None:
            pictures = [pictures[0]._replace(notes=(*pictures[0].notes, _unchanged(fixed.failed)))]
        else:
            pictures.append(picture_of(fixed.after, options.limit))
            headings = ["Before", "After torclint fix --insert-barriers"]
    _print(pictures, headings, options)
    return 0


def _unchanged(failed: str) -> str:
    return f"no barrier is put in: {visible(failed)}" if failed else "torclint fix --insert-barriers leaves it as it is"


def _print(pictures: Sequence[Picture], headings: Sequence[str], options: Options) -> None:
    if options.format == "text":
        from torclint.report.diagram.lanes import ASCII, render

        lines = render(pictures, headings, terminal_of(sys.stdout, options.color))
        plain = not can_show(sys.stdout, "●◆▫○│─╯×←")
        print_told(line.translate(ASCII) if plain else line for line in lines)
        return
    module = __import__(f"torclint.report.diagram.{options.format}", fromlist=["render"])
    print_utf8(module.render(pictures, headings))
