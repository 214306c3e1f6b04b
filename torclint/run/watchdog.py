"""A second process that ends the jobs if the runner dies, even by SIGKILL: nobody is left behind."""

from __future__ import annotations

import contextlib
import os
import signal

_INTERVAL = 0.05  # seconds

MARK = "TORCLINT_RUN"  # the variable by which whatever a run started can be told, wherever it has gone

# $1 is the mark. Words on stdin: +GROUP and -GROUP as jobs come and go, `.` when all is well. At the end of stdin the runner
# is dead. Its jobs, and what else carries the mark (in a session of its own, or started a moment ago and not yet told),
# get SIGTERM, and SIGKILL after two seconds. `kill -s TERM -- -1`, since dash takes no `kill -TERM -- -1`.
_SCRIPT = r"""
cd /
groups=' '
while read -r line; do
    for word in $line; do
        case $word in
        +*) groups="$groups${word#+} " ;;
        -*)
            group=${word#-}
            case $groups in *" $group "*) groups="${groups%%" $group "*} ${groups#*" $group "}" ;; esac
            ;;
        .) exit 0 ;;
        esac
    done
done
targets=
for group in $groups; do
    targets="$targets -$group"
done
for path in $(grep -lzxsF -e "$1" /proc/[0-9]*/environ); do
    path=${path#/proc/}
    targets="$targets ${path%/environ}"
done
signal_all() {
    for target in $targets; do
        kill -s "$1" -- "$target" && some=1
    done
}
some=
signal_all TERM
signal_all CONT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    [ "$some" ] || exit 0
    sleep 0.1
    some=
    signal_all 0
done
signal_all KILL
"""
_IGNORE = "trap '' INT TERM HUP QUIT PIPE TSTP\n"


class Watchdog:
    """The process, and the pipe over which it learns which groups are alive.

    It has a session of its own, ignores the signals that end a runner, and holds nothing of the runner's open. Should
    somebody kill it, another one is started. `trouble` tells why there is none, "" if there is.
    """

    def __init__(self, mark: str) -> None:
        """`mark`: the value of the variable MARK in everything that the runner starts."""
        self._mark = mark
        self._groups: set[int] = set()
        self._told: set[int] = set()
        self._next = 0.0  # monotonic; when to tell again
        self._pid = self._pipe = -1
        self.trouble = ""
        self._start()

    def add(self, group: int) -> None:
        self._groups.add(group)

    def remove(self, group: int) -> None:
        """The leader of the group was reaped: from now on its number may be given to somebody else."""
        self._groups.discard(group)

    def tell(self, now: float) -> None:
        """Pass on what came and went since the last time, 20 times a second at most: until then the mark must do."""
        if now < self._next or self._groups == self._told:
            return
        self._next = now + _INTERVAL
        words = [f"+{group}" for group in self._groups - self._told]
        words += [f"-{group}" for group in self._told - self._groups]
        if not self._write(" ".join(words)):
            self._end()
            self._start()
            self._write(" ".join(f"+{group}" for group in self._groups))
        self._told = set(self._groups)

    def wait(self, now: float) -> float | None:
        """Seconds until there is something to tell; None where there is nothing."""
        return None if self._groups == self._told else max(0.0, self._next - now)

    def close(self) -> None:
        """Send it home: nothing of the run is alive."""
        self._end()

    def _start(self) -> None:
        reading, self._pipe = os.pipe()
        os.set_blocking(self._pipe, False)
        try:
            self._pid = os.posix_spawn(
                "/bin/sh",
                ("sh", "-c", _IGNORE + _SCRIPT, "torclint-watchdog", f"{MARK}={self._mark}"),
                {"PATH": os.defpath},  # without the marks of outer runs: their watchdogs are not to end this one
                file_actions=[
                    (os.POSIX_SPAWN_DUP2, reading, 0),
                    (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                    (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
                ],
                setsid=True,
                setsigmask=(),
                setsigdef=[signal.SIGCHLD],
            )
            self.trouble = ""
        except OSError as error:
            os.close(self._pipe)
            self._pid = self._pipe = -1
            self.trouble = error.strerror or str(error)
        finally:
            os.close(reading)

    def _end(self) -> None:
        if self._pid < 0:
            return
        if not self._write("."):
            os.kill(self._pid, signal.SIGKILL)  # it is a child that was not reaped: the number is still its own
        os.kill(self._pid, signal.SIGCONT)
        os.close(self._pipe)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._pid, 0)
        self._pid = self._pipe = -1

    def _write(self, words: str) -> bool:
        """Whether the watchdog is there to read it."""
        rest = f"{words}\n".encode()
        try:
            while rest:
                rest = rest[os.write(self._pipe, rest) :]
        except OSError:
            return False
        return True
