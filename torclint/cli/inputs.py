"""From the paths on the command line to what the library takes."""

from __future__ import annotations

from torclint.api import Source
from torclint.record import TYPE_CHECKING
from torclint.text.source import STDIN, read_stdin

if TYPE_CHECKING:
    from collections.abc import Iterable


def sources(paths: Iterable[str], stdin_filename: str | None) -> list[str | Source]:
    """`paths`, with the text from stdin where `-` stands. Raises SourceError if stdin is no text."""
    return [source_of(path, stdin_filename) for path in paths]


def source_of(path: str, stdin_filename: str | None) -> str | Source:
    if path != "-":
        return path
    name = stdin_filename or STDIN
    return Source(name, read_stdin(name))
