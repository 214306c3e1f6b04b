"""The workflow as Torc understands it: what the rules, the graph, the fixes and the executor read.

Strings are kept as `Written`: the text after `variables` were put in, and the node it stands at.
"""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.spec.domain import Domain

if TYPE_CHECKING:
    from typing import Any

    from torclint.syntax.node import Document, Mapping, Node, Scalar, Span


class Written(Record):
    """A string of the spec: `text` is what Torc works with (variables put in), `node` is where it stands."""

    text: str
    node: Scalar


class Problem(Record):
    """Something wrong that reading the spec brought up. `rule` is the name of the rule that reports it."""

    rule: str
    message: str
    span: Span
    subject: str = ""
    help: tuple[str, ...] = ()
    related: tuple[tuple[Span, str], ...] = ()
    instead: str = ""  # what was probably meant in place of the text at `span`


class Item:
    """What jobs, files and user data have in common: a place in the file, a name and parameters."""

    __slots__ = ("domain", "index", "name", "node")

    def __init__(self, index: int, node: Mapping, name: Written, domain: Domain) -> None:
        self.index = index  # position in its list, from 0
        self.node = node
        self.name = name
        self.domain = domain  # one item per point; Domain() where it is not parameterised


class Stdio(Record):
    mode: str = "separate"
    delete_on_success: bool = False


class JobSpec(Item):
    """One item of `jobs:`; becomes `domain.size` jobs."""

    __slots__ = (
        "cancel_on_blocking_job_failure",
        "command",
        "depends_on",
        "depends_on_regexes",
        "env",
        "failure_handler",
        "input_file_regexes",
        "input_files",
        "input_user_data",
        "input_user_data_regexes",
        "invocation_script",
        "labels",
        "output_file_regexes",
        "output_files",
        "output_user_data",
        "output_user_data_regexes",
        "priority",
        "resource_requirements",
        "scheduler",
        "stdio",
    )

    command: Written
    invocation_script: Written | None
    env: tuple[tuple[str, Written], ...]
    cancel_on_blocking_job_failure: bool  # effective: true when omitted (Torc 1.0.0, models.rs:1656)
    resource_requirements: Written | None
    failure_handler: Written | None
    depends_on: tuple[Written, ...]
    depends_on_regexes: tuple[Written, ...]
    input_files: tuple[Written, ...]
    input_file_regexes: tuple[Written, ...]
    output_files: tuple[Written, ...]
    output_file_regexes: tuple[Written, ...]
    input_user_data: tuple[Written, ...]
    input_user_data_regexes: tuple[Written, ...]
    output_user_data: tuple[Written, ...]
    output_user_data_regexes: tuple[Written, ...]
    scheduler: Written | None
    labels: tuple[Written, ...]
    priority: int
    stdio: Stdio | None


class FileSpec(Item):
    """One item of `files:`."""

    __slots__ = ("identifier", "path", "st_mtime")

    path: Written
    identifier: Written | None
    st_mtime: float | None


class UserDataSpec(Item):
    """One named item of `user_data:`; unnamed ones are never created. `content` is its JSON value after variables."""

    __slots__ = ("content", "content_node", "is_ephemeral")

    content: Any
    content_node: Node | None  # None where `data` is absent or null
    is_ephemeral: bool


class ResourceRequirements(Record):
    node: Mapping
    name: Written
    num_cpus: int
    num_gpus: int
    num_nodes: int
    memory: Written
    runtime: Written  # the text, "PT1H" when omitted


class FailureRule(Record):
    exit_codes: tuple[int, ...]
    match_all_exit_codes: bool
    recovery_script: str | None
    max_retries: int


class FailureHandler(Record):
    node: Mapping
    name: Written
    rules: tuple[FailureRule, ...]


class Scheduler(Record):
    """One item of `slurm_schedulers:`; an unnamed one is never created."""

    node: Mapping
    name: Written | None
    nodes: int
    walltime: str
    mem: str | None
    gres: str | None


class Action(Record):
    node: Mapping
    trigger_type: Written
    action_type: Written
    jobs: tuple[Written, ...]
    has_jobs: bool  # `jobs` is there, even as an empty list
    job_name_regexes: tuple[Written, ...]
    has_job_name_regexes: bool
    commands: tuple[Written, ...] | None
    scheduler: Written | None
    scheduler_type: Written | None
    start_one_worker_per_node: bool
    persistent: bool


class Workflow:
    """A decoded spec. `problems` are in the order of the file.

    `loaded`: Torc gets past reading and expanding the spec (so it has jobs to count).
    `complete`: every job, file and user data item could be decoded, so that questions about the graph make sense.
    """

    __slots__ = (
        "actions",
        "complete",
        "document",
        "enable_ro_crate",
        "env",
        "execution_config",
        "failure_handlers",
        "fields",
        "files",
        "jobs",
        "loaded",
        "name",
        "node",
        "parameters",
        "problems",
        "resource_monitor",
        "resource_requirements",
        "schedulers",
        "settings",
        "stdio",
        "torc",
        "use_pending_failed",
        "user_data",
        "variables",
    )

    document: Document
    torc: str  # the Torc release that it is judged by
    node: Mapping | None  # None where the top level is no mapping
    name: Written | None
    env: tuple[tuple[str, Written], ...]  # after single-valued parameters were put in
    variables: dict[str, str]
    parameters: dict[str, Node]  # top-level `parameters` as written
    jobs: list[JobSpec]
    files: list[FileSpec]
    user_data: list[UserDataSpec]
    resource_requirements: list[ResourceRequirements]
    failure_handlers: list[FailureHandler]
    schedulers: list[Scheduler]
    actions: list[Action]
    execution_config: dict[str, Any]  # plain values, defaults filled in
    resource_monitor: dict[str, Any] | None  # plain values, defaults filled in; None where absent
    stdio: Stdio  # execution_config.stdio
    settings: dict[str, Any]  # the other top-level scalars that are set, by field name
    use_pending_failed: bool
    enable_ro_crate: bool
    fields: dict[str, Any]  # the decoded top-level fields that are set, by name
    problems: list[Problem]
    loaded: bool
    complete: bool
