"""Checking again whenever a file changes, for `torclint check --watch`."""

# os.path, since pathlib takes longer to import than all of torclint's own modules
# ruff: noqa: PTH112, PTH116, PTH118
from __future__ import annotations

import os
import sys
import time

from torclint.record import TYPE_CHECKING
from torclint.syntax.find import candidates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SECONDS = 0.3  # between two looks
_CLEAR = "\x1b[2J\x1b[H"
_CONFIGURATIONS = ("torclint.toml", "pyproject.toml")

State = dict[str, tuple[int, int]]


def watch(check: Callable[[], int], paths: tuple[str, ...]) -> int:
    """Call `check`, and again after each change of a spec or a configuration, until Ctrl-C; the last exit code."""
    code = 0
    try:
        while True:
            before = _state(paths)
            if sys.stdout.isatty():
                sys.stdout.write(_CLEAR)
            code = check()
            sys.stdout.write(f"[{time.strftime('%H:%M:%S')}] waiting for changes; Ctrl-C ends\n")
            sys.stdout.flush()
            while _state(paths) == before:
                time.sleep(_SECONDS)
    except KeyboardInterrupt:
        return code


def _state(paths: tuple[str, ...]) -> State:
    """When each file was last written, and how large it is; what is not there counts as such."""
    found: State = {}
    for path in _watched(paths):
        try:
            about = os.stat(path)
        except OSError:
            found[path] = (0, -1)
        else:
            found[path] = (about.st_mtime_ns, about.st_size)
    return found


def _watched(paths: tuple[str, ...]) -> Iterator[str]:
    for path in paths:
        folder = os.path.isdir(path)
        if folder:
            yield from candidates(path)
        else:
            yield path
        place = path if folder else os.path.split(path)[0]
        yield from (os.path.join(place, name) for name in _CONFIGURATIONS)
