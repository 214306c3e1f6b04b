"""One runner to a store: a lock of the operating system, which dies with its holder."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType


_PATIENCE = 2.0  # seconds
_LOOK = 0.01


class Locked(Exception):
    """Another runner is at work on this store. `pid` is 0 where it cannot be told."""

    def __init__(self, path: str, pid: int) -> None:
        who = f"process {pid}" if pid else "another process"
        super().__init__(f"{path}: {who} is running it")
        self.pid = pid


class Lock:
    """The lock on the store at `path`, in a file beside it: SQLite's own locks would go with any file that is closed.

    Held while it is entered. Raises Locked and OSError.
    """

    def __init__(self, path: str) -> None:
        self._store = path
        self.path = f"{path}-lock"
        self._file = -1

    def __enter__(self) -> Lock:
        patience = time.monotonic() + _PATIENCE
        while self._file < 0:
            file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pid = _number_in(file)
                os.close(file)
                if time.monotonic() < patience and not _is_alive(pid):
                    time.sleep(_LOOK)
                    continue
                raise Locked(self._store, pid) from None
            except OSError:
                os.close(file)
                raise
            if _is_at(file, self.path):
                self._file = file
            else:  # the last holder removed it meanwhile
                os.close(file)
        with contextlib.suppress(OSError):  # a full disk: the lock holds, only its holder cannot be named
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, str(os.getpid()).encode(), 0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            os.unlink(self.path)  # noqa: PTH108
        os.close(self._file)
        self._file = -1


def holder(path: str) -> int:
    """The process that is running the store at `path`; 0 for none, -1 where it cannot be told."""
    try:
        file = os.open(f"{path}-lock", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return 0
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _number_in(file) or -1
    except OSError:
        return 0
    finally:
        os.close(file)
    return 0


def _is_alive(pid: int) -> bool:
    """Of a runner that was killed, a job that it was just about to start may hold the lock for a moment longer."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return bool(pid)


def _number_in(file: int) -> int:
    text = os.pread(file, 32, 0)
    return int(text) if text.isdigit() else 0


def _is_at(file: int, path: str) -> bool:
    try:
        there, held = os.stat(path), os.fstat(file)  # noqa: PTH116
    except OSError:
        return False
    return (there.st_dev, there.st_ino) == (held.st_dev, held.st_ino)
