"""Repairs and barriers for one spec: findings first, so that barriers are planned on what is left."""

from __future__ import annotations

from torclint.fix.barriers import Fixed, insert_barriers
from torclint.fix.repairs.passes import Repaired, repair
from torclint.record import TYPE_CHECKING, Record
from torclint.rules.registry import find
from torclint.suppression.apply import ignored_spans
from torclint.text.edits import compose

if TYPE_CHECKING:
    from collections.abc import Callable

    from torclint.config.settings import Settings
    from torclint.fix.repairs.passes import Wishes
    from torclint.graph.workflow import WorkflowGraph
    from torclint.syntax.node import Document, Span
    from torclint.text.edits import Edit


class Mended(Record):
    """What became of one spec. `edits` lead from the old text to the new one; None for what was not asked for."""

    before: Document
    text: str
    edits: tuple[Edit, ...]
    repaired: Repaired | None = None
    fixed: Fixed | None = None

    @property
    def is_changed(self) -> bool:
        return self.text != self.before.text


def mend(
    document: Document,
    path: str,
    settings: Settings,
    wishes: Wishes,
    with_barriers: bool,
    accept: Callable[[Fixed], bool] = lambda fixed: True,
    two_levels: bool = False,
) -> Mended:
    """Make the repairs that are wanted, then insert barriers if that is; `accept` is asked about these as one change."""
    repaired = repair(document, path, settings, wishes)
    if repaired.failed or not with_barriers:
        return Mended(document, repaired.text, repaired.edits, repaired)
    fixed = insert_wanted(repaired.state.graph, path, settings, wishes.unsafe, two_levels)
    if fixed.after is None or fixed.failed or not accept(fixed):
        return Mended(document, repaired.text, repaired.edits, repaired, fixed)
    return Mended(document, fixed.text, compose(repaired.edits, fixed.edits), repaired, fixed)


def insert_wanted(graph: WorkflowGraph, path: str, settings: Settings, newly: bool, two_levels: bool = False) -> Fixed:
    """The spec of `graph`, at `path`, with the barriers it gains by, but for blocks that an ignore says are meant.

    `newly`: whether jobs may wait for barriers of the spec that they do not wait for yet. `two_levels`: whether a huge fan-in may
    be cut up.
    """
    return insert_barriers(graph, settings.thresholds, lambda each: meant(each, path, settings), newly, two_levels)


def meant(graph: WorkflowGraph, path: str, settings: Settings) -> list[Span]:
    """Where an ignore says that many dependencies are meant as they are."""
    document = graph.workflow.document
    if not settings.ignores_on:
        return []
    return ignored_spans(document, settings.ignores_for(path), find("quadratic-dependencies").code)
