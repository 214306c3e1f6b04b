"""`torclint regex`: try a pattern before deploying it."""

from __future__ import annotations

import sys

from torclint.api import SpecRefused, load
from torclint.cli.inputs import source_of
from torclint.cli.output import print_error, print_told, print_unreadable, print_utf8
from torclint.graph.edges import AtLeast
from torclint.graph.trial import try_pattern
from torclint.names import rust_regex
from torclint.names.rust_regex.advice import advice
from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import visible
from torclint.report.terminal import terminal_of
from torclint.report.trials import as_plain, render, render_error, render_regex
from torclint.text.source import SourceError

if TYPE_CHECKING:
    from typing import Any

NO_MATCH, INVALID = 1, 2


class Options(Record):
    words: tuple[str, ...]
    format: str
    stdin_filename: str | None
    color: str


def run(options: Options) -> int:
    if len(options.words) > 2:
        print_error("regex takes a pattern and at most one spec; put the pattern in quotes")
        return INVALID
    pattern = options.words[0]
    try:
        regex = rust_regex.compile(pattern)
    except rust_regex.RegexError as error:
        return _refuse(error, options)
    if len(options.words) == 1:
        plain = {
            "pattern": pattern,
            "valid": True,
            "anchored": {"start": regex.is_anchored_start, "end": regex.is_anchored_end},
        }
        _print(plain, render_regex(regex), options)
        return 0
    try:
        graph = load(source_of(options.words[1], options.stdin_filename))
    except SourceError as error:
        print_unreadable([error])
        return INVALID
    except SpecRefused as error:
        print_error(visible(str(error)))
        return INVALID
    trial = try_pattern(graph, pattern)
    _print(as_plain(trial), render(trial, terminal_of(sys.stdout, options.color)), options)
    return 0 if isinstance(trial.matches, AtLeast) or trial.matches else NO_MATCH


def _refuse(error: rust_regex.RegexError, options: Options) -> int:
    told = advice(error)
    plain = {
        "pattern": error.pattern, "valid": False, "kind": error.kind, "message": error.message,
        "start": error.start, "end": error.end, "advice": told,
    }  # fmt: skip
    _print(plain, render_error(error, told), options)
    return INVALID


def _print(plain: dict[str, Any], lines: Any, options: Options) -> None:
    if options.format == "json":
        from json import dumps

        print_utf8([dumps(plain, indent=2, ensure_ascii=False)])
    else:
        print_told(lines)
