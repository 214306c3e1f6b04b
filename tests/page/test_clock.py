"""The clock of a run leaves out the time in which nobody was at work."""

from __future__ import annotations

from torclint.page.run.clock import Clock
from torclint.run.store.sessions import Session


def clock() -> Clock:
    return Clock((Session(1, 1000, 1010, "interrupted", ""), Session(2, 5000, 5020, "completed", "")))


def test_moments() -> None:
    moments = (0, 1000, 1004, 1010, 3000, 5000, 5003, 5020, 9999)
    assert [clock().at(moment) for moment in moments] == [0, 0, 4, 10, 10, 10, 13, 30, 30]
    assert clock().seconds == 30
    assert clock().pauses() == [(10, 3990)]
    assert [clock().end_of(run) for run in (1, 2, 3)] == [10, 30, 30]
