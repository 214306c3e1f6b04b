"""Attempts that failed, by where they come from and why: a hundred thousand of them are a few kinds, with examples."""

from __future__ import annotations

import contextlib
import re
import signal
from typing import TYPE_CHECKING, NamedTuple

from torclint.page.charts.tracks import DONE, ENDED, FAILED, OPEN, RETRIED
from torclint.run.scheduler import COMPLETED, READY, RUNNING, TERMINATED
from torclint.run.store.schema import RECOVERING, STOPPED

if TYPE_CHECKING:
    from torclint.run.store.schema import Row

EXAMPLES = 5  # of each kind
SHOWN = 20  # kinds with examples
_KINDS = 1000  # told apart by their reasons
_SIGNALS = 128
_NUMBERS = re.compile(r"\d+")


class Kind(NamedTuple):
    """`outcome` is what came of the attempts (tracks.FAILED, RETRIED or ENDED)."""

    outcome: str
    group: int
    code: int | None
    reason: str


class Failures:
    """Takes attempts down as they come."""

    def __init__(self) -> None:
        self._found: dict[Kind, tuple[int, list[Row]]] = {}

    def add(self, outcome: str, group: int, row: Row) -> None:
        kind = Kind(outcome, group, row.code, _NUMBERS.sub("*", row.reason or ""))
        if kind not in self._found and len(self._found) >= _KINDS:
            kind = kind._replace(reason="various reasons")
        count, examples = self._found.get(kind, (0, []))
        if count < EXAMPLES:
            examples.append(row)
        self._found[kind] = count + 1, examples

    def kinds(self) -> list[tuple[Kind, int, list[Row]]]:
        """(kind, how many, the first few): what failed for good before what was tried again, the most frequent first."""
        order = (FAILED, ENDED, RETRIED)
        found = [(kind, count, examples) for kind, (count, examples) in self._found.items()]
        return sorted(found, key=lambda each: (order.index(each[0].outcome), -each[1], each[2][0].number))


def outcome_of(row: Row, *, is_newest: bool) -> str:
    """What came of an attempt, as charts tell it."""
    if row.status == COMPLETED:
        return DONE
    if row.status == RUNNING:
        return OPEN
    if row.status in (TERMINATED, STOPPED):
        return ENDED
    if row.status in (READY, RECOVERING) or not is_newest:
        return RETRIED
    return FAILED


def why(code: int | None, reason: str | None) -> str:
    """`exit code 3`, `exit code 137 (SIGKILL): used more memory than ...`."""
    told = "no exit code" if code is None else f"exit code {code}"
    if code is not None and code > _SIGNALS:
        with contextlib.suppress(ValueError):
            told += f" ({signal.Signals(code - _SIGNALS).name})"
    return f"{told}: {reason}" if reason else told
