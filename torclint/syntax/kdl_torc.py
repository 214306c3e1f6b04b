"""What Torc makes of KDL nodes: which node is which field of a spec (Torc 1.0.0, workflow_spec.rs:4593-5856)."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.syntax.kdl_fields import Fields, RefusedNode, Source, Table
from torclint.syntax.kdl_rules import block, checked_later, each, every, item, one, strict_strings, texts, values, whole
from torclint.syntax.kdl_steps import always_list, last_json, name, name_and, needs, no_entries, optional_name
from torclint.syntax.node import Mapping, Note, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from torclint.syntax.kdl_tree import KdlNode

_STDIO = Table({"mode": one(str), "delete_on_success": one(bool)})

_PARAMETERS = {"parameters": texts("Parameter"), "parameter_mode": one(str), "use_parameters": whole(str)}

_JOB = Table(
    {
        "command": one(str),
        "invocation_script": one(str),
        "env": texts("Environment key"),
        "cancel_on_blocking_job_failure": one(bool),
        "supports_termination": one(bool),
        "resource_requirements": one(str),
        "failure_handler": one(str),
        "depends_on": each("depends_on"),
        "depends_on_regexes": each("depends_on_regexes"),
        "input_file": each("input_files"),
        "output_file": each("output_files"),
        "input_user_data": each("input_user_data"),
        "output_user_data": each("output_user_data"),
        "scheduler": one(str),
        "labels": strict_strings("job labels must be string values"),
        "stdio": block(_STDIO),
        **_PARAMETERS,
    },
    frozenset(
        [
            "name", "priority", "input_files", "output_files", "input_file_regexes", "output_file_regexes",
            "input_user_data_regexes", "output_user_data_regexes", "parameters_file", "use_parameters_file",
        ]
    ),
)  # fmt: skip

_FILE = Table(
    {"path": one(str), "identifier": one(str), **_PARAMETERS},
    frozenset(["name", "st_mtime", "parameters_file", "use_parameters_file"]),
)

_USER_DATA = Table(
    {"is_ephemeral": one(bool), "data": checked_later(str)},
    frozenset(
        ["name", "parameters", "parameter_mode", "use_parameters", "parameters_file", "use_parameters_file"],
    ),
)

_RESOURCE_REQUIREMENTS = Table(
    {"num_cpus": one(int), "num_gpus": one(int), "num_nodes": one(int), "memory": one(str), "runtime": one(str)},
    frozenset(["name"]),
)

_FAILURE_RULE = Table(
    {
        "exit_codes": whole(int),
        "match_all_exit_codes": one(bool),
        "recovery_script": one(str),
        "max_retries": one(int),
    }
)

_FAILURE_HANDLER = Table({"rule": item("rules", _FAILURE_RULE, no_entries)}, frozenset(["name", "rules"]))

_SLURM_SCHEDULER = Table(
    {
        "account": one(str),
        "gres": one(str),
        "mem": one(str),
        "nodes": one(int),
        "ntasks_per_node": one(int),
        "partition": one(str),
        "qos": one(str),
        "tmp": one(str),
        "walltime": one(str),
        "extra": one(str),
        "serialize_allocations": one(bool),
    },
    frozenset(["name"]),
)

_ACTION = Table(
    {
        "trigger_type": one(str),
        "action_type": one(str),
        "job": each("jobs"),
        "jobs": every("jobs"),
        "job_name_regexes": each("job_name_regexes"),
        "command": each("commands"),
        "scheduler": one(str),
        "scheduler_type": one(str),
        "num_allocations": one(int),
        "start_one_worker_per_node": one(bool),
        "max_parallel_jobs": one(int),
        "persistent": one(bool),
    },
    frozenset(["commands"]),
)

_MONITORED = Table({"enabled": one(bool), "cpu": one(bool), "memory": one(bool), "granularity": one(str)})

_RESOURCE_MONITOR = Table(
    {
        "enabled": one(bool),
        "granularity": one(str),
        "sample_interval_seconds": one(int),
        "flush_interval_seconds": one(int),
        "generate_plots": one(bool),
        "jobs": block(_MONITORED),
        "compute_node": block(_MONITORED),
    }
)

_EXECUTION_CONFIG = Table(
    {
        "mode": one(str),
        "limit_resources": one(bool),
        "enable_cpu_bind": one(bool),
        "termination_signal": one(str),
        "srun_termination_signal": one(str),
        "srun_mpi": one(str),
        "sigterm_lead_seconds": one(int),
        "sigkill_headroom_seconds": one(int),
        "timeout_exit_code": one(int),
        "oom_exit_code": one(int),
        "stdio": block(_STDIO),
    },
    frozenset(["staggered_start", "job_stdio_overrides"]),
)

_WORKFLOW = Table(
    {
        "name": one(str),
        "user": one(str),
        "description": one(str),
        "compute_node_expiration_buffer_seconds": one(int),
        "compute_node_wait_for_new_jobs_seconds": one(int),
        "compute_node_wait_for_healthy_database_minutes": one(int),
        "compute_node_ignore_workflow_completion": one(bool),
        "use_pending_failed": one(bool),
        "parameters": texts("Parameter"),
        "variables": texts("Variable"),
        "env": texts("Environment key"),
        "job": item("jobs", _JOB, name),
        "file": item("files", _FILE, name_and("path", "identifier"), needs("path")),
        "user_data": item("user_data", _USER_DATA, optional_name, last_json("data")),
        "resource_requirements": item("resource_requirements", _RESOURCE_REQUIREMENTS, name),
        "failure_handler": item("failure_handlers", _FAILURE_HANDLER, name, always_list("rules")),
        "slurm_scheduler": item("slurm_schedulers", _SLURM_SCHEDULER, optional_name),
        "action": item("actions", _ACTION, no_entries),
        "resource_monitor": block(_RESOURCE_MONITOR),
        "slurm_defaults": values(),
        "execution_config": block(_EXECUTION_CONFIG),
    },
    frozenset(
        [
            "project", "metadata", "parameters_file", "dynamic_jobs", "enable_ro_crate", "access_groups",
            "jobs", "files", "failure_handlers", "slurm_schedulers", "actions",
        ]
    ),
)  # fmt: skip


_BY_STRUCT = {
    "WorkflowSpec": _WORKFLOW,
    "JobSpec": _JOB,
    "FileSpec": _FILE,
    "UserDataSpec": _USER_DATA,
    "ResourceRequirementsSpec": _RESOURCE_REQUIREMENTS,
    "FailureHandlerSpec": _FAILURE_HANDLER,
    "FailureHandlerRuleSpec": _FAILURE_RULE,
    "SlurmSchedulerSpec": _SLURM_SCHEDULER,
    "WorkflowActionSpec": _ACTION,
    "StdioConfig": _STDIO,
    "ExecutionConfig": _EXECUTION_CONFIG,
    "ResourceMonitorConfig": _RESOURCE_MONITOR,
    "JobMonitorConfig": _MONITORED,
    "ComputeNodeMonitorConfig": _MONITORED,
}


def node_names(struct: str) -> tuple[str, ...]:
    """The nodes that Torc looks for in the block of a struct of the spec; none where it has no place in KDL."""
    table = _BY_STRUCT.get(struct)
    return () if table is None else tuple(table.rules)


def spec_tree(text: str, nodes: Iterable[KdlNode]) -> tuple[Mapping, tuple[Note, ...]]:
    """The tree that Torc takes from `nodes`, and what it passes over.

    Raises ParseError where Torc refuses: for a syntax error anywhere before a node that it cannot use.
    """
    fields = Fields(Source(text))
    place = _Place(nodes)
    try:
        fields.read(place, _WORKFLOW)
    except RefusedNode:
        for _ in place:  # raises if the rest is not KDL
            pass
        raise
    if "jobs" not in fields.lists:
        fields.entries.append((Scalar("jobs", place.end, place.end), Sequence([], place.end, place.end, False)))
    return Mapping(fields.entries, place.start, place.end, False), tuple(fields.source.notes)


class _Place:
    """Hands nodes on and remembers from where to where they go."""

    def __init__(self, nodes: Iterable[KdlNode]) -> None:
        self.start = self.end = 0
        self._nodes = iter(nodes)
        self._first = True

    def __iter__(self) -> Iterator[KdlNode]:
        for node in self._nodes:
            if self._first:
                self.start = node.start
                self._first = False
            self.end = node.end
            yield node
