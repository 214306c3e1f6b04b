"""What `torclint fix` made of the findings of a spec, in a few lines."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.rules.base import REJECTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.fix.repairs.passes import Repair, Repaired

_SHOWN = 20


def render(path: str, repaired: Repaired) -> Iterator[str]:
    """The lines that tell what happened to the spec at `path`."""
    if repaired.failed:
        yield f"{path}: not changed: {repaired.failed}"
        return
    yield from _each(path, repaired.made, "fixed")
    yield from _each(path, repaired.withheld, "not fixed")
    told = []
    if repaired.made:
        told.append(f"{_number(len(repaired.made), 'fix', 'fixes')} made")
    if repaired.withheld:
        told.append(f"{len(repaired.withheld):,} withheld")
    if not told:
        told.append("nothing to fix")
    if repaired.left_unsafe:
        told.append(f"{_number(repaired.left_unsafe, 'fix is', 'fixes are')} unsafe, and made with --unsafe-fixes")
    yield f"{path}: {'; '.join(told)}"
    errors = sum(finding.effect == REJECTED for finding in repaired.state.findings)
    if errors:
        yield f"{path}: Torc still refuses it: {_number(errors, 'finding', 'findings')} left (torclint check {path})"


def _each(path: str, repairs: tuple[Repair, ...], verb: str) -> Iterator[str]:
    for one in repairs[:_SHOWN]:
        reason = f": {one.reason}" if one.reason else ""
        place = f"{path}:{one.place.line}:{one.place.column}"
        yield f"{place}: {one.finding.code} {one.finding.name}: {verb}: {one.title}{reason}"
    if len(repairs) > _SHOWN:
        yield f"  ... and {len(repairs) - _SHOWN:,} more {verb}"


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
