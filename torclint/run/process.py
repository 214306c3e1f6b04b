"""Starting shell commands, each in a process group of its own, and learning of their ends without polling."""

from __future__ import annotations

import os
import select
import signal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

# Python ignores these two itself; the rest may have been ignored by whoever started the runner.
_RESTORED = [signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGCHLD]
_ASK_INTERVAL = 0.05  # seconds
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
    for folder in os.get_exec_path():
        path = f"{folder or '.'}/bash"
        if os.access(path, os.X_OK):
            return path
    raise ShellMissing("bash is not on the PATH; every command of a workflow runs in it")


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


class Children:
    """The processes that were started and have not been seen to end; other children of this program are left alone.

    Each is watched through a descriptor (Linux 5.3 and later). Those for which there is none, as on other systems, are
    asked one by one: 20 times a second, and whenever SIGCHLD writes to the wake-up pipe.
    """

    def __init__(self, wakeup: int) -> None:
        """`wakeup`: the read end of a pipe that interrupts the waiting."""
        self._wakeup = wakeup
        self._poll = select.poll()
        self._poll.register(wakeup, select.POLLIN)
        self._watched: dict[int, int] = {}  # descriptor -> process
        self._asked: set[int] = set()

    def add(self, pid: int) -> None:
        try:
            descriptor = os.pidfd_open(pid)
        except (AttributeError, OSError):  # not on this system, or too many open files
            self._asked.add(pid)
            return
        self._poll.register(descriptor, select.POLLIN)
        self._watched[descriptor] = pid

    def wait(self, timeout: float | None) -> list[Exit]:
        """The processes that ended; after `timeout` seconds, or a byte on the wake-up pipe, perhaps none."""
        exits = [ended for pid in tuple(self._asked) if (ended := self._ask(pid))]
        if exits:
            return exits
        if self._asked:
            timeout = _ASK_INTERVAL if timeout is None else min(timeout, _ASK_INTERVAL)
        for descriptor, _ in self._poll.poll(None if timeout is None else timeout * 1000):
            if descriptor == self._wakeup:
                _drain(descriptor)
                continue
            self._poll.unregister(descriptor)
            os.close(descriptor)
            pid = self._watched.pop(descriptor)
            exits.append(Exit(pid, _reap(pid, 0)))
        return exits

    def close(self) -> None:
        for descriptor in self._watched:
            os.close(descriptor)
        self._watched.clear()

    def _ask(self, pid: int) -> Exit | None:
        code = _reap(pid, os.WNOHANG)
        if code < 0:
            return None
        self._asked.discard(pid)
        return Exit(pid, code)


def _reap(pid: int, options: int) -> int:
    """The exit code of a process that ended, -1 for one that has not."""
    try:
        found, status = os.waitpid(pid, options)
    except ChildProcessError:  # somebody else in this program waited for it: its code is lost
        return 255
    if not found:
        return -1
    code = os.waitstatus_to_exitcode(status)
    return 128 - code if code < 0 else code


def _drain(wakeup: int) -> None:
    try:
        while os.read(wakeup, 512):
            pass
    except BlockingIOError:
        pass
