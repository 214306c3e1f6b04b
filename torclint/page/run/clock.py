"""Time as a run counts it: seconds since it began, without those in which no runner was at work."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torclint.run.store.sessions import Session


class Clock:
    """From moments to seconds of the run."""

    def __init__(self, sessions: Sequence[Session]) -> None:
        self.sessions = sessions
        self._began = [session.began for session in sessions]
        self._before: list[float] = []  # per session: seconds of the run before it
        total = 0.0
        for session in sessions:
            self._before.append(total)
            total += max(0.0, session.ended - session.began)
        self.seconds = total

    def at(self, moment: float) -> float:
        """The seconds from the begin of the run to `moment`; what lies between two sessions is when the first ended."""
        place = max(0, bisect_right(self._began, moment) - 1)
        session = self.sessions[place]
        return self._before[place] + max(0.0, min(moment, session.ended) - session.began)

    def end_of(self, run: int) -> float:
        """When the session with this number was over, in seconds of the run."""
        for place, session in enumerate(self.sessions):
            if session.run == run:
                return self._before[place] + (session.ended - session.began)
        return self.seconds

    def pauses(self) -> list[tuple[float, float]]:
        """(second of the run, how long nobody was at work then)."""
        return [
            (self._before[place + 1], max(0.0, later.began - earlier.ended))
            for place, (earlier, later) in enumerate(zip(self.sessions, self.sessions[1:], strict=False))
        ]
