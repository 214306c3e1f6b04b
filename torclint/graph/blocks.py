"""Blocks: the edges that one clause makes between the jobs that have it and the jobs it picks out."""

from __future__ import annotations

from torclint.graph.edges import UNCOUNTABLE, Producers, merged
from torclint.names.relation import count_pairs
from torclint.record import TYPE_CHECKING, Record
from torclint.syntax.node import Span

if TYPE_CHECKING:
    from torclint.graph.clauses import Clause, Clauses
    from torclint.graph.edges import Edges
    from torclint.graph.groups import Group
    from torclint.names.relation import Term

BY_PATTERN, BY_NAME, BY_FILE, BY_DATA = "pattern", "name", "file", "user data"


class Block(Record):
    """Edges that clauses with the same text make. `everyone`: each consumer waits for each producer.

    `clauses[k]` are the clauses of `consumers[k]`: one pattern, one name with parameters in it, or all plain names.
    """

    kind: str
    consumers: tuple[Group, ...]
    clauses: tuple[tuple[Clause, ...], ...]
    producers: Producers
    consumer_jobs: int
    producer_jobs: int
    edges: int
    everyone: bool

    @property
    def is_explicit(self) -> bool:
        """Whether it comes from `depends_on` or `depends_on_regexes`, and not through files or user data."""
        return self.kind in (BY_PATTERN, BY_NAME)

    @property
    def span(self) -> Span:
        """From the first entry that makes it to the end of the last one of the same job spec."""
        first = self.clauses[0][0].written.node
        return Span(first.start, max(clause.written.node.end for clause in self.clauses[0]))

    @property
    def other_spans(self) -> tuple[Span, ...]:
        """Where the other consumers, in their order, begin to say what they wait for."""
        return tuple(clauses[0].written.node.span for clauses in self.clauses[1:])

    @property
    def text(self) -> str:
        """The clause as it is written: one pattern or name, or how many names."""
        texts = [clause.template.text for clause in self.clauses[0]]
        return texts[0] if len(texts) == 1 else f"{len(texts)} names"

    @property
    def saving(self) -> int:
        """How many edges one barrier in between saves; negative where it costs some."""
        return self.edges - self.producer_jobs - self.consumer_jobs


def worth_a_barrier(block: Block, min_jobs: int, min_saving: int) -> bool:
    """Whether a barrier would save at least `min_saving` edges, and more than the one job that it is, in a block of which one
    side has `min_jobs` jobs."""
    large = max(block.consumer_jobs, block.producer_jobs) >= min_jobs
    several = min(block.consumer_jobs, block.producer_jobs) > 1
    return large and several and block.saving >= max(min_saving, 2) and _shared(block)


def _shared(block: Block) -> bool:
    # each consumer with a share of its own needs a barrier of its own: that gains only where shares are large
    return block.everyone or block.edges > 2 * (block.consumer_jobs + block.producer_jobs)


def blocks_of(edges: Edges) -> list[Block]:
    """All blocks, in the order in which their first clause is written. What cannot be counted is left out."""
    gathered: dict[object, tuple[str, list[Group], list[tuple[Clause, ...]]]] = {}
    for group, clauses in zip(edges.jobs.all, edges.clauses, strict=True):
        if clauses is None or not group.size:
            continue
        for kind, several in _clauses_by_block(clauses):
            steady = all(not clause.template.slots for clause in several)
            key = (kind, tuple(clause.template.text for clause in several), None if steady else group.index)
            known = gathered.setdefault(key, (kind, [], []))
            known[1].append(group)
            known[2].append(several)
    found = (_counted(edges, *parts) for parts in gathered.values())
    return [block for block in found if block is not None]


def _clauses_by_block(clauses: Clauses) -> list[tuple[str, tuple[Clause, ...]]]:
    found: list[tuple[str, tuple[Clause, ...]]] = []
    parts = ((BY_NAME, clauses.waits), (BY_FILE, clauses.reads_files), (BY_DATA, clauses.reads_data))
    for kind, uses in parts:
        if not uses.names and not uses.patterns:
            continue
        plain = tuple(clause for clause in uses.names if not clause.template.slots)
        if plain:
            found.append((kind, plain))
        found.extend((kind, (clause,)) for clause in uses.names if clause.template.slots)
        by_pattern = BY_PATTERN if kind == BY_NAME else kind
        found.extend((by_pattern, (clause,)) for clause in uses.patterns)
    return found


def _counted(edges: Edges, kind: str, groups: list[Group], clauses: list[tuple[Clause, ...]]) -> Block | None:
    first = groups[0]
    try:
        if kind in (BY_FILE, BY_DATA):
            place = 0 if kind == BY_FILE else 1
            found = [edges.through(first, clause, place) for clause in clauses[0]]
        else:
            found = [edges.jobs.find(clause, first.domain) for clause in clauses[0]]
        producers = merged(found)
        consumer_jobs = sum(group.size for group in groups)
        producer_jobs = len(producers.plain)
        pairs = consumer_jobs * len(producers.plain)
        for index, terms in producers.terms.items():
            target = edges.jobs.all[index]
            counted = count_pairs(terms, first.domain, target.domain)
            pairs += counted * consumer_jobs // first.size
            producer_jobs += target.size if any(map(depends_on_consumer, terms)) else counted // first.size
    except UNCOUNTABLE:
        return None
    everyone = pairs == consumer_jobs * producer_jobs
    return Block(kind, tuple(groups), tuple(clauses), producers, consumer_jobs, producer_jobs, pairs, everyone)


def depends_on_consumer(term: Term) -> bool:
    """Whether what it picks out is another one for another consumer."""
    return bool(term.match.links or term.match.only_a or term.tests_a)
