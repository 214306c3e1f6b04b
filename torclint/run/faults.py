"""Dying on purpose: with TORCLINT_CRASH_AT=n in its environment the runner kills itself at the n-th change of its state.

Tests kill it at every one of them, and go on with the run.
"""

from __future__ import annotations

import os
import signal

_VARIABLE = "TORCLINT_CRASH_AT"
_left = 0  # points that are still to come; 0 where nothing is to happen


def arm() -> None:
    """A run begins: count from here on."""
    global _left
    text = os.environ.get(_VARIABLE, "")
    _left = int(text) if text.isdecimal() else 0


def crash_point() -> None:
    """A place before or after a change of what is kept, or of the processes that there are."""
    global _left
    if _left:
        _left -= 1
        if not _left:
            os.kill(os.getpid(), signal.SIGKILL)
