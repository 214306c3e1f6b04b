"""The name that was probably meant: the nearest one by edit distance, if it is near enough."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_LENGTH = 64  # of names that are compared at all

# What other workflow languages and older versions of Torc call it
_OTHER_NAMES = {
    "after": "depends_on",
    "blocked_by": "depends_on",
    "blocked_by_regexes": "depends_on_regexes",
    "blocks": "depends_on",
    "cancel_on_failure": "cancel_on_blocking_job_failure",
    "cmd": "command",
    "cpus": "num_cpus",
    "deps": "depends_on",
    "dependencies": "depends_on",
    "environment": "env",
    "gpus": "num_gpus",
    "id": "name",
    "inputs": "input_files",
    "input_data": "input_user_data",
    "matrix": "parameters",
    "mem": "memory",
    "memory": "mem",
    "needs": "depends_on",
    "output_data": "output_user_data",
    "outputs": "output_files",
    "params": "parameters",
    "requires": "depends_on",
    "run": "command",
    "schedulers": "slurm_schedulers",
    "script": "command",
    "time": "walltime",
    "vars": "variables",
    "wait_for": "depends_on",
    "walltime": "runtime",
}


def nearest(written: str, names: Iterable[str]) -> str | None:
    """The one of `names` that `written` probably stands for; None where none is near. Earlier names win ties."""
    names = tuple(names)
    folded = written.strip().lower().replace("-", "_").replace(" ", "_")
    other = _OTHER_NAMES.get(folded)
    if other in names:
        return other
    if not folded or len(folded) > MAX_LENGTH:
        return None
    best, best_distance = None, len(folded) // 3 + 1
    for name in names:
        if abs(len(name) - len(folded)) >= best_distance:
            continue
        distance = edit_distance(folded, name.lower())
        if distance < best_distance:
            best, best_distance = name, distance
    return best


def edit_distance(left: str, right: str) -> int:
    """Insertions, deletions, replacements and swaps of neighbours that turn `left` into `right`."""
    older: list[int] = []
    previous = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        current = [i]
        for j, b in enumerate(right, 1):
            cost = min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and b == left[i - 2]:
                cost = min(cost, older[j - 2] + 1)
            current.append(cost)
        older, previous = previous, current
    return previous[-1]


def did_you_mean(written: str, names: Iterable[str]) -> tuple[str, ...]:
    """A help line with the nearest name, or none."""
    found = nearest(written, names)
    return () if found is None else (f"did you mean `{found}`?",)
