"""`torclint fix`: make the changes that findings offer, and put barriers where they save dependencies."""

from __future__ import annotations

import sys

from torclint.api import Source
from torclint.checking.files import Found, inputs_at
from torclint.checking.one import graph_of, read
from torclint.cli.ask import Dialogue
from torclint.cli.configured import codes_in, configurations
from torclint.cli.inputs import sources
from torclint.cli.output import print_error, print_lines, print_noted, print_told, print_unreadable, print_utf8
from torclint.collecting import NotCollecting
from torclint.config.settings import ConfigError
from torclint.fix.both import Mended, insert_wanted, mend
from torclint.fix.repairs.passes import Wishes
from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import visible
from torclint.report.terminal import PLAIN, terminal_of
from torclint.rules.registry import UnknownRule, find
from torclint.rules.selection import codes_of, default_codes
from torclint.syntax.detect import read as read_spec
from torclint.syntax.generated import generated_mark
from torclint.syntax.node import ParseError
from torclint.text.diff import unified_diff
from torclint.text.source import SourceError, read_file
from torclint.text.write import WriteError, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from torclint.config.discovery import Configurations
    from torclint.config.settings import Settings
    from torclint.syntax.node import Document

LEFT, UNUSABLE, NOTHING, WITHHELD = 1, 2, 3, 4


class Options(Record):
    paths: tuple[str, ...]
    insert_barriers: bool
    two_levels: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    unsafe_fixes: bool
    diff: bool
    check: bool
    interactive: bool
    explain: bool
    min_jobs: int | None
    min_saving: int | None
    config: str | None
    isolated: bool
    quiet: bool
    stdin_filename: str | None
    color: str
    torc_version: str | None


class _Task(Record):
    """What is wanted: of the rules `codes`, some of which may be `selected`, and whether barriers; and who is asked."""

    options: Options
    selected: frozenset[str]
    codes: frozenset[str]
    with_barriers: bool
    only_barriers: bool
    dialogue: Dialogue | None


def run(options: Options) -> int:
    if options.interactive and "-" in options.paths:
        print_error("--interactive reads the answers from stdin, so that no spec can come from there")
        return UNUSABLE
    try:
        task = _task(options)
        settings = configurations(options, lambda given: _asking_all(given, task.selected))
        given = list(inputs_at(sources(options.paths, options.stdin_filename), settings))
    except (UnknownRule, ConfigError, SourceError) as error:
        print_error(visible(str(error)))
        return UNUSABLE
    codes: list[int] = []
    changed = 0
    for source in given:
        text = read(source)
        if isinstance(text, SourceError):
            print_unreadable([text])
            codes.append(UNUSABLE)
        elif text is not None:
            is_found = isinstance(source, Found)
            with NotCollecting():
                code, is_changed = _one(text, is_found, isinstance(source, Source), settings, task)
            codes.append(code)
            changed += is_changed
    if not codes:
        print_error(f"nothing to fix: no Torc spec in {visible(', '.join(options.paths))}")
        return NOTHING
    if options.check:
        print(f"{changed:,} of {len(codes):,} file{'s' * (len(codes) > 1)} would change")
    return max(codes)


def _task(options: Options) -> _Task:
    """Raises UnknownRule."""
    selected, ignored = codes_in(options.select), codes_in(options.ignore)
    barrier_code = find("quadratic-dependencies").code
    with_barriers = options.insert_barriers or barrier_code in selected
    only_barriers = options.insert_barriers and not selected
    codes = (selected or codes_of(["ALL"])) - ignored
    dialogue = Dialogue(options.color) if options.interactive else None
    return _Task(options, selected, codes, with_barriers and barrier_code not in ignored, only_barriers, dialogue)


def _asking_all(settings: Settings, selected: frozenset[str]) -> Settings:
    """All rules that are asked anyway have a say in the proof; those that were selected are asked as well."""
    selection = settings.selection
    opted_in = selection.opted_in | (selected - default_codes())
    return settings._replace(selection=selection._replace(off=selection.off - selected, opted_in=opted_in))


