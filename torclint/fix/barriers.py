"""Inserting barriers into a spec: plan, rewrite, prove. The new text is given back, never written here."""

from __future__ import annotations

from torclint.fix.plan import Withheld, plan_barriers
from torclint.fix.rewrite import rewrite
from torclint.fix.verify import NotProven, NotWorthIt, refusing, verify
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
    withheld = list(plan.withheld)
    try:
        return _proven(graph, plan.barriers, tuple(withheld), thresholds)
    except (CannotEdit, NotProven):
        # one barrier that cannot be had does not keep the others from being inserted
        barriers, reasons = _each_alone(graph, plan.barriers, thresholds)
    withheld += reasons
    try:
        return _proven(graph, barriers, tuple(withheld), thresholds)
    except (CannotEdit, NotProven) as error:
        return Fixed(graph, None, text, barriers, tuple(withheld), failed=str(error))


def _proven(
    graph: WorkflowGraph, barriers: tuple[Barrier, ...], withheld: tuple[Withheld, ...], thresholds: Thresholds
) -> Fixed:
    """The spec with all of `barriers`. Raises CannotEdit and NotProven."""
    text = graph.workflow.document.text
    if not barriers:
        return Fixed(graph, None, text, withheld=withheld)
    rewritten = rewrite(graph.workflow, barriers)
    new_text = apply(text, rewritten.edits)
    names = [barrier.name for barrier in barriers]
    after = verify(graph, new_text, rewritten.edits, rewritten.value, names, thresholds)
    return Fixed(graph, after, new_text, barriers, withheld)


def _each_alone(
    graph: WorkflowGraph, barriers: tuple[Barrier, ...], thresholds: Thresholds
) -> tuple[tuple[Barrier, ...], list[Withheld]]:
    """The barriers that can be inserted on their own, and why the others cannot."""
    kept: list[Barrier] = []
    withheld: list[Withheld] = []
    for barrier in barriers:
        try:
            _proven(graph, (barrier,), (), thresholds)
        except NotWorthIt:
            withheld.append(Withheld(barrier.block, "the same jobs are tied by other entries too, so it would save nothing"))
        except CannotEdit as error:
            withheld.append(Withheld(barrier.block, str(error)))
        except NotProven:
            kept.append(barrier)  # it may pass together with the others
        else:
            kept.append(barrier)
    return tuple(kept), withheld
