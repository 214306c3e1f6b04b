"""The dependency graph of a workflow, as rules, reports, fixes and the executor ask for it."""

from __future__ import annotations

from torclint.graph.blocks import blocks_of
from torclint.graph.edges import UNCOUNTABLE, AtLeast, Edges
from torclint.graph.resolution import find_unresolved
from torclint.names.machine import OverBudget
from torclint.names.template import parse_template
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.blocks import Block
    from torclint.graph.chains import Chain
    from torclint.graph.cycles import Cycle
    from torclint.graph.edges import Count
    from torclint.graph.groups import Group
    from torclint.graph.listing import Budget, Listing
    from torclint.graph.resolution import Unresolved
    from torclint.graph.sources import Unmade
    from torclint.spec.model import Workflow


class Counts(Record):
    """Jobs and edges of a whole workflow. `explicit`: stored at create; `implicit`: what init adds; `total`: both."""

    job_specs: int
    jobs: int
    explicit: Count
    implicit: Count
    total: Count


class WorkflowGraph:
    """Groups of jobs and what they wait for. Everything is worked out when it is first asked for."""

    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow
        self._edges: Edges | None = None
        self._counts: Counts | None = None
        self._blocks: list[Block] | None = None
        self._unresolved: list[Unresolved] | None = None
        self._listing: Listing | None = None
        self._too_large: dict[Budget, OverBudget] = {}
        self._longest_chain: Chain | None = None
        self._explicit_cycle: tuple[Cycle | None] | None = None
        self._unmade: list[Unmade] | None = None

    @property
    def edges_by_group(self) -> Edges:
        if self._edges is None:
            self._edges = Edges(self.workflow)
        return self._edges

    @property
    def groups(self) -> list[Group]:
        """One group per job spec, in the order of the file."""
        return self.edges_by_group.jobs.all

    @property
    def listing(self) -> Listing:
        """Every job written out, where a check can afford it. Raises OverBudget for a workflow too large for that."""
        from torclint.graph.listing import FOR_A_CHECK

        return self.listed(FOR_A_CHECK)

    def listed(self, budget: Budget) -> Listing:
        """Every job written out. Raises OverBudget for a workflow too large for `budget`."""
        if self._listing is None:
            from torclint.graph.listing import Listing

            if budget in self._too_large:
                raise self._too_large[budget]
            try:
                self._listing = Listing(self.workflow, budget)
            except OverBudget as error:
                self._too_large[budget] = error
                raise
        return self._listing

    @property
    def counts(self) -> Counts:
        """The numbers of job specs, jobs and edges; exact unless a part says AtLeast."""
        if self._counts is None:
            self._counts = self._count()
        return self._counts

    @property
    def blocks(self) -> list[Block]:
        """The edges by the clause that makes them, in the order of the file."""
        if self._blocks is None:
            self._blocks = blocks_of(self.edges_by_group)
        return self._blocks

    @property
    def has_artifacts(self) -> bool:
        """Whether any edge can come from files or user data."""
        return bool(self.workflow.files or self.workflow.user_data)

    @property
    def unresolved(self) -> list[Unresolved]:
        """The clauses for which Torc refuses the spec."""
        if self._unresolved is None:
            self._unresolved = list(find_unresolved(self))
        return self._unresolved

    @property
    def longest_chain(self) -> Chain:
        """Jobs one after the other, as many as there are; empty where that is not known."""
        if self._longest_chain is None:
            from torclint.graph.chains import longest_chain

            self._longest_chain = longest_chain(self)
        return self._longest_chain

    @property
    def explicit_cycle(self) -> Cycle | None:
        """A short cycle of `depends_on*` edges, for which Torc refuses the spec; None if there is none."""
        if self._explicit_cycle is None:
            from torclint.graph.cycles import find_cycle

            self._explicit_cycle = (find_cycle(self, explicit_only=True),)
        return self._explicit_cycle[0]

    @property
    def unmade(self) -> list[Unmade]:
        """Files and user data that exact names read and no job writes."""
        if self._unmade is None:
            from torclint.graph.sources import unmade

            self._unmade = list(unmade(self))
        return self._unmade

    def _count(self) -> Counts:
        edges = self.edges_by_group
        explicit = total = 0
        exact = True
        for group in edges.jobs.all:
            try:
                counted = edges.of(group)
                explicit, total = explicit + counted.explicit, total + counted.total
            except UNCOUNTABLE:
                listed = self._listed(group)
                if listed is None:
                    exact = False
                else:
                    explicit, total = explicit + listed[0], total + listed[1]
        jobs = sum(group.size for group in edges.jobs.all)
        numbers = (explicit, total - explicit, total)
        shown = numbers if exact else tuple(AtLeast(number) for number in numbers)
        return Counts(len(edges.jobs.all), jobs, *shown)

    def _listed(self, group: Group) -> tuple[int, int] | None:
        try:
            listing = self.listing
        except OverBudget:
            return None
        first = listing.offsets[group.index]
        jobs = range(first, first + group.size)
        return sum(len(listing.explicit(job)) for job in jobs), sum(len(listing.total(job)) for job in jobs)

    def job_names(self) -> Iterator[str]:
        """The names of all jobs, in the order of the file; as many as there are jobs."""
        for job in self.workflow.jobs:
            yield from parse_template(job.name.text, job.domain).names(job.domain)

    def edges(self) -> Iterator[tuple[str, str]]:
        """All (job, job it waits for) pairs as Torc stores them after initialisation. Raises OverBudget."""
        from torclint.graph.listing import FOR_A_RUN

        yield from self.listed(FOR_A_RUN).edges()
