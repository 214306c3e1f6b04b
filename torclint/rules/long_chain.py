"""Long chains of short jobs."""

from __future__ import annotations

from torclint.graph.cost import duration
from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, SLOW, Related, Rule
from torclint.spec.quantities import QuantityError, runtime

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds
    from torclint.spec.model import Workflow

_RELEASE = 30  # seconds: how often the server of Torc 1.0.0 releases jobs; four `true` in a row took 92.7 s
_SHORT = 600  # seconds; beside a longer job the wait does not count


class LongChain(Rule):
    """Many short jobs run one after the other, and each waits for Torc's release timer.

    ## What it does
    Looks for the longest chain of jobs of which each waits for the one before, and flags it from `chain-length` (20) jobs
    on, unless most of them say that they run for more than ten minutes.

    ## Why
    Torc's server looks every 30 s for jobs that have become ready. Each link of a chain waits for that: 20 jobs of a second
    take ten minutes.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: step_0, command: "true"}
      - name: "step_{i}"
        command: "true"
        depends_on: ["step_{before}"]
        parameter_mode: zip
        parameters: {i: "1:30", before: "0:29"}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: steps, command: "for i in $(seq 0 30); do ./step $i || exit 1; done"}
    ```
    """

    code, name, severity, effect = "TL507", "long-chain", INFO, SLOW

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        chain = graph.longest_chain
        if chain.length < thresholds.chain_length:
            return
        short = sum(one.jobs for one in chain.stretches if _is_short(graph.workflow, one.group))
        if 2 * short < chain.length:
            return
        (first, beginning), (last, end) = chain.job(0), chain.job(-1)
        yield self.finding(
            f"{chain.length:,} jobs in a row, {first} .. {last}: Torc's release timer adds up to "
            f"{duration((chain.length - 1) * _RELEASE)}",
            end.item.name.node.span,
            subject=f"job {end.item.name.text}",
            label=f"waits for {chain.length - 1:,} jobs one after the other",
            help=(
                "run short steps in one job, or start torc-server with a shorter timer (--completion-check-interval-secs)",
            ),
            related=(Related(beginning.item.name.node.span, "the chain begins here"),) if beginning is not end else (),
        )


def _is_short(workflow: Workflow, group: Group) -> bool:
    needs = workflow.jobs[group.index].resource_requirements
    if needs is None:
        return True
    for each in workflow.resource_requirements:
        if each.name.text == needs.text:
            try:
                return runtime(each.runtime.text).seconds <= _SHORT
            except QuantityError:
                return False
    return False
