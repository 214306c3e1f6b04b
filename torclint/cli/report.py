"""`torclint report`: a page about a spec, or about a run: one HTML file that holds all that it shows."""

from __future__ import annotations

from pathlib import Path
from time import time
from typing import TYPE_CHECKING, NamedTuple

from torclint.api import Source
from torclint.cli.configured import configurations
from torclint.cli.inputs import source_of
from torclint.cli.output import print_error, print_lines, print_unreadable, print_utf8
from torclint.cli.running import WrongUsage
from torclint.config.settings import ConfigError
from torclint.page.making import is_page, render
from torclint.page.spec.page import page_of
from torclint.page.spec.subject import subject_of
from torclint.page.spec.summary import verdict
from torclint.report.cells import visible
from torclint.run.forecast.forecast import Machines
from torclint.run.machine import capacity
from torclint.run.store.database import StoreError
from torclint.run.store.finding import NoRun, find
from torclint.run.store.places import is_store
from torclint.spec.quantities import QuantityError, memory_bytes
from torclint.text.source import SourceError, read_file
from torclint.text.write import WriteError, write

if TYPE_CHECKING:
    from torclint.page.making import Page
    from torclint.page.spec.subject import Subject

UNUSABLE = 2
_HEAD = 2000  # bytes of a file that tell whether it is a page of ours


class Options(NamedTuple):
    path: str | None
    run: bool
    no_logs: bool
    output: str | None
    force: bool
    cpus: int | None
    memory: str | None
    gpus: int | None
    nodes: int
    min_jobs: int | None
    min_saving: int | None
    config: str | None
    isolated: bool
    stdin_filename: str | None
    torc_version: str | None


def run(options: Options) -> int:
    try:
        if options.run or (options.path is not None and is_store(options.path)):
            _write_run(options)
        else:
            _write_spec(options)
    except SourceError as error:
        print_unreadable([error])
        return UNUSABLE
    except (ConfigError, WriteError, NoRun, StoreError, WrongUsage) as error:
        print_error(visible(str(error)))
        return UNUSABLE
    except QuantityError as error:
        print_error(f"{visible(error.message)}; {visible(error.advice)}")
        return UNUSABLE
    return 0


def _write_spec(options: Options) -> None:
    if options.path is None:
        raise WrongUsage("name a spec, or --run for a page about the last run here")
    output = options.output or _named_after(options.path)
    _spare(output, options.force)
    subject = _subject(options, options.path)
    _write(output, page_of(subject), verdict(subject).text)


def _write_run(options: Options) -> None:
    from torclint.page.run.page import page_of as page_of_run
    from torclint.page.run.story import story_of
    from torclint.page.run.summary import verdict as verdict_of_run

    found = find(options.path)
    output = options.output or _named_after(found.store)
    _spare(output, options.force)
    story = story_of(found, time())
    _write(output, page_of_run(story, logs=not options.no_logs), verdict_of_run(story))


def _write(output: str, page: Page, told: str) -> None:
    """Write the page, and say on the terminal what it says first."""
    if output == "-":
        print_utf8([render(page)])
        return
    write(output, render(page) + "\n")
    print_lines([visible(f"{output}: {told}")])


def _subject(options: Options, path: str) -> Subject:
    memory = memory_bytes(options.memory) if options.memory is not None else None
    machines = Machines(capacity(options.cpus, memory, options.gpus), options.nodes)
    settings = configurations(options).of(path)
    source = source_of(path, options.stdin_filename)
    text = source if isinstance(source, Source) else Source(source, read_file(source))
    return subject_of(text, settings, machines)


def _named_after(path: str) -> str:
    """Where the page goes if nobody says so: the name of the spec or the store, here, with another
    ending."""
    stem = Path(path).stem
    return "report.html" if path == "-" or not stem else f"{stem}.html"


def _spare(output: str, force: bool) -> None:
    """Raises WriteError for a file that holds something else than an earlier page."""
    if force or not Path(output).is_file():  # "-" is none either; a pipe would wait for somebody to write
        return
    try:
        with Path(output).open("rb") as stream:
            head = stream.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return  # there is none, or writing it says what is the matter
    if head and not is_page(head):
        raise WriteError(output, "it is there and no page that torclint made; --force overwrites it")
