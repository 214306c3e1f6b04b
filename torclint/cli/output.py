"""Writing to stdout and stderr, whatever they are connected to."""

from __future__ import annotations

import sys

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from torclint.text.source import SourceError

BATCH = 1 << 16  # characters that are gathered before they are written


def print_lines(lines: Iterable[str]) -> None:
    """Print `lines` to stdout; what its encoding lacks is written as an escape."""
    _write(sys.stdout, "".join(f"{line}\n" for line in lines))


def print_told(lines: Iterable[str]) -> None:
    """Print `lines` that people read: in a terminal those that are too long are broken between words."""
    print_lines(_broken(lines, sys.stdout))


def print_noted(lines: Iterable[str]) -> None:
    """The same to stderr, where stdout is for something else."""
    _write(sys.stderr, "".join(f"{line}\n" for line in _broken(lines, sys.stderr)))


def _broken(lines: Iterable[str], stream: TextIO) -> Iterable[str]:
    if not stream.isatty():
        return lines
    from torclint.report.cells import broken
    from torclint.report.terminal import terminal_of

    room = terminal_of(stream, "never").width
    return (piece for line in lines for piece in broken(line, room))


def print_utf8(lines: Iterable[str]) -> None:
    """Stream `lines` to stdout in UTF-8, for programs to read, whatever the locale says."""
    sys.stdout.flush()
    write = sys.stdout.buffer.write
    batch: list[str] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line)
        if size > BATCH:
            write("\n".join([*batch, ""]).encode("utf-8", "backslashreplace"))
            batch.clear()
            size = 0
    if batch:
        write("\n".join([*batch, ""]).encode("utf-8", "backslashreplace"))


def print_error(message: str) -> None:
    """Print one message to stderr."""
    print_noted([f"torclint: {message}"])


def print_unreadable(errors: Iterable[SourceError]) -> None:
    from torclint.report.cells import visible

    for error in errors:
        print_error(visible(str(error)))


def _write(stream: TextIO, text: str) -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
