"""What this machine has to give: CPUs, memory and GPUs, as far as this process may use them."""

from __future__ import annotations

import os
import re
from pathlib import Path

from torclint.run.scheduler import Capacity

_CGROUP = Path("/sys/fs/cgroup")
_VISIBLE = "CUDA_VISIBLE_DEVICES"


def capacity(
    cpus: int | None = None, memory: int | None = None, gpus: int | None = None, jobs: int | None = None
) -> Capacity:
    """The capacity with what was not given found out; `memory` in bytes, at most `jobs` at once."""
    return Capacity(
        cpus if cpus is not None else _cpus(),
        memory if memory is not None else _memory(),
        gpus if gpus is not None else len(gpu_names()),
        jobs,
    )


def gpu_names() -> list[str]:
    """The devices that may be used, by the names that CUDA_VISIBLE_DEVICES takes."""
    visible = os.environ.get(_VISIBLE)
    if visible is not None:
        return [name.strip() for name in visible.split(",") if name.strip() and name.strip() != "-1"]
    devices = sorted(
        int(path.name[6:]) for path in Path("/dev").glob("nvidia*") if re.fullmatch(r"nvidia\d+", path.name)
    )
    return [str(device) for device in devices]


def _cpus() -> int:
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota, _, period = _first_line("cpu.max").partition(" ")
    if quota.isdigit() and period.isdigit() and int(period):
        return max(1, min(allowed, int(quota) // int(period)))
    return allowed


def _memory() -> int:
    installed = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = _first_line("memory.max")
    return min(installed, int(limit)) if limit.isdigit() else installed


def _first_line(name: str) -> str:
    """A setting of the control group that this process sees as its root, as in a container; "" without one."""
    try:
        return (_CGROUP / name).read_text(encoding="ascii").split("\n", 1)[0]
    except (OSError, ValueError):
        return ""
