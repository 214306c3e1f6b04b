"""Decoded structs to the parts of a Workflow: jobs, files, user data, and the named things they refer to."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.fields import EXECUTION_CONFIG, JOB_MONITOR, MONITOR, NODE_MONITOR
from torclint.spec.model import (
    Action,
    FailureHandler,
    FailureRule,
    FileSpec,
    JobSpec,
    ResourceRequirements,
    Scheduler,
    Stdio,
    UserDataSpec,
    Written,
)
from torclint.syntax.node import Scalar

if TYPE_CHECKING:
    from typing import Any

    from torclint.spec.domain import Domain
    from torclint.spec.fields import Struct
    from torclint.spec.reader import Decoded


def job(decoded: Decoded, domain: Domain) -> JobSpec | None:
    """None where name or command could not be read."""
    values = decoded.values
    if "name" not in values or "command" not in values:
        return None
    get = values.get
    spec = JobSpec(decoded.index, decoded.node, values["name"], domain)
    spec.command = values["command"]
    spec.invocation_script = get("invocation_script")
    spec.env = get("env", ())
    spec.cancel_on_blocking_job_failure = get("cancel_on_blocking_job_failure", True)
    spec.resource_requirements = get("resource_requirements")
    spec.failure_handler = get("failure_handler")
    spec.depends_on = get("depends_on", ())
    spec.depends_on_regexes = get("depends_on_regexes", ())
    spec.input_files = get("input_files", ())
    spec.input_file_regexes = get("input_file_regexes", ())
    spec.output_files = get("output_files", ())
    spec.output_file_regexes = get("output_file_regexes", ())
    spec.input_user_data = get("input_user_data", ())
    spec.input_user_data_regexes = get("input_user_data_regexes", ())
    spec.output_user_data = get("output_user_data", ())
    spec.output_user_data_regexes = get("output_user_data_regexes", ())
    spec.scheduler = get("scheduler")
    spec.labels = get("labels", ())
    spec.priority = get("priority", 0)
    written = get("stdio")
    spec.stdio = None if written is None else stdio(written)
    return spec


def file(decoded: Decoded, domain: Domain) -> FileSpec | None:
    """None where name or path could not be read."""
    values = decoded.values
    if "name" not in values or "path" not in values:
        return None
    spec = FileSpec(decoded.index, decoded.node, values["name"], domain)
    spec.path = values["path"]
    spec.identifier = values.get("identifier")
    spec.st_mtime = values.get("st_mtime")
    return spec


def user_data(decoded: Decoded, domain: Domain) -> UserDataSpec | None:
    """None where it has no name: Torc never creates it (Torc 1.0.0, workflow_spec.rs:3858)."""
    values = decoded.values
    if "name" not in values:
        return None
    spec = UserDataSpec(decoded.index, decoded.node, values["name"], domain)
    spec.content, spec.content_node = values.get("data", (None, None))
    spec.is_ephemeral = values.get("is_ephemeral", False)
    return spec


def stdio(decoded: Decoded | None) -> Stdio:
    """Fields that are left out have their defaults; nothing is taken over from another stdio (models.rs:851)."""
    if decoded is None:
        return Stdio()
    return Stdio(decoded.values.get("mode", "separate"), decoded.values.get("delete_on_success", False))


def resource_requirements(decoded: Decoded) -> ResourceRequirements | None:
    """None where a required field could not be read."""
    get = decoded.values.get
    name, cpus, memory = get("name"), get("num_cpus"), get("memory")
    if name is None or cpus is None or memory is None:
        return None
    node = decoded.node
    runtime = get("runtime") or Written("PT1H", Scalar("PT1H", node.start, node.start))
    return ResourceRequirements(node, name, cpus, get("num_gpus", 0), get("num_nodes", 1), memory, runtime)


def failure_handler(decoded: Decoded) -> FailureHandler | None:
    """None where the name could not be read."""
    if "name" not in decoded.values:
        return None
    rules = tuple(map(_failure_rule, decoded.values.get("rules", ())))
    return FailureHandler(decoded.node, decoded.values["name"], rules)


def _failure_rule(decoded: Decoded) -> FailureRule:
    get = decoded.values.get
    script: Written | None = get("recovery_script")
    text = None if script is None else script.text
    return FailureRule(get("exit_codes", ()), get("match_all_exit_codes", False), text, get("max_retries", 3))


def scheduler(decoded: Decoded) -> Scheduler:
    get = decoded.values.get
    walltime: Written | None = get("walltime")
    mem, gres = get("mem"), get("gres")
    return Scheduler(
        decoded.node,
        get("name"),
        get("nodes", 1),
        "01:00:00" if walltime is None else walltime.text,
        None if mem is None else mem.text,
        None if gres is None else gres.text,
    )


def action(decoded: Decoded) -> Action | None:
    """None where trigger or action type could not be read."""
    values = decoded.values
    if "trigger_type" not in values or "action_type" not in values:
        return None
    get = values.get
    return Action(
        decoded.node,
        values["trigger_type"],
        values["action_type"],
        get("jobs", ()),
        "jobs" in values,
        get("job_name_regexes", ()),
        "job_name_regexes" in values,
        get("commands"),
        get("scheduler"),
        get("scheduler_type"),
        get("start_one_worker_per_node", False),
        get("persistent", False),
    )


def with_defaults(decoded: Decoded | None, struct: Struct) -> dict[str, Any]:
    """Plain values of every field of a struct without structs in it, defaults filled in."""
    values = {} if decoded is None else decoded.values
    return {field.name: _plain(values.get(field.name, field.default)) for field in struct.fields}


def _plain(value: Any) -> Any:
    return value.text if isinstance(value, Written) else value


def execution_config(decoded: Decoded | None) -> dict[str, Any]:
    """Plain values by field name, `stdio` a Stdio, `job_stdio_overrides` a dict of Stdio."""
    found = with_defaults(decoded, EXECUTION_CONFIG)
    found["stdio"] = stdio(found["stdio"])
    found["job_stdio_overrides"] = {name: stdio(one) for name, one in (found["job_stdio_overrides"] or {}).items()}
    return found


def resource_monitor(decoded: Decoded) -> dict[str, Any]:
    """Plain values by field name; `jobs` is never None (models.rs:959), `compute_node` is where it is absent."""
    found = with_defaults(decoded, MONITOR)
    if found["jobs"] is None:
        found["jobs"] = {"enabled": found["enabled"], "granularity": found["granularity"]}
    else:
        found["jobs"] = with_defaults(found["jobs"], JOB_MONITOR)
    if found["compute_node"] is not None:
        found["compute_node"] = with_defaults(found["compute_node"], NODE_MONITOR)
    return found
