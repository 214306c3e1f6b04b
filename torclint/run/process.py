"""Starting shell commands, each in a process group of its own, and learning of their ends without polling."""

from __future__ import annotations

import os
import select
import shutil
import signal
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

# Python ignores these two itself; the rest may have been ignored by whoever started the runner.
_RESTORED = [signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGCHLD]
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


class Streams(NamedTuple):
    """Where a command's output goes: paths, None for nowhere. `combined`: stderr goes where stdout goes."""

    stdout: str | None = None
    stderr: str | None = None
    combined: bool = False
    append: bool = False


class Exit(NamedTuple):
    """A process that ended. `code`: its exit status, or 128 + n where signal n ended it (async_cli_command.rs:447)."""

    pid: int
    code: int


class ShellMissing(OSError):
    """There is no bash on the PATH."""


def find_bash() -> str:
    """The bash that `bash -c` is (Torc 1.0.0, utils.rs:56). Raises ShellMissing."""
    found = shutil.which("bash")
    if found is None:
        raise ShellMissing("bash is not on the PATH; every command of a workflow runs in it")
    return found


def inherits_stdin() -> bool:
    """Whether jobs get the runner's stdin: not where it is closed, or a terminal, which only its own group may read."""
    try:
        return not os.isatty(0) and os.fstat(0) is not None
    except OSError:
        return False


def spawn(bash: str, arguments: tuple[str, ...], env: Mapping[str, str], streams: Streams, *, stdin: bool) -> int:
    """Start `bash -c ARGUMENTS...` in its own process group; its process id, which is also the group's.

    Raises OSError where the system refuses: no such folder, too many processes, an argument that is too long.
    """
    actions: list[tuple[int, int, str, int, int] | tuple[int, int, int]] = []
    if not stdin:
        actions.append((os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0))
    how = _CREATE if not streams.append else os.O_WRONLY | os.O_CREAT | os.O_APPEND
    actions.append((os.POSIX_SPAWN_OPEN, 1, streams.stdout or os.devnull, how, 0o666))
    if streams.combined:
        actions.append((os.POSIX_SPAWN_DUP2, 1, 2))
    else:
        actions.append((os.POSIX_SPAWN_OPEN, 2, streams.stderr or os.devnull, how, 0o666))
    return os.posix_spawn(
        bash,
        ("bash", "-c", *arguments),
        env,
        file_actions=actions,
        setpgroup=0,
        setsigmask=(),
        setsigdef=_RESTORED,
    )


def signal_group(group: int, number: int) -> bool:
    """Send a signal to a process group; False where it has no members any more."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    except PermissionError:  # members that changed their user: they cannot be reached
        return False
    return True


class Children(Protocol):
    """The processes that were started and have not been seen to end."""

    def add(self, pid: int) -> None: ...

    def wait(self, timeout: float | None) -> list[Exit]:
        """The processes that ended; after `timeout` seconds, or a byte on the wake-up pipe, perhaps none."""
        ...

    def close(self) -> None: ...


def watch(wakeup: int) -> Children:
    """The best way to wait that this system has. `wakeup`: the read end of a pipe that interrupts the waiting."""
    if hasattr(os, "pidfd_open") and hasattr(select, "epoll"):
        try:
            os.close(os.pidfd_open(os.getpid()))
            return PidfdChildren(wakeup)
        except OSError:  # a kernel before 5.3, or a sandbox without the call
            pass
    return PolledChildren(wakeup)


def _drain(wakeup: int) -> None:
    try:
        while os.read(wakeup, 512):
            pass
    except BlockingIOError:
        pass


def _code(status: int) -> int:
    code = os.waitstatus_to_exitcode(status)
    return 128 - code if code < 0 else code


class PidfdChildren:
    """Children watched through one descriptor each (Linux 5.3); other children of this program are left alone."""

    def __init__(self, wakeup: int) -> None:
        self._wakeup = wakeup
        self._poll = select.epoll()
        self._poll.register(wakeup, select.EPOLLIN)
        self._pids: dict[int, int] = {}

    def add(self, pid: int) -> None:
        descriptor = os.pidfd_open(pid)
        self._poll.register(descriptor, select.EPOLLIN)
        self._pids[descriptor] = pid

    def wait(self, timeout: float | None) -> list[Exit]:
        exits = []
        for descriptor, _ in self._poll.poll(timeout):
            if descriptor == self._wakeup:
                _drain(descriptor)
                continue
            # Unregister before close: a child in the middle of its exec may still hold a copy.
            self._poll.unregister(descriptor)
            os.close(descriptor)
            pid = self._pids.pop(descriptor)
            _, status = os.waitpid(pid, 0)
            exits.append(Exit(pid, _code(status)))
        return exits

    def close(self) -> None:
        for descriptor in self._pids:
            os.close(descriptor)
        self._poll.close()


class PolledChildren:
    """Children asked one by one, on every wake-up (SIGCHLD writes to the pipe) and 20 times a second."""

    def __init__(self, wakeup: int) -> None:
        self._wakeup = wakeup
        self._poll = select.poll()
        self._poll.register(wakeup, select.POLLIN)
        self._pids: set[int] = set()

    def add(self, pid: int) -> None:
        self._pids.add(pid)

    def wait(self, timeout: float | None) -> list[Exit]:
        exits = self._ended()
        if exits:
            return exits
        limit = 0.05 if timeout is None else min(timeout, 0.05)
        if self._poll.poll(limit * 1000):
            _drain(self._wakeup)
        return self._ended()

    def _ended(self) -> list[Exit]:
        exits = []
        for pid in tuple(self._pids):
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                self._pids.discard(pid)
                exits.append(Exit(pid, _code(status)))
        return exits

    def close(self) -> None:
        self._pids.clear()
