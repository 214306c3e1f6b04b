"""Inserting barriers into a spec: plan, rewrite, prove. The new text is given back, never written here."""

from __future__ import annotations

from torclint.fix.plan import Withheld, plan_barriers
from torclint.fix.rewrite import rewrite
from torclint.fix.verify import NotProven, refusing, verify
from torclint.record import TYPE_CHECKING, Record
from torclint.rules.apply import findings_of
from torclint.syntax.insertion import CannotEdit
from torclint.text.edits import apply

if TYPE_CHECKING:
    from torclint.fix.plan import Barrier
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding, Thresholds


class Fixed(Record):
    """What became of one spec; `text` is the new text. `after` is None where the text stays as it is.

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


def insert_barriers(graph: WorkflowGraph, thresholds: Thresholds) -> Fixed:
    """The spec of `graph` with the barriers it gains by."""
    text = graph.workflow.document.text
    refused = refusing(findings_of(graph, thresholds))
    if refused or not graph.workflow.loaded or not graph.workflow.complete:
        return Fixed(graph, None, text, refused=tuple(refused))
    plan = plan_barriers(graph, thresholds)
    barriers, withheld = list(plan.barriers), list(plan.withheld)
    while barriers:
        try:
            rewritten = rewrite(graph.workflow, tuple(barriers))
            break
        except CannotEdit:
            # one barrier that cannot be written does not keep the others from being so
            barriers, stuck = _writable(graph, barriers)
            withheld += stuck
    if not barriers:
        return Fixed(graph, None, text, withheld=tuple(withheld))
    new_text = apply(text, rewritten.edits)
    names = [barrier.name for barrier in barriers]
    try:
        after = verify(graph, new_text, rewritten.edits, rewritten.value, names, thresholds)
    except NotProven as error:
        return Fixed(graph, None, text, tuple(barriers), tuple(withheld), failed=str(error))
    return Fixed(graph, after, new_text, tuple(barriers), tuple(withheld))


def _writable(graph: WorkflowGraph, barriers: list[Barrier]) -> tuple[list[Barrier], list[Withheld]]:
    kept: list[Barrier] = []
    withheld: list[Withheld] = []
    for barrier in barriers:
        try:
            rewrite(graph.workflow, (barrier,))
            kept.append(barrier)
        except CannotEdit as error:
            withheld.append(Withheld(barrier.block, str(error)))
    if not withheld:
        # each alone can be written, all together cannot: give up on all of them
        return [], [Withheld(barrier.block, "the barriers cannot be written together") for barrier in barriers]
    return kept, withheld
