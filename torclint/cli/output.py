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
    """Print one line to stderr."""
    _write(sys.stderr, f"torclint: {message}\n")


def print_unreadable(errors: Iterable[SourceError]) -> None:
    from torclint.report.cells import visible

    for error in errors:
        print_error(visible(str(error)))


def _write(stream: TextIO, text: str) -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
