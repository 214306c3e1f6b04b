"""The system's table of processes, read from /proc: how much memory groups use, and who is left in them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGE = os.sysconf("SC_PAGE_SIZE")
TICK = 1 / os.sysconf("SC_CLK_TCK")  # seconds; the start of a process is told in these


class Row(NamedTuple):
    """A process that is alive. `resident` in bytes, `started` in seconds since the machine was."""

    pid: int
    parent: int
    group: int
    session: int
    started: float
    resident: int


def rows() -> Iterator[Row]:
    """Every live process; none where the system has no /proc."""
    try:
        entries = [entry.name for entry in os.scandir("/proc") if entry.name.isdigit()]
    except OSError:
        return
    for entry in entries:
        try:
            with open(f"/proc/{entry}/stat", "rb") as file:
                line = file.read()
        except OSError:  # it ended meanwhile
            continue
        # The name in parentheses may hold anything; the fields after it are fixed (proc_pid_stat(5)).
        fields = line[line.rindex(b")") + 2 :].split()
        if fields[0] not in (b"Z", b"X"):
            parent, group, session, started, pages = (int(fields[place]) for place in (1, 2, 3, 19, 21))
            yield Row(int(entry), parent, group, session, started * TICK, pages * _PAGE)


def resident(groups: set[int]) -> dict[int, int]:
    """Resident bytes of each process group in `groups` that has members; a shared page counts in each of them."""
    found: dict[int, int] = {}
    for row in rows():
        if row.group in groups:
            found[row.group] = found.get(row.group, 0) + row.resident
    return found


def alive(groups: set[int]) -> set[int]:
    """The groups in `groups` that still have live members in this session.

    A group number that was given to somebody else meanwhile, in another session, is not among them.
    """
    session = os.getsid(0)
    return {row.group for row in rows() if row.group in groups and row.session == session}
