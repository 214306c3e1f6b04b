"""Processes of a runner that died: found without a doubt, and ended, before any job is started again."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from typing import TYPE_CHECKING

from torclint.run.proctable import TICK, rows
from torclint.run.store.surroundings import boot_id
from torclint.run.watchdog import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable

GRACE = 2.0  # seconds from SIGTERM to SIGKILL, and then until they have to be gone
_LOOK = 0.02  # seconds


class StillAlive(Exception):
    """Processes that cannot be ended: their jobs must not be started a second time."""

    def __init__(self, pids: set[int]) -> None:
        several = len(pids) > 1
        listed = ", ".join(map(str, sorted(pids)[:5]))
        super().__init__(f"process{'es' if several else ''} {listed} of this run cannot be ended")


def end_leftovers(uid: str, boot: str, started: Iterable[tuple[int, float]]) -> int:
    """End what is left of the run `uid`; how many processes there were.

    A process is of this run if it carries its mark in the environment, or if it is in the group of a process in `started`:
    (process number, uptime right after it was started) pairs, of the machine's start `boot`. The same number with a later
    start is somebody else, who is not touched. Raises StillAlive.
    """
    known = dict(started) if boot and boot == boot_id() else {}
    left = _members(uid, known)
    count = len(left)
    for number in (signal.SIGTERM, signal.SIGKILL):
        if not left:
            break
        _signal(left, number)
        left = _wait(uid, known)
    if left:
        raise StillAlive(left)
    return count


def _wait(uid: str, known: dict[int, float]) -> set[int]:
    """Who is left after the grace."""
    patience = time.monotonic() + GRACE
    while left := _members(uid, known):
        if time.monotonic() > patience:
            break
        time.sleep(_LOOK)
    return left


def _members(uid: str, known: dict[int, float]) -> set[int]:
    table = list(rows())
    groups = {row.pid for row in table if row.pid in known and row.started <= known[row.pid] + TICK}
    mark = f"{MARK}={uid}.".encode()
    mine = _ancestors({row.pid: row.parent for row in table})
    return {row.pid for row in table if (row.group in groups or _carries(row.pid, mark)) and row.pid not in mine}


def _carries(pid: int, mark: bytes) -> bool:
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:
            return any(entry.startswith(mark) for entry in file.read().split(b"\0"))
    except OSError:  # it has ended, or is somebody else's
        return False


def _ancestors(parents: dict[int, int]) -> set[int]:
    """This process and those that it comes from: going on may be what a job of the run asked for."""
    found = set()
    pid = os.getpid()
    while pid and pid not in found:
        found.add(pid)
        pid = parents.get(pid, 0)
    return found


def _signal(pids: set[int], number: int) -> None:
    for pid in pids:
        with contextlib.suppress(OSError):
            os.kill(pid, number)
            os.kill(pid, signal.SIGCONT)