def _one(source: Source, is_found: bool, is_piped: bool, configured: Configurations, task: _Task) -> tuple[int, bool]:
    """Fix one spec: its exit code, and whether its text changes."""
    path = source.path
    try:
        settings = configured.of(path)
        document = read_spec(source.text, source.name)
        mended = _mended(document, path, settings, task)
    except ParseError as error:
        if is_found and not _means_to_be_one(source):
            return 0, False
        print_error(visible(f"{path}:{error} (not fixed: it cannot be read)"))
        mended = None
    except ConfigError as error:
        print_error(visible(str(error)))
        return UNUSABLE, False
    if mended is None:
        if is_piped and not (task.options.diff or task.options.check):
            _to_stdout(source.text)
        return LEFT, False
    if not (is_piped or task.options.diff or task.dialogue) and mended.is_changed:
        mark = generated_mark(mended.before)
        if mark is not None:
            place = mended.before.position(mark.start)
            why = "not changed: it says that a program made it, so change that; --diff shows what to write there"
            print_error(visible(f"{path}:{place.line}:{place.column}: {why}"))
            return LEFT, False
    told = not is_found or mended.is_changed or _code(mended, task) != 0
    report: list[str] = []
    if told and not (task.options.quiet or task.options.check):
        report = [visible(line) for line in _report(path, mended, task)]
    if task.options.diff and mended.is_changed:
        _tell_before_diff(report)
        report = []
    if not _deliver(path, mended, is_piped, task.options):
        return UNUSABLE, False
    piped = task.options.diff or is_piped  # then stdout is for the text
    (print_noted if piped else print_told)(report)
    return _code(mended, task), mended.is_changed


def _mended(document: Document, path: str, settings: Settings, task: _Task) -> Mended | None:
    """What becomes of a spec; None, with a word on stderr, for one in which barriers cannot be thought of."""
    dialogue = task.dialogue
    if not task.only_barriers:
        wishes = Wishes(task.codes, task.options.unsafe_fixes)
        if dialogue is None:
            return mend(document, path, settings, wishes, task.with_barriers, two_levels=task.options.two_levels)
        wishes = wishes._replace(choose=lambda text, each: dialogue.accepts(path, text.text, each.offer.edits))
        return mend(
            document, path, settings, wishes, task.with_barriers,
            lambda fixed: dialogue.accepts(path, fixed.before.workflow.document.text, fixed.edits),
            task.options.two_levels,
        )  # fmt: skip
    graph = graph_of(document, settings.torc)
    if not graph.workflow.loaded:
        problem = graph.workflow.problems[0]
        line, column = document.position(problem.span.start)
        print_error(visible(f"{path}:{line}:{column}: {problem.message} (not fixed: Torc cannot load this spec)"))
        return None
    fixed = insert_wanted(graph, path, settings, task.options.unsafe_fixes, task.options.two_levels)
    if fixed.after is not None and dialogue is not None and not dialogue.accepts(path, document.text, fixed.edits):
        return Mended(document, document.text, (), None, fixed._replace(after=None))
    return Mended(document, fixed.text, fixed.edits, None, fixed)


def _means_to_be_one(source: Source) -> bool:
    from torclint.syntax.find import speaks_of_commands

    return speaks_of_commands(source.text, source.path)


def _report(path: str, mended: Mended, task: _Task) -> Iterator[str]:
    if mended.repaired is not None:
        from torclint.report.repairs import render as render_repairs

        yield from render_repairs(path, mended.repaired)
    if mended.fixed is not None:
        from torclint.report.fixes import render

        yield from render(path, mended.fixed)
        if task.options.explain and mended.fixed.after is not None:
            from torclint.report.fixes import explain

            yield from explain(mended.fixed)


def _code(mended: Mended, task: _Task) -> int:
    repaired, fixed = mended.repaired, mended.fixed
    if (repaired is not None and repaired.failed) or (fixed is not None and fixed.failed):
        return WITHHELD
    is_left = (repaired is not None and (repaired.withheld or not repaired.state.graph.workflow.loaded)) or (
        fixed is not None and (fixed.refused or fixed.withheld)
    )
    shown_only = task.options.diff or task.options.check
    return LEFT if is_left or (shown_only and mended.is_changed) else 0


def _deliver(path: str, mended: Mended, is_piped: bool, options: Options) -> bool:
    """Write the new text to where it belongs; false if that failed."""
    if options.check:
        if mended.is_changed:
            print(visible(f"would change: {path}"))
        return True
    if options.diff:
        _show(unified_diff(mended.before.text, mended.edits, path, f"{path} (fixed)"), options)
        return True
    if is_piped:
        _to_stdout(mended.text)
        return True
    if not mended.is_changed:
        return True
    try:
        if read_file(path) != mended.before.text:
            raise WriteError(path, "it was changed meanwhile")
        write(path, mended.text)
    except (WriteError, SourceError) as error:
        print_error(visible(str(error)))
        return False
    return True


def _tell_before_diff(report: list[str]) -> None:
    if sys.stdout.isatty():
        print_told([*report, ""] if report else [])
    else:  # programs that apply diffs pass over what stands before one
        print_utf8(f"# {line}" for line in report)


def _show(diff: Iterable[str], options: Options) -> None:
    """To a program the diff as it is, to people in colours."""
    terminal = terminal_of(sys.stdout, options.color)
    if not terminal.is_screen and terminal.palette is PLAIN:
        print_utf8(diff)
        return
    from torclint.report.differences import render

    print_lines(render(diff, terminal.palette))


def _to_stdout(text: str) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
