"""Inserting barriers into a spec: plan, rewrite, prove. The new text is given back, never written here."""

from __future__ import annotations

from torclint.fix.by_hand import by_hand
from torclint.fix.planning.plan import nothing, plan_barriers
from torclint.fix.planning.reasons import withheld_units
from torclint.fix.rewrite import rewrite
from torclint.fix.verify import Change, Checked, Entangled, NotProven, refusing, verify
from torclint.record import TYPE_CHECKING, Record
from torclint.rules.apply import findings_of
from torclint.syntax.insertion import CannotEdit
from torclint.text.edits import EditConflict, apply, compose

if TYPE_CHECKING:
    from torclint.fix.planning.plan import Barrier, Unit
    from torclint.fix.planning.reasons import Withheld
    from torclint.fix.planning.waiting import Spared
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds
    from torclint.text.edits import Edit


_ROUNDS = 5


class Fixed(Record):
    """What became of one spec; `text` is the new text, `edits` what made it of the old one.

    `after` is None where the text stays as it is.

    `refused`: findings because of which Torc would not run the spec; then nothing is planned.
    `withheld`: blocks that would gain by a barrier and do not get one, with the reason.
    `reused`: jobs of the spec, barriers already, that are waited for in the place of many.
    `gap`: how many edges and jobs less the best choice of barriers could have at most; 0 if this one is proven to be it.
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
    reused: tuple[str, ...] = ()
    gap: int = 0


def insert_barriers(
    graph: WorkflowGraph,
    thresholds: Thresholds,
    spared: Spared = nothing,
    newly: bool = False,
    two_levels: bool = False,
) -> Fixed:
    """The spec of `graph` with the barriers it gains by; `spared` says which parts of a text are left alone.

    `newly`: whether jobs may wait for barriers of the spec that they do not wait for yet. `two_levels`: whether a huge fan-in, of
    which the creation takes long, may be cut up by barriers that save no dependencies.
    """
    checked = Checked(graph, tuple(findings_of(graph, thresholds)), thresholds)
    fixed, after = _once(checked, spared, newly, two_levels)
    for _ in range(_ROUNDS):
        if after is None:
            return fixed
        more, after = _once(after, spared, newly, two_levels)
        if after is None:  # a second fix would leave the text as it is
            return fixed
        fixed = more._replace(
            before=graph,
            barriers=(*fixed.barriers, *more.barriers),
            edits=compose(fixed.edits, more.edits),
            reused=(*fixed.reused, *more.reused),
        )
    text = graph.workflow.document.text
    return Fixed(graph, None, text, fixed.barriers, fixed.withheld, failed="every fix would insert more barriers")


def _once(checked: Checked, spared: Spared, newly: bool, two_levels: bool) -> tuple[Fixed, Checked | None]:
    """What becomes of one spec, and the new one; None where the text stays as it is."""
    graph, thresholds = checked.graph, checked.thresholds
    text = graph.workflow.document.text
    refused = refusing(checked.findings)
    if refused or not graph.workflow.loaded or not graph.workflow.complete:
        return Fixed(graph, None, text, refused=tuple(refused)), None
    plan = plan_barriers(graph, thresholds, spared, newly, two_levels)
    inserted = _Inserted(checked, newly)
    inserted.add_all(plan.units)
    withheld = (*plan.withheld, *inserted.withheld)
    if inserted.after is None:
        return Fixed(graph, None, text, withheld=withheld), None
    barriers = tuple(barrier for unit in inserted.units for barrier in unit.barriers)
    gap = sum(unit.gap for unit in inserted.units)
    reused = tuple(name for unit in inserted.units for name in unit.reused)
    fixed = Fixed(
        graph, inserted.after.graph, inserted.text, barriers, withheld, edits=inserted.edits, reused=reused, gap=gap
    )
    return fixed, inserted.after


class _Inserted:
    """A spec with all those of the planned units that can be inserted, proven, and why the others cannot."""

    def __init__(self, original: Checked, newly: bool) -> None:
        self.after: Checked | None = None
        self.text = ""
        self.edits: tuple[Edit, ...] = ()
        self.units: tuple[Unit, ...] = ()
        self.withheld: tuple[Withheld, ...] = ()
        self._original = original
        self._newly = newly

    def add_all(self, units: tuple[Unit, ...]) -> None:
        """Insert all of `units` that can be had: one that cannot does not keep the others from being inserted."""
        known = -1
        left = units
        # one that saves nothing beside a direct tie may do so once that tie goes through another barrier
        while left and known < len(self.units):
            known = len(self.units)
            self.withheld = ()
            self._add(left)
            left = tuple(unit for unit in units if unit not in self.units)

    def _add(self, units: tuple[Unit, ...]) -> None:
        together = (*self.units, *units)
        try:
            text, edits, after = _proven(self._original, together, self._newly)
        except (CannotEdit, NotProven) as error:
            if len(units) == 1:
                lines = (
                    by_hand(self._original.graph.workflow, units[0])
                    if isinstance(error, (CannotEdit, Entangled))
                    else ()
                )
                self.withheld += withheld_units(self._original.graph, units[0], str(error), lines)
                return
            middle = len(units) // 2
            self._add(units[:middle])
            self._add(units[middle:])
            return
        self.units, self.text, self.edits, self.after = together, text, edits, after


def _proven(original: Checked, units: tuple[Unit, ...], newly: bool) -> tuple[str, tuple[Edit, ...], Checked]:
    """The text of the spec with all of `units`, its edits and what is found in it. Raises CannotEdit and NotProven."""
    workflow = original.graph.workflow
    rewritten = rewrite(workflow, units)
    try:
        text = apply(workflow.document.text, rewritten.edits)
    except EditConflict:
        raise CannotEdit("two edits would be made at the same place") from None
    names = tuple(barrier.name for unit in units for barrier in unit.barriers)
    reused = tuple(name for unit in units for name in unit.reused)
    is_split = any(unit.is_split for unit in units)
    change = Change(rewritten.edits, rewritten.value, names, reused, newly, is_split)
    after = verify(original, text, change)
    _saves_enough(original, after, units)
    return text, rewritten.edits, after


def _saves_enough(original: Checked, after: Checked, units: tuple[Unit, ...]) -> None:
    """The plan does not look at what ties the same jobs through files and user data. Raises NotProven."""
    old, new = original.graph.counts.total, after.graph.counts.total
    least = original.thresholds.min_saving - 1
    price = sum(max(barrier.copies, least) for unit in units for barrier in unit.barriers if not unit.is_split)
    if price and isinstance(old, int) and isinstance(new, int) and old - new <= price:
        raise NotProven(
            f"it would save too little: the same jobs are tied by other entries too ({old:,} -> {new:,} dependencies)"
        )
