"""Inserting barriers into a spec: plan, rewrite, prove. The new text is given back, never written here."""

from __future__ import annotations

from torclint.fix.plan import Withheld, nothing, plan_barriers
from torclint.fix.rewrite import rewrite
from torclint.fix.verify import NotProven, Original, refusing, verify
from torclint.record import TYPE_CHECKING, Record
from torclint.rules.apply import findings_of
from torclint.syntax.insertion import CannotEdit
from torclint.text.edits import EditConflict, apply

if TYPE_CHECKING:
    from torclint.fix.plan import Barrier, Spared
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds
    from torclint.text.edits import Edit


class Fixed(Record):
    """What became of one spec; `text` is the new text, `edits` what made it of the old one.

    `after` is None where the text stays as it is.

    `refused`: findings because of which Torc would not run the spec; then nothing is planned.
    `withheld`: blocks that would gain by a barrier and do not get one, with the reason.
    `failed`: the check that the new text did not pass; "" if it passed all, or if there is none.
    """

    before: WorkflowGraph
    after: WorkflowGraph | None
    text: str
    barriers: tuple[Barrier, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    refused: tuple[Finding, ...] = ()
    failed: str = ""
    edits: tuple[Edit, ...] = ()


def insert_barriers(graph: WorkflowGraph, thresholds: Thresholds, spared: Spared = nothing) -> Fixed:
    """The spec of `graph` with the barriers it gains by; `spared` says which parts of a text are left alone."""
    text = graph.workflow.document.text
    findings = findings_of(graph, thresholds)
    refused = refusing(findings)
    if refused or not graph.workflow.loaded or not graph.workflow.complete:
        return Fixed(graph, None, text, refused=tuple(refused))
    plan = plan_barriers(graph, thresholds, spared)
    inserted = _Inserted(Original(graph, tuple(findings), thresholds))
    inserted.add_all(plan.barriers)
    withheld = (*plan.withheld, *inserted.withheld)
    if inserted.after is None:
        return Fixed(graph, None, text, withheld=withheld)
    if _adds_more(inserted.after, thresholds, spared):
        return Fixed(graph, None, text, inserted.barriers, withheld, failed="a second fix would insert more barriers")
    return Fixed(graph, inserted.after, inserted.text, inserted.barriers, withheld, edits=inserted.edits)


def _adds_more(after: WorkflowGraph, thresholds: Thresholds, spared: Spared) -> bool:
    """Whether a second fix would not leave the spec as it is."""
    barriers = plan_barriers(after, thresholds, spared).barriers
    if not barriers:
        return False
    second = _Inserted(Original(after, tuple(findings_of(after, thresholds)), thresholds))
    second.add_all(barriers)
    return second.after is not None


class _Inserted:
    """A spec with all those of the planned barriers that can be inserted, proven, and why the others cannot."""

    def __init__(self, original: Original) -> None:
        self.after: WorkflowGraph | None = None
        self.text = ""
        self.edits: tuple[Edit, ...] = ()
        self.barriers: tuple[Barrier, ...] = ()
        self.withheld: tuple[Withheld, ...] = ()
        self._original = original

    def add_all(self, barriers: tuple[Barrier, ...]) -> None:
        """Insert all of `barriers` that can be had: one that cannot does not keep the others from being inserted."""
        known = -1
        left = barriers
        # one that saves nothing beside a direct tie may do so once that tie goes through another barrier
        while left and known < len(self.barriers):
            known = len(self.barriers)
            self.withheld = ()
            self._add(left)
            names = {barrier.name for barrier in self.barriers}
            left = tuple(barrier for barrier in barriers if barrier.name not in names)

    def _add(self, barriers: tuple[Barrier, ...]) -> None:
        together = (*self.barriers, *barriers)
        try:
            text, edits, after = _proven(self._original, together)
        except (CannotEdit, NotProven) as error:
            if len(barriers) == 1:
                self.withheld += (Withheld(barriers[0].block, str(error)),)
                return
            middle = len(barriers) // 2
            self._add(barriers[:middle])
            self._add(barriers[middle:])
            return
        self.barriers, self.text, self.edits, self.after = together, text, edits, after


def _proven(original: Original, barriers: tuple[Barrier, ...]) -> tuple[str, tuple[Edit, ...], WorkflowGraph]:
    """The text of the spec with all of `barriers`, its edits and its graph. Raises CannotEdit and NotProven."""
    workflow = original.graph.workflow
    rewritten = rewrite(workflow, barriers)
    try:
        text = apply(workflow.document.text, rewritten.edits)
    except EditConflict:
        raise CannotEdit("two edits would be made at the same place") from None
    names = [barrier.name for barrier in barriers]
    return text, rewritten.edits, verify(original, text, rewritten.edits, rewritten.value, names)
