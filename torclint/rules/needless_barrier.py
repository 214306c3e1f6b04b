"""Barriers that save nothing."""

from __future__ import annotations

from torclint.graph.barriers import barriers_of, only_prints
from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, SLOW, UNSAFE, FixOffer, Rule
from torclint.syntax.node import Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.barriers import Barrier
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds
    from torclint.spec.model import JobSpec, Workflow
    from torclint.syntax.node import Document
    from torclint.text.edits import Edit

NAMES, PATTERNS = "depends_on", "depends_on_regexes"


class NeedlessBarrier(Rule):
    """A barrier where direct dependencies would be as few.

    ## What it does
    Flags a light job, called a barrier, between N jobs and M jobs where N + M is not less than N x M: before a single job,
    after a single job, or between two and two. In a workflow of fewer than `small-workflow` (100) jobs it flags those as
    well that save fewer dependencies than `min-saving`.

    ## Why
    A barrier costs a job and one more round of Torc's release timer, 30 s by default. Between 1,000 jobs and one report it
    saves no dependency: the report can wait for the 1,000 itself.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "prep_{i}", command: "true", parameters: {i: "1:9"}}
      - {name: barrier_prep_complete, command: "echo done", depends_on_regexes: ["^prep_"]}
      - {name: report, command: "python report.py", depends_on: [barrier_prep_complete]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "prep_{i}", command: "true", parameters: {i: "1:9"}}
      - {name: report, command: "python report.py", depends_on_regexes: ["^prep_"]}
    ```

    ## Fix safety
    `torclint fix --unsafe-fixes` takes the barrier out, and lets those that wait for it wait for what it waits for. It does so
    where the barrier only prints and hands failures on, where nothing else of the spec speaks of it, and where it is all that
    they wait for. The fix is unsafe: a job is gone, and with it what its output told.
    """

    code, name, severity, effect, fixable = "TL603", "needless-barrier", INFO, SLOW, True

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        jobs = sum(group.size for group in graph.groups)
        for barrier in barriers_of(graph):
            direct = barrier.producers * barrier.consumers
            through = barrier.producers + barrier.consumers
            if not barrier.is_named_so or barrier.is_heavy:
                continue
            told = f"the barrier {barrier.job.name.text} makes {through:,} dependencies of {direct:,}"
            if direct > through:
                if jobs >= thresholds.small_workflow or direct - through >= thresholds.min_saving:
                    continue
                told += f", in a workflow of {jobs:,} jobs"
            yield self.finding(
                told,
                barrier.job.name.node.span,
                subject=f"job {barrier.job.name.text}",
                label=f"between {_jobs(barrier.producers)} and {_jobs(barrier.consumers)}",
                help=("it costs one more round of Torc's release timer, 30 s by default",),
                fix=self._fix(graph, barrier),
            )

    def _fix(self, graph: WorkflowGraph, barrier: Barrier) -> FixOffer | None:
        """Edits that take out the barrier; None where more would have to be written than its pattern in its place."""
        from torclint.rules.offers import command_for
        from torclint.syntax.insertion import CannotEdit, remove_items, with_anchors

        workflow = graph.workflow
        job, root = barrier.job, workflow.document.root
        pattern = str(job.depends_on_regexes[0].node.value)
        if not isinstance(root, Mapping) or not _can_go(workflow, job):
            return None
        try:
            edits = remove_items(workflow.document, root, "jobs", [job.node])
            for group in barrier.next_stage:
                edits += _directly(workflow.document, workflow.jobs[group.index], job.name.text, pattern)
            edits = with_anchors(workflow.document, edits, (NAMES, PATTERNS))
        except CannotEdit:
            return None
        command = command_for(self.code, UNSAFE)
        return FixOffer(UNSAFE, f"remove {job.name.text}, wait for `{pattern}`", command, tuple(edits))


def _can_go(workflow: Workflow, job: JobSpec) -> bool:
    """Whether a job only prints and hands failures on, and nothing but names in lists of dependencies speaks of it."""
    writes = job.output_files or job.output_file_regexes or job.output_user_data or job.output_user_data_regexes
    reads = job.input_files or job.input_file_regexes or job.input_user_data or job.input_user_data_regexes
    if writes or reads or job.failure_handler or job.invocation_script or not job.cancel_on_blocking_job_failure:
        return False
    return only_prints(job.command.text) and all(
        each.text != job.name.text for action in workflow.actions for each in action.jobs
    )


def _directly(document: Document, job: JobSpec, barrier: str, pattern: str) -> list[Edit]:
    """Let a job that waits for nothing but the barrier wait for the pattern. Raises CannotEdit."""
    from torclint.syntax.insertion import CannotEdit, rename_key, replace_string

    key, names = job.node.key(NAMES), job.node.get(NAMES)
    is_alone = [each.text for each in job.depends_on] == [barrier] and not job.depends_on_regexes
    foreign = any(f"{{{name}{end}" in pattern for name in job.domain.names for end in "}:")
    if not is_alone or foreign or key is None or not isinstance(names, Sequence) or names.alias:
        raise CannotEdit("more than one string would have to be written")
    return [rename_key(document, key, PATTERNS), replace_string(document, job.depends_on[0].node, pattern)]


def _jobs(number: int) -> str:
    return "1 job" if number == 1 else f"{number:,} jobs"
