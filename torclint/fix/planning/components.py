"""One universe cut into parts that share no producers and no consumers: each is a problem of its own."""

from __future__ import annotations

from torclint.graph.edges import UNCOUNTABLE, Producers, merged
from torclint.names.relation import count_pairs
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from torclint.fix.planning.waiting import Universe
    from torclint.graph.clauses import Clause
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph


class Entry(Record):
    """What a pattern picks out, or all names of one list together. `parts`: of which jobs each name is, where they are plain.

    Names of jobs with parameters stay together: there, `parts` is empty.
    """

    clauses: tuple[Clause, ...]
    producers: Producers
    parts: tuple[int, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for entries that are written with the same words."""
        return self.clauses[0].is_pattern, *(clause.template.text for clause in self.clauses)


class Use(Record):
    """An entry as one job spec has it; `clauses` are its own."""

    entry: Entry
    clauses: tuple[Clause, ...]


class Consumers(Record):
    """A group and those of its entries that barriers may take over."""

    group: Group
    uses: tuple[Use, ...]


def consumers_of(graph: WorkflowGraph, universe: Universe) -> list[Consumers]:
    """All of the universe, with what they wait for; entries that only a listing could resolve are left out."""
    found: list[Consumers] = []
    known: dict[tuple[bool, tuple[str, ...]], Entry | None] = {}
    for waiting in universe.waiting:
        plain, others = _plain_names(graph, universe, waiting.names)
        uses: list[Use] = []
        for clauses in (*((clause,) for clause in waiting.patterns), plain, others):
            if not clauses:
                continue
            key = clauses[0].is_pattern, tuple(clause.template.text for clause in clauses)
            if key not in known:
                known[key] = _entry(graph, universe, clauses, clauses is plain)
            entry = known[key]
            if entry is not None:
                uses.append(Use(entry, clauses))
        if uses:
            found.append(Consumers(waiting.group, tuple(uses)))
    return found


def _entry(graph: WorkflowGraph, universe: Universe, clauses: tuple[Clause, ...], are_plain: bool) -> Entry | None:
    jobs = graph.edges_by_group.jobs
    if are_plain:
        indices = tuple(jobs.plain[clause.template.text] for clause in clauses)
        return Entry(clauses, Producers(frozenset(indices), {}), indices)
    try:
        return Entry(clauses, merged([jobs.find(clause, universe.domain) for clause in clauses]))
    except UNCOUNTABLE:
        return None


def _plain_names(
    graph: WorkflowGraph, universe: Universe, names: tuple[Clause, ...]
) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
    """The names of jobs without parameters, and the other names."""
    if universe.domain.axes or not names:
        return (), names
    plain = graph.edges_by_group.jobs.plain
    is_plain = [clause.template.text in plain for clause in names]
    if all(is_plain):
        return names, ()
    one = tuple(clause for clause, is_one in zip(names, is_plain, strict=True) if is_one)
    return one, tuple(clause for clause, is_one in zip(names, is_plain, strict=True) if not is_one)


def components_of(graph: WorkflowGraph, universe: Universe, charge: int) -> Iterator[list[Consumers]]:
    """The parts in which barriers could save `charge` edges at all."""
    consumers = _without_single_names(consumers_of(graph, universe), charge)
    together = _Together()
    joined: set[int] = set()
    for number, each in enumerate(consumers):
        for entry, _ in each.uses:
            together.join(("consumer", number), ("entry", id(entry)))
            if id(entry) not in joined:
                joined.add(id(entry))
                for index in entry.producers.plain | entry.producers.terms.keys():
                    together.join(("entry", id(entry)), index)
    parts: dict[object, list[Consumers]] = {}
    for number, each in enumerate(consumers):
        parts.setdefault(together.first(("consumer", number)), []).append(each)
    widths = {id(entry): _width_of(graph, universe, entry) for each in consumers for entry, _ in each.uses}
    for part in parts.values():
        if sum(_edges(each, widths, universe.domain.size) - each.group.size for each in part) >= charge:
            yield part


def _edges(consumers: Consumers, widths: dict[int, int], values: int) -> int:
    """No fewer edges than the entries make."""
    return sum(widths[id(entry)] * consumers.group.size // values for entry, _ in consumers.uses)


def _width_of(graph: WorkflowGraph, universe: Universe, entry: Entry) -> int:
    """No fewer jobs than an entry picks out for all values together."""
    total = len(entry.producers.plain) * universe.domain.size
    for index, terms in entry.producers.terms.items():
        domain = graph.groups[index].domain
        try:
            total += count_pairs(terms, universe.domain, domain)
        except UNCOUNTABLE:
            total += universe.domain.size * domain.size
    return total


def _without_single_names(consumers: list[Consumers], charge: int) -> list[Consumers]:
    """Names for which too few wait, and with too few others, to matter for any barrier are left where they are."""
    waiting: dict[int, int] = {}
    longest: dict[int, int] = {}
    for each in consumers:
        width = max(_width(entry) for entry, _ in each.uses) + len(each.uses)
        for entry, _ in each.uses:
            for index in entry.parts:
                waiting[index] = waiting.get(index, 0) + each.group.size
                longest[index] = max(longest.get(index, 0), width)
    narrowed: dict[int, tuple[Entry, list[int]]] = {}
    kept: list[Consumers] = []
    for each in consumers:
        uses: list[Use] = []
        for use in each.uses:
            if id(use.entry) not in narrowed:
                parts = use.entry.parts
                chosen = [place for place, index in enumerate(parts) if waiting[index] * longest[index] > charge]
                narrowed[id(use.entry)] = _narrowed(use.entry, chosen), chosen
            entry, chosen = narrowed[id(use.entry)]
            if entry is use.entry:
                uses.append(use)
            elif chosen:
                uses.append(Use(entry, tuple(use.clauses[place] for place in chosen)))
        if uses:
            kept.append(Consumers(each.group, tuple(uses)))
    return kept


def _width(entry: Entry) -> int:
    return len(entry.parts) if entry.parts else 1_000_000_000


def _narrowed(entry: Entry, chosen: list[int]) -> Entry:
    if len(chosen) == len(entry.parts):
        return entry
    indices = tuple(entry.parts[place] for place in chosen)
    return Entry(tuple(entry.clauses[place] for place in chosen), Producers(frozenset(indices), {}), indices)


class _Together:
    """Disjoint sets that grow together."""

    def __init__(self) -> None:
        self._above: dict[object, object] = {}

    def first(self, item: object) -> object:
        """The member that stands for the set of `item`."""
        path = []
        while (above := self._above.get(item, item)) != item:
            path.append(item)
            item = above
        for each in path:
            self._above[each] = item
        return item

    def join(self, one: object, other: object) -> None:
        self._above[self.first(one)] = self.first(other)


def apart(part: Iterable[Consumers]) -> Iterator[list[Consumers]]:
    """The same with every entry for itself: those written alike stay together."""
    alike: dict[object, list[Consumers]] = {}
    for each in part:
        for use in each.uses:
            alike.setdefault(use.entry.key, []).append(Consumers(each.group, (use,)))
    yield from alike.values()
