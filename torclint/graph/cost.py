"""What a workflow costs Torc at creation: a model fitted to Torc 1.0.0 on two cores, for orders of magnitude.

Measured: create of 500 x 500 edges by one pattern takes 5.6 s (of it 1.8 s the check that --dry-run does too), of
10,000 -> barrier -> 10,000 jobs 2.9 s; --dry-run of 1,000 x 1,000 takes 7.7 s. Torc looks through a consumer's growing list for
every name that a pattern matches (workflow_spec.rs:2967), so that part grows with the square of the matches.
"""

from __future__ import annotations

from torclint.graph.blocks import BY_PATTERN
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.graph.blocks import Block
    from torclint.graph.workflow import WorkflowGraph

_MOST = 10**300  # beyond it numbers are as good as endless, and no float holds them

SECONDS_PER_JOB = 1.4e-4
SECONDS_PER_EDGE = 1.5e-5
SECONDS_PER_COMPARISON = 1.5e-8
BYTES_PER_EDGE = 55  # a row of three integers in job_depends_on with its three indexes, as SQLite stores a million


def create_seconds(jobs: int, explicit_edges: int, blocks: list[Block]) -> float:
    """About how long `torc create` takes."""
    by_pattern = (block for block in blocks if block.kind == BY_PATTERN)
    # the list is looked through once by the check and once by the creation
    # a consumer with a share of its own has as many matches as its share has
    comparisons = sum(block.edges**2 // max(block.consumer_jobs, 1) for block in by_pattern)
    parts = ((SECONDS_PER_JOB, jobs), (SECONDS_PER_EDGE, explicit_edges), (SECONDS_PER_COMPARISON, comparisons))
    return sum(seconds * min(number, _MOST) for seconds, number in parts)


def workflow_seconds(graph: WorkflowGraph) -> float:
    """About how long `torc create` takes for a whole workflow; edges through files and user data come later."""
    explicit = graph.counts.explicit
    return create_seconds(graph.counts.jobs, explicit if isinstance(explicit, int) else explicit.value, graph.blocks)


def block_seconds(block: Block) -> float:
    """The part of it that one block makes."""
    return create_seconds(0, block.edges, [block])


def size(edges: int) -> str:
    """What the rows of so many edges take in Torc's database, in words: `55 kB`, `55 MB`, `5.5 TB`."""
    number = float(min(edges * BYTES_PER_EDGE, _MOST))
    for unit in ("B", "kB", "MB", "GB", "TB", "PB"):
        if number < 1000:
            return f"{number:.0f} {unit}" if number >= 10 or unit == "B" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:,.0f} EB"


def duration(seconds: float) -> str:
    """Seconds as people say them: `< 0.1 s`, `0.4 s`, `45 s`, `12 min`, `3.5 h`, `12 days`."""
    if seconds < 0.05:
        return "< 0.1 s"
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 120:
        return f"{seconds:.0f} s"
    if seconds < 7200:
        return f"{seconds / 60:.0f} min"
    if seconds < 48 * 3600:
        return f"{seconds / 3600:.1f} h"
    if seconds > 1e15:
        return "more than 10 million years"
    days = seconds / 86400
    return f"{days:,.0f} days" if days < 730 else f"{days / 365:,.0f} years"


def roughly(seconds: float) -> str:
    """The same within a sentence: `about 30 s`, `less than 0.1 s`, `more than 10 million years`."""
    text = duration(seconds)
    if text.startswith("<"):
        return text.replace("<", "less than")
    return text if text.startswith("more") else f"about {text}"
