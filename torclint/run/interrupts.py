"""Signals to the runner: how often it was asked to stop, and a pipe that wakes it up."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType, TracebackType
    from typing import Any

NOTHING, DRAIN, END, KILL = range(4)  # start no more jobs; end the running ones; end them now


class Interrupts:
    """While it is entered, SIGINT, SIGTERM, SIGHUP and SIGQUIT raise `level` and wake whoever waits on `wakeup`.

    Signals belong to the main thread; entered in another one it changes nothing.
    """

    def __init__(self) -> None:
        self.level = NOTHING
        self.wakeup, self._written = os.pipe()
        os.set_blocking(self.wakeup, False)
        os.set_blocking(self._written, False)
        self._before: dict[int, Any] = {}
        self._wakeup_before = -1

    def __enter__(self) -> Interrupts:
        if threading.current_thread() is not threading.main_thread():
            return self
        self._wakeup_before = signal.set_wakeup_fd(self._written, warn_on_full_buffer=False)
        self._install(signal.SIGINT, self._on_interrupt)
        self._install(signal.SIGTERM, self._on_end)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup
            self._install(signal.SIGHUP, self._on_end)
        self._install(signal.SIGQUIT, self._on_quit)
        if not hasattr(os, "pidfd_open"):
            self._install(signal.SIGCHLD, _on_child)
        elif signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN:  # then the end of a child would not be kept
            self._install(signal.SIGCHLD, signal.SIG_DFL)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if self._before:
            signal.set_wakeup_fd(self._wakeup_before)
        os.close(self.wakeup)
        os.close(self._written)

    def _install(self, number: int, handler: Any) -> None:
        self._before[number] = signal.signal(number, handler)

    def _on_interrupt(self, number: int, frame: FrameType | None) -> None:
        self.level = min(self.level + 1, KILL)

    def _on_end(self, number: int, frame: FrameType | None) -> None:
        self.level = max(self.level, END)

    def _on_quit(self, number: int, frame: FrameType | None) -> None:
        self.level = KILL


def _on_child(number: int, frame: FrameType | None) -> None:
    """Its arrival writes to the pipe; there is nothing else to do."""
