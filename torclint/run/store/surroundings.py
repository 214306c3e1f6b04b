"""What a run is surrounded by and may not find again: the machine since it was started, and where programs are found."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

# what decides which programs and libraries a command finds
_VARIABLES = (
    "PATH", "LD_LIBRARY_PATH", "LD_PRELOAD", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "CONDA_PREFIX",
    "LOADEDMODULES", "R_LIBS", "PERL5LIB", "JULIA_PROJECT", "BASH_ENV", "LANG", "LC_ALL", "TZ",
)  # fmt: skip


def boot_id() -> str:
    """Which start of the machine this is: process numbers of another one mean nothing. "" where it cannot be told."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


if hasattr(time, "CLOCK_BOOTTIME"):

    def uptime() -> float:
        """Seconds since the machine was started; /proc/PID/stat counts by the same clock."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

else:

    def uptime() -> float:
        """Seconds of a clock that nothing is compared with where there is no /proc."""
        return time.monotonic()


def environment() -> str:
    """The variables that decide which programs a command finds, as JSON."""
    return json.dumps({name: os.environ[name] for name in _VARIABLES if name in os.environ}, sort_keys=True)


def changed_variables(before: str) -> list[str]:
    """The names of those that have changed since `before`, which `environment` gave."""
    old, new = json.loads(before), json.loads(environment())
    return [name for name in _VARIABLES if old.get(name) != new.get(name)]
