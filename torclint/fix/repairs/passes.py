"""Repairs in passes: what the findings offer is made and proven, and the rules are asked again, until nothing is left."""

from __future__ import annotations

from torclint.fix.repairs.proof import Candidate, prove, state_of
from torclint.fix.verify import NotProven
from torclint.record import TYPE_CHECKING, Record
from torclint.rules.base import SAFE
from torclint.syntax.node import Mapping, Sequence
from torclint.text.edits import EditConflict, apply, compose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torclint.config.settings import Settings
    from torclint.fix.repairs.proof import State
    from torclint.rules.base import Finding
    from torclint.syntax.node import Document, Node
    from torclint.text.edits import Edit
    from torclint.text.lines import Position

MOST_PASSES = 10


class Repair(Record):
    """An offer that was made, or not: then `reason` says why. `place` is where it was when it was looked at."""

    finding: Finding
    place: Position
    title: str
    reason: str = ""


class Repaired(Record):
    """What became of one spec. `edits` lead from the old text to the new one.

    `failed`: why all of it was thrown away; "" if it was not. `left_unsafe`: offers that only --unsafe-fixes would make.
    """

    before: Document
    state: State
    edits: tuple[Edit, ...] = ()
    made: tuple[Repair, ...] = ()
    withheld: tuple[Repair, ...] = ()
    failed: str = ""
    left_unsafe: int = 0

    @property
    def text(self) -> str:
        return self.state.document.text


class Wishes(Record):
    """Which repairs are wanted: of which rules, whether unsafe ones, and which of them, one by one."""

    codes: frozenset[str]
    unsafe: bool = False
    choose: Callable[[Document, Candidate], bool] = lambda document, candidate: True


def repair(document: Document, path: str, settings: Settings, wishes: Wishes) -> Repaired:
    """The spec with all repairs made that are wanted and proven. Nothing is written.

    `settings` say which rules are asked; these have to be all that are wanted.
    """
    start = state_of(document, path, settings)
    passes = _Passes(start, path, settings, wishes)
    seen = {document.text}
    for _ in range(MOST_PASSES):
        if not passes.make_some():
            return passes.outcome(document)
        if passes.state.document.text in seen:
            return Repaired(document, start, failed="the fixes undo each other")
        seen.add(passes.state.document.text)
    if passes.candidates():  # a rule whose fixes bring up new ones for ever
        return Repaired(document, start, failed=f"the fixes do not come to an end in {MOST_PASSES} passes")
    return passes.outcome(document)


class _Passes:
    def __init__(self, state: State, path: str, settings: Settings, wishes: Wishes) -> None:
        self.state = state
        self.edits: tuple[Edit, ...] = ()
        self.made: list[Repair] = []
        self.withheld: dict[object, Repair] = {}
        self._declined: set[object] = set()
        self._accepted: set[object] = set()
        self._path = path
        self._settings = settings
        self._wishes = wishes

    def outcome(self, document: Document) -> Repaired:
        text = self.state.document.text
        unsafe = 0
        if not self._wishes.unsafe:
            unsafe = sum(each.offer.applicability != SAFE for each in self._offered())
        still = {each.key(text) for each in self._offered()}
        withheld = tuple(each for key, each in self.withheld.items() if key in still)
        return Repaired(document, self.state, self.edits, tuple(self.made), withheld, left_unsafe=unsafe)

    def _offered(self) -> Iterator[Candidate]:
        for finding in self.state.findings:
            if finding.fix is not None and finding.fix.edits and finding.code in self._wishes.codes:
                yield Candidate(finding, finding.fix)

    def candidates(self) -> list[Candidate]:
        """The offers that are still to be made; safe ones first, since they may do away with others."""
        text = self.state.document.text
        wanted = [
            each
            for each in self._offered()
            if (each.offer.applicability == SAFE or self._wishes.unsafe)
            and (key := each.key(text)) not in self.withheld
            and key not in self._declined
        ]
        return [each for each in wanted if each.offer.applicability == SAFE] or wanted

    def make_some(self) -> bool:
        """Make as many of the offers as go together; false where there are none left."""
        while candidates := self.candidates():
            text = self.state.document.text
            chosen: list[Candidate] = []
            taken: dict[int, int] = {}  # entries that are taken out, by the place of their list
            done = -1
            for each in sorted(candidates, key=lambda each: each.offer.edits[0].start):
                edits = sorted(each.offer.edits)
                if edits[0].start < done:
                    continue  # it overlaps with the one before: the next pass looks at it again
                entries = _list_at(self.state.document.root, each.finding.span.start)
                if entries is not None and not any(edit.replacement for edit in edits):
                    # the last entry goes with its list: that is another edit, which the next pass offers
                    if taken.get(entries.start, 0) + 1 >= len(entries.items) > 1:
                        continue
                    taken[entries.start] = taken.get(entries.start, 0) + 1
                key = each.key(text)
                if key not in self._accepted and not self._wishes.choose(self.state.document, each):
                    self._declined.add(key)
                    continue
                self._accepted.add(key)
                chosen.append(each)
                done = max(edit.end for edit in edits)
            if chosen and self._make(chosen):
                return True
        return False

    def _make(self, chosen: list[Candidate]) -> bool:
        base = self.state
        kept: tuple[Candidate, ...] = ()
        parts = [chosen]
        while parts:
            part = parts.pop()
            together = (*kept, *part)
            try:
                edits = [edit for each in together for edit in each.offer.edits]
                text = apply(base.document.text, edits)
                state = prove(base, text, together, self._path, self._settings)
            except (NotProven, EditConflict) as error:
                if len(part) > 1:
                    middle = len(part) // 2
                    parts += (part[middle:], part[:middle])
                    continue
                self.withheld[part[0].key(base.document.text)] = _repair(base.document, part[0], str(error))
                continue
            kept, self.state = together, state
        if not kept:
            return False
        self.withheld.clear()  # what is left is looked at again: this may have been in its way
        self.edits = compose(self.edits, (edit for each in kept for edit in each.offer.edits))
        self.made += (_repair(base.document, each) for each in kept)
        return True


def _list_at(node: Node, offset: int) -> Sequence | None:
    """The innermost list around `offset`; None if it lies in none."""
    found: Sequence | None = None
    while True:
        inner: list[Node] = []
        if isinstance(node, Sequence):
            found, inner = node, node.items
        elif isinstance(node, Mapping):
            inner = [value for _, value in node.entries]
        around = next((each for each in inner if each.start <= offset < each.end), None)
        if around is None:
            return found
        node = around


def _repair(document: Document, candidate: Candidate, reason: str = "") -> Repair:
    place = document.position(candidate.finding.span.start)
    return Repair(candidate.finding, place, candidate.offer.title, reason)
