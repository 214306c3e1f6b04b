"""Many jobs that each wait for many others: edges that one barrier would do away with."""

from __future__ import annotations

from torclint.graph.barriers import worth_a_barrier
from torclint.graph.blocks import BY_DATA, BY_FILE
from torclint.graph.cost import block_seconds, duration
from torclint.record import TYPE_CHECKING
from torclint.rules.base import SLOW, WARNING, FixOffer, Related, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.blocks import Block
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class QuadraticDependencies(Rule):
    """Many jobs that each wait for many others by one pattern or list.

    ## What it does
    Counts the edges of every clause, without expanding them, and flags those where a barrier job in between would save
    edges: N x M become N + M. `--min-jobs` (of the larger side, default 100) and `--min-saving` (edges, default 1,000) say
    from where on.

    ## Why
    Torc stores one row for each pair and compares every name with every match while it creates them, so that creation takes
    minutes to hours, and every start of the workflow reads them all.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "prep_{i}", command: "true", parameters: {i: "1:500"}}
      - {name: "analyze_{i}", command: "true", parameters: {i: "1:500"}, depends_on_regexes: ["^prep_"]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "prep_{i}", command: "true", parameters: {i: "1:500"}}
      - {name: barrier_prep_complete, command: "echo 'prep: 500 jobs complete' && date", depends_on_regexes: ["^prep_"]}
      - {name: "analyze_{i}", command: "true", parameters: {i: "1:500"}, depends_on: [barrier_prep_complete]}
    ```

    ## Fix safety
    `torclint fix --insert-barriers` writes the barrier. The fix is safe: it is made only where every job waits for the same
    jobs as before and a failure has the same effect, which is proven before the file is written.
    """

    code, name, severity, effect, fixable = "TL501", "quadratic-dependencies", WARNING, SLOW, True

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for block in graph.blocks:
            if worth_a_barrier(block, thresholds.min_jobs, thresholds.min_saving):
                yield self._report(graph, block)

    def _report(self, graph: WorkflowGraph, block: Block) -> Finding:
        first = block.clauses[0][0].written.node
        after = block.consumer_jobs + block.producer_jobs
        through = {BY_FILE: " through files", BY_DATA: " through user data"}.get(block.kind, "")
        fixable = not through and block.everyone
        help = [
            f"Torc stores one row for each; creating this takes it about {duration(block_seconds(block))}. "
            f"One barrier job makes it {after:,}."
        ]
        if through:
            help = [f"Torc adds one row for each when the workflow starts: {block.edges:,} rows."]
        elif not block.everyone:
            help = ["A barrier for each value of the parameter would cut them down."]
        span = first.span
        if len(block.clauses[0]) > 1:
            span = span._replace(end=max(clause.written.node.end for clause in block.clauses[0]))
        each = f"each wait for {block.producer_jobs:,} jobs" if block.everyone else "wait for others"
        return self.finding(
            f"{block.consumer_jobs:,} jobs {each}{through}: {block.edges:,} dependencies",
            span,
            subject=f"job {block.consumers[0].item.name.text}",
            label=_label(graph, block),
            help=tuple(help),
            related=tuple(
                Related(clauses[0].written.node.span, f"the same for {_named(group)}")
                for group, clauses in list(zip(block.consumers, block.clauses, strict=True))[1:6]
            ),
            fix=FixOffer("safe", "insert a barrier job", "torclint fix --insert-barriers") if fixable else None,
        )


def _label(graph: WorkflowGraph, block: Block) -> str:
    total = sum(group.size for group in graph.groups)
    return f"picks out {block.producer_jobs:,} of {total:,} jobs, for {_named(block.consumers[0])}"


def _named(group: Group) -> str:
    """The job, or the first and the last of a group."""
    if group.size == 1:
        return next(group.template.names(group.domain))
    last = tuple(axis.length - 1 for axis in group.domain.axes)
    first_name = group.template.fill(group.domain.values(tuple(0 for _ in last)))
    return f"each of {first_name} .. {group.template.fill(group.domain.values(last))}"
