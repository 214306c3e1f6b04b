"""A pattern tried on a spec, as text and as plain values."""

from __future__ import annotations

from torclint.graph.edges import AtLeast
from torclint.record import TYPE_CHECKING
from torclint.report.cells import visible, width
from torclint.report.numbers import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from torclint.graph.edges import Count
    from torclint.graph.trial import Trial
    from torclint.names.rust_regex.errors import RegexError
    from torclint.names.rust_regex.regex import RustRegex
    from torclint.report.terminal import Terminal


def render_error(error: RegexError, advice: str) -> Iterator[str]:
    """Why Torc refuses the pattern, with a caret under the place."""
    yield visible(error.pattern)
    yield " " * width(visible(error.pattern[: error.start])) + "^" * max(1, error.end - error.start)
    yield f"not valid in Torc: {error.message}"
    if advice:
        yield f"  = {advice}"


def render_regex(regex: RustRegex) -> Iterator[str]:
    """What can be said of the pattern itself."""
    yield f"{visible(regex.pattern)}   is valid in Torc; {_anchors(regex)}"


def _anchors(regex: RustRegex) -> str:
    if regex.matches_everything:
        return "it matches every name"
    if regex.is_anchored_start and regex.is_anchored_end:
        return "it matches whole names"
    if regex.is_anchored_start:
        return "anchored at the start, anything may follow"
    if regex.is_anchored_end:
        return "not anchored at the start: it also matches the end of longer names"
    return "not anchored: it also matches in the middle of names"


def render(trial: Trial, terminal: Terminal) -> Iterator[str]:
    """The pattern, how many jobs it matches, group by group, and what it only just misses."""
    palette = terminal.palette
    jobs = sum(share.group.size for share in trial.shares)
    yield from render_regex(trial.regex)
    yield ""
    yield f"{palette.strong}matches {shown(trial.matches)} of {jobs:,} jobs{palette.off}"
    names = [visible(share.group.item.name.text) for share in trial.shares]
    column = min(max(map(width, names), default=0), max(terminal.width // 2, 12))
    counted = [f"{shown(share.matches)} of {share.group.size:,}" for share in trial.shares]
    room = max(map(len, counted), default=0)
    for name, counts, share in zip(names, counted, trial.shares, strict=True):
        example = ", ".join(map(visible, share.matched)) or "-"
        if share.matched and share.unmatched:
            example += f"   not {visible(share.unmatched[0])}"
        yield f"  {name}{' ' * max(0, column - width(name))}  {counts:>{room}}  {example}"
    if trial.near:
        yield ""
    for miss in trial.near:
        yield f"{miss.change}: {shown(miss.number)} ({', '.join(map(visible, miss.examples))})"


def as_plain(trial: Trial) -> dict[str, Any]:
    """The same for programs; a count that was cut off is given as {"at_least": N}."""
    regex = trial.regex
    return {
        "pattern": regex.pattern,
        "valid": True,
        "anchored": {"start": regex.is_anchored_start, "end": regex.is_anchored_end},
        "matches_everything": regex.matches_everything,
        "matches": _plain(trial.matches),
        "groups": [
            {
                "name": share.group.item.name.text,
                "jobs": share.group.size,
                "matches": _plain(share.matches),
                "examples": list(share.matched),
                "counterexamples": list(share.unmatched),
            }
            for share in trial.shares
        ],
        "near": [
            {"change": miss.change, "number": _plain(miss.number), "examples": list(miss.examples)}
            for miss in trial.near
        ],
    }


def _plain(count: Count) -> int | dict[str, int]:
    return {"at_least": count.value} if isinstance(count, AtLeast) else count
