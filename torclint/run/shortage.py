"""When the system refuses a new process: nothing is started for a moment, and if that does not help, not at all."""

from __future__ import annotations

import errno
import time

PATIENCE = 30.0  # seconds without any process of this run
PAUSE = 0.25  # seconds until the next try, if no process ends before
_SCARCE = (errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE)


class Shortage:
    """Of processes, of memory for them, or of open files. While it is `acute`, nothing is to be started."""

    def __init__(self) -> None:
        self.acute = False
        self._since: float | None = None  # monotonic; since then nothing runs whose end could help

    def explains(self, error: Exception) -> bool:
        """Whether what could not be started may be started later."""
        return isinstance(error, OSError) and error.errno in _SCARCE

    def refused(self, *, busy: bool) -> bool:
        """Something could not be started, while others run or not. Whether it is of use to go on trying."""
        self.acute = True
        if busy:
            self._since = None
            return True
        if self._since is None:
            self._since = time.monotonic()
        return time.monotonic() - self._since < PATIENCE

    def started(self) -> None:
        self._since = None
