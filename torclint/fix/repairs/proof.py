"""The proof of repairs: made from the new text, and for a safe one that the spec does the same as before."""

from __future__ import annotations

from torclint.checking.one import findings_in, graph_of
from torclint.fix.comparison.verdict import compare
from torclint.fix.verify import NotProven, same
from torclint.record import TYPE_CHECKING, Record
from torclint.rules.apply import asked
from torclint.rules.base import SAFE
from torclint.syntax import ParseError, parse
from torclint.syntax.node import Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torclint.config.settings import Settings
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding, FixOffer
    from torclint.syntax.node import Document, Node
    from torclint.text.edits import Edit


class State(Record):
    """A spec on its way: as it is now, and all that the rules find in it."""

    graph: WorkflowGraph
    findings: tuple[Finding, ...]

    @property
    def document(self) -> Document:
        return self.graph.workflow.document


class Candidate(Record):
    """A finding and the edits that it offers."""

    finding: Finding
    offer: FixOffer

    def key(self, text: str) -> object:
        """What tells it from others, wherever its place moves."""
        edits = tuple((text[edit.start : edit.end], edit.replacement) for edit in self.offer.edits)
        return self.finding.code, self.finding.subject, self.offer.title, edits


def state_of(document: Document, path: str, settings: Settings) -> State:
    graph = graph_of(document, settings.torc)
    return State(graph, findings_in(graph, path, settings))


def prove(before: State, text: str, candidates: tuple[Candidate, ...], path: str, settings: Settings) -> State:
    """Prove that `text` is `before` with the edits of `candidates` made and nothing else changed.

    The new text can be read; its data differ at the edits only; every comment is there; the findings are gone and there are
    no new ones; and if all candidates are safe, the jobs, what they wait for and what they do are the same. Raises NotProven.
    """
    old = before.document
    edits = [edit for each in candidates for edit in each.offer.edits]
    try:
        new = parse(text, old.format)
    except ParseError as error:
        raise NotProven(f"the new text cannot be read: {error}") from None
    if not _differs_only_at(old.root, new.root, edits):
        raise NotProven("the edit would change other parts of the spec (an alias, or a key written twice)")
    _comments_kept(old, new, candidates)
    after = state_of(new, path, settings)
    one, other = before.graph.workflow, after.graph.workflow
    if one.loaded and not other.loaded:
        raise NotProven("Torc would not load the new spec")
    if all(each.offer.applicability == SAFE for each in candidates) and not same(old.value, new.value):
        if not (one.loaded and one.complete and other.loaded and other.complete):
            raise NotProven("mend first what keeps Torc from loading the spec")
        found = compare(before.graph, after.graph)
        if found.differences:
            raise NotProven(found.differences[0].message)
        if found.new:
            raise NotProven(f"there would be a new job: {found.new[0].template.text}")
    _better(before, after, candidates, path, settings)
    return after


def _differs_only_at(one: Node, other: Node, edits: list[Edit]) -> bool:
    """Whether two trees hold the same data but for the parts of the first that an edit touches."""
    if same(one.plain, other.plain):
        return True
    if one.alias or type(one) is not type(other):
        return _is_touched(one.start, one.end, edits)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return _entries_differ_only_at(one, other, edits)
    if isinstance(one, Sequence) and isinstance(other, Sequence):
        kept = one.items
        if len(other.items) < len(kept):
            kept = [item for item in kept if not _is_taken_out(item.start, item.end, edits)]
        return len(kept) == len(other.items) and all(
            _differs_only_at(item, now, edits) for item, now in zip(kept, other.items, strict=True)
        )
    return _is_touched(one.start, one.end, edits)


def _entries_differ_only_at(one: Mapping, other: Mapping, edits: list[Edit]) -> bool:
    left = list(other.entries)
    for key, value in one.entries:
        if left and left[0][0].value == key.value:
            if not _differs_only_at(value, left.pop(0)[1], edits):
                return False
        elif not _is_touched(key.start, value.end, edits):
            return False
        elif (
            left
            and (same(value.plain, left[0][1].plain) or _is_written_over(key, value, edits))
            and all(each.value != left[0][0].value for each, _ in one.entries)
        ):
            left.pop(0)  # another name for the same value, or for another one
    return not left


def _is_written_over(key: Node, value: Node, edits: list[Edit]) -> bool:
    """Whether edits put another key there and something into its value."""
    return any((edit.start, edit.end) == (key.start, key.end) and edit.replacement for edit in edits) and any(
        edit.replacement and value.start <= edit.start and edit.end <= value.end for edit in edits
    )


def _is_touched(start: int, end: int, edits: list[Edit]) -> bool:
    return any(edit.start < end and start < edit.end for edit in edits)


def _is_taken_out(start: int, end: int, edits: list[Edit]) -> bool:
    """Whether an edit covers all of text[start:end] and does not put another value there."""
    return any(
        edit.start <= start
        and end <= edit.end
        and not (edit.start == start and edit.end == end and _holds_more_than_comments(edit.replacement))
        for edit in edits
    )


def _holds_more_than_comments(text: str) -> bool:
    lines = map(str.lstrip, text.splitlines())
    return any(line and not line.startswith(("#", "//", "/*")) for line in lines)


def _comments_kept(old: Document, new: Document, candidates: tuple[Candidate, ...]) -> None:
    """Every comment is still there, but for those that a finding is about."""
    about = [each.finding.span.start for each in candidates]
    left: dict[str, int] = {}
    for span in new.comments:
        comment = new.text[span.start : span.end]
        left[comment] = left.get(comment, 0) + 1
    for span in old.comments:
        if any(span.start <= place < span.end for place in about):
            continue
        comment = old.text[span.start : span.end]
        if not left.get(comment):
            raise NotProven("a comment would be lost or changed")
        left[comment] -= 1


def _better(before: State, after: State, candidates: tuple[Candidate, ...], path: str, settings: Settings) -> None:
    """The rules find less of what was repaired, and no more of anything else that they were asked about before."""
    was, now = tally(before.findings), tally(after.findings)
    for code in {each.finding.code for each in candidates}:
        if now.get(code, 0) >= was.get(code, 0):
            raise NotProven(f"{code} would still be found")
    for code in sorted(asked(before.graph.workflow, settings.selection_for(path))):
        if now.get(code, 0) > was.get(code, 0):
            new = next(each for each in reversed(after.findings) if each.code == code)
            raise NotProven(f"there would be a new finding: {code} {new.message}")


def tally(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each code."""
    numbers: dict[str, int] = {}
    for finding in findings:
        numbers[finding.code] = numbers.get(finding.code, 0) + 1
    return numbers
