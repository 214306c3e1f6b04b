"""What a name that nothing has was probably meant to be."""

from __future__ import annotations

import re
from itertools import islice

from torclint.graph.clauses import FILES, JOBS
from torclint.graph.edges import UNCOUNTABLE
from torclint.graph.groups import NO_PARAMETERS
from torclint.names.template import Slot, Template
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.groups import Groups
    from torclint.graph.resolution import Unresolved
    from torclint.graph.workflow import WorkflowGraph

_CANDIDATES = 500
_WIDEST = 8  # digits to which a number is padded on trial
_NUMBERS = 3  # numbers of a text that are tried with more or fewer digits
_LIKE_A_NAME = re.compile(r"\^?[A-Za-z0-9_ -]{1,100}(?:\.\*)?\$?")  # other patterns may take long to try
_NUMBER = re.compile(r"[0-9]+")


def near_name(graph: WorkflowGraph, unresolved: Unresolved) -> str | None:
    """How the clause would have to be written to name something: another padding, or a name close to it."""
    edges = graph.edges_by_group
    known = edges.jobs if unresolved.target == JOBS else edges.files if unresolved.target == FILES else edges.user_data
    wanted = unresolved.clause.template
    for group in known.all[:_CANDIDATES]:
        if _alike(wanted) == _alike(group.template) and wanted.slots:
            spelled = _respelled(wanted, group.template)
            if spelled != unresolved.clause.written.text:
                return spelled
    if not wanted.slots:
        padded = next((text for text, _ in _repadded(unresolved.text) if _is_declared(known, text)), None)
        if padded is not None:
            return padded
    candidates = [group.template.text for group in known.all[:_CANDIDATES]]
    for group in known.parameterised[:_CANDIDATES]:
        for _, name in zip(range(20), group.template.names(group.domain), strict=False):
            candidates.append(name)
    from difflib import get_close_matches

    written = unresolved.clause.written.text
    for text in (unresolved.text, written):
        near = [name for name in get_close_matches(text, candidates, n=2, cutoff=0.75) if name != written]
        if near:
            return near[0]
    return None


def near_pattern(graph: WorkflowGraph, unresolved: Unresolved) -> str | None:
    """What to say about a pattern that matches nothing and would match with zeros before its numbers, with fewer, or with
    other capitals; None if it would not."""
    edges = graph.edges_by_group
    known = edges.jobs if unresolved.target == JOBS else edges.files if unresolved.target == FILES else edges.user_data
    slots = unresolved.clause.template.slots
    if not _LIKE_A_NAME.fullmatch(unresolved.text):
        return None
    try:
        for text, width in _repadded(unresolved.text):
            if _matches(known, text):
                spelled = f"{{{slots[0].parameter}:0{width}d}}" if len(slots) == 1 else ""
                return f"with {width} digits it would match: `{text}`" + (f"; write {spelled}" if spelled else "")
        if _matches(known, f"(?i){unresolved.text}"):
            return (
                f"with other capitals it would match: names are told apart by them; `(?i){unresolved.text}` takes both"
            )
    except UNCOUNTABLE:
        pass
    return None


def _is_declared(known: Groups, name: str) -> bool:
    try:
        return bool(known.declared(Template((name,)), NO_PARAMETERS))
    except UNCOUNTABLE:
        return False


def _matches(known: Groups, pattern: str) -> bool:
    found = known.matching(pattern)
    return bool(found.plain or found.terms)


def _repadded(text: str) -> Iterator[tuple[str, int]]:
    """`text` with another number of digits in one of its first numbers, and how many these are."""
    for run in islice(_NUMBER.finditer(text), _NUMBERS):
        number = run.group().lstrip("0") or "0"
        for width in range(len(number), _WIDEST + 1):
            if width != len(run.group()):
                yield f"{text[: run.start()]}{number.zfill(width)}{text[run.end() :]}", width


def _alike(template: Template) -> tuple[str, ...]:
    return tuple("\0" if isinstance(part, Slot) else part for part in template.parts)


def _respelled(wanted: Template, other: Template) -> str:
    """`wanted` with the formats of `other`."""
    parts = [
        Slot(part.parameter, like.spec) if isinstance(part, Slot) and isinstance(like, Slot) else part
        for part, like in zip(wanted.parts, other.parts, strict=True)
    ]
    return Template(tuple(parts)).text
