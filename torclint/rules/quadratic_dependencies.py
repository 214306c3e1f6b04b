"""Many jobs that each wait for many others: edges that one barrier would do away with."""

from __future__ import annotations

from torclint.graph.blocks import worth_a_barrier
from torclint.graph.cost import block_seconds, roughly
from torclint.graph.labels import kept_apart
from torclint.record import TYPE_CHECKING
from torclint.rules.base import BARRIER, SLOW, WARNING, Related, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.blocks import Block
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class QuadraticDependencies(Rule):
    """Many jobs that each wait for many others by one pattern or list.

    ## What it does
    Counts the edges of every clause of `depends_on` and `depends_on_regexes`, without expanding them, and flags those
    where a barrier job in between would save edges: N x M become N + M. `--min-jobs` (of the larger side, default 100)
    and `--min-saving` (edges, default 1,000) say from where on. Those through files and user data are told by
    implicit-quadratic (TL509).

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
    jobs as before and a failure has the same effect, which is proven before the file is written. Where labels leave no room
    for a barrier, or Torc refuses the spec for something else, no fix is offered. What else may be in the way, such as a list
    that several jobs share by an alias, shows when the barrier is planned: it is withheld then, with the reason.
    """

    code, name, severity, effect, fixable = "TL501", "quadratic-dependencies", WARNING, SLOW, True

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for block in graph.blocks:
            if block.is_explicit and worth_a_barrier(block, thresholds.min_jobs, thresholds.min_saving):
                yield self._report(graph, block)

    def _report(self, graph: WorkflowGraph, block: Block) -> Finding:
        after = block.consumer_jobs + block.producer_jobs
        help = "A barrier for each value of the parameter would cut them down."
        each = "wait for others"
        if block.everyone:
            each = f"each wait for {block.producer_jobs:,} jobs"
            help = (
                f"Torc stores one row for each; creating this takes it {roughly(block_seconds(block))}. "
                f"One barrier job makes it {after:,}."
            )
        apart = kept_apart(graph, block) if block.everyone else ""
        return self.finding(
            f"{block.consumer_jobs:,} jobs {each}: {block.edges:,} dependencies",
            block.span,
            subject=f"job {block.consumers[0].item.name.text}",
            label=picks_out(graph, block),
            help=(help, f"torclint fix puts none in: {apart}") if apart else (help,),
            related=the_same_for(block),
            others=block.other_spans,
            fix=BARRIER if block.everyone and not apart else None,
        )


_SHOWN = 5  # other consumers of a block that a finding shows


def the_same_for(block: Block) -> tuple[Related, ...]:
    """The places where other consumers wait for the same."""
    others = zip(block.consumers[1 : 1 + _SHOWN], block.other_spans, strict=False)
    return tuple(Related(span, f"the same for {group.shown}") for group, span in others)


def picks_out(graph: WorkflowGraph, block: Block) -> str:
    """What stands under the place of a block."""
    total = sum(group.size for group in graph.groups)
    return f"picks out {block.producer_jobs:,} of {total:,} jobs, for {block.consumers[0].shown}"
