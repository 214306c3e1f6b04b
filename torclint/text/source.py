"""Reading what is to be checked: bytes of a file or of stdin to text, with one clear line where that fails."""

from __future__ import annotations

import sys

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

STDIN = "<stdin>"
MAX_BYTES = 64_000_000  # some 250,000 jobs written out; Torc itself has no limit, memory has

_CHUNK = 1 << 20
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class SourceError(ValueError):
    """The input cannot be read as text. `str()` is one line: path, place where known, and why."""

    def __init__(self, path: str, message: str, line: int = 0, column: int = 0) -> None:
        place = f"{path}:{line}:{column}" if line else path
        super().__init__(f"{place}: {message}")
        self.path = path
        self.message = message
        self.line = line
        self.column = column


class NotText(SourceError):
    """The input could be opened, but what it holds is no text, or too much of it."""


def read_file(path: str) -> str:
    """The text of the file at `path`; a byte order mark stays in it. Raises SourceError."""
    try:
        with open(path, "rb") as stream:
            return decode(_read_limited(stream, path), path)
    except IsADirectoryError:
        raise SourceError(path, "is a directory, not a file") from None
    except FileNotFoundError:
        raise SourceError(path or "''", "no such file") from None
    except PermissionError:
        raise SourceError(path, "permission denied") from None
    except OSError as error:
        raise SourceError(path, f"cannot be read: {error.strerror or error}") from None
    except ValueError as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(path.replace("\0", "\\0"), "a path cannot hold a NUL character") from None


def read_stdin(name: str = STDIN) -> str:
    """The text that comes in on standard input, called `name` in messages. Raises SourceError."""
    try:
        return decode(_read_limited(sys.stdin.buffer, name), name)
    except OSError as error:
        raise SourceError(name, f"cannot be read: {error.strerror or error}") from None


def decode(raw: bytes, name: str) -> str:
    """UTF-8 and nothing else, as Torc reads it (Torc 1.0.0, workflow_spec.rs:6416). Raises NotText."""
    if raw[:2] in _UTF16_MARKS:
        raise NotText(name, "is UTF-16; Torc reads UTF-8 only", 1, 1)
    nul = raw.find(b"\0")
    if nul >= 0:
        raise NotText(name, "holds a NUL byte: this is a binary file, not a spec", *_place(raw, nul))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"is not UTF-8: {error.reason} 0x{raw[error.start]:02x}"
        raise NotText(name, message, *_place(raw, error.start)) from None


def _place(raw: bytes, offset: int) -> tuple[int, int]:
    before = raw[:offset].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _read_limited(stream: BinaryIO, name: str) -> bytes:
    """Everything in `stream`, up to MAX_BYTES: a device or pipe that never ends must not fill the memory."""
    chunks: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            message = f"is larger than {MAX_BYTES // 1_000_000} MB, the most that torclint reads"
            raise NotText(name, message)
    return b"".join(chunks)
