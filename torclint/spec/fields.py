"""Every field of a Torc 1.0 workflow spec: its type, default, whether null is taken, and what it does.

One table, and only data: decoding, the JSON Schema, the reference page and completion are derived from it.
Source: Torc 1.0.0, workflow_spec.rs:219-765 and 1438-1533, models.rs:646-956; fields stand in the order of declaration,
which is the order of the values when a struct is written as a list.
"""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.spec.versions import in_force

if TYPE_CHECKING:
    Default = None | bool | int | float | str | tuple[()]

# Kinds of value. `of` names the struct or enum where a kind needs one.
STRING = "string"
I64 = "i64"
I32 = "i32"
FLOAT = "float"
BOOL = "bool"
STRINGS = "strings"  # a list of strings
NAMES = "names"  # a list of strings that variables are not put into
I32S = "i32s"  # a list of 32-bit integers
STRING_MAP = "string map"
VARIABLES = "variables"  # a map of strings that variables are not put into
PARAMETERS = "parameters"  # a map of any values, each taken for its text
ANY = "any"
ANY_MAP = "any map"
ENUM = "enum"
STRUCT = "struct"
STRUCTS = "structs"  # a list of structs
STRUCT_MAP = "struct map"

REQUIRED = "required"
OPTIONAL = "optional"  # null is taken for absent; a struct written as a list must hold it all the same
DEFAULTED = "defaulted"  # null is an error; may be left off the end of a list
OPTIONAL_AT_END = "optional at end"  # null is taken for absent; may be left off the end of a list


class Field(Record):
    """One field. `default` is what Torc works with when the field is absent; None where nothing is.

    `since` and `until`: the Torc release that brought it, and the one that took it away ("" for none).
    """

    name: str
    kind: str
    presence: str
    doc: str
    of: str = ""
    default: Default = None
    examples: tuple[str, ...] = ()
    since: str = "1.0"
    until: str = ""

    @property
    def nullable(self) -> bool:
        return self.presence in (OPTIONAL, OPTIONAL_AT_END)


class Struct(Record):
    """A struct of the spec. `open`: unknown keys are passed over instead of refused."""

    name: str
    noun: str
    doc: str
    fields: tuple[Field, ...]
    open: bool = False

    def at(self, version: str) -> Struct:
        """The struct with the fields that it has in a Torc release."""
        return self._replace(fields=tuple(each for each in self.fields if in_force(each.since, each.until, version)))


ENUMS: dict[str, tuple[str, ...]] = {
    "StdioMode": ("separate", "combined", "no_stdout", "no_stderr", "none"),
    "ExecutionMode": ("direct", "slurm", "auto"),
    "MonitorGranularity": ("summary", "time_series"),
}

TRIGGER_TYPES = (
    "on_workflow_start",
    "on_workflow_complete",
    "on_worker_start",
    "on_worker_complete",
    "on_jobs_ready",
    "on_jobs_complete",
)
JOB_TRIGGERS = ("on_jobs_ready", "on_jobs_complete")
ACTION_TYPES = ("run_commands", "schedule_nodes")
SLURM_DEFAULTS_EXCLUDED = ("partition", "nodes", "walltime", "time", "mem", "gres", "name", "job-name")

PARAMETER_FIELDS = (
    Field(
        "parameters",
        PARAMETERS,
        OPTIONAL_AT_END,
        "Values that this item is expanded over: ranges, lists, files of values.",
        examples=("1:100", "[0.1,0.2]", "@values.txt"),
    ),
    Field(
        "parameter_mode",
        STRING,
        OPTIONAL,
        "How several parameters combine: `zip` (side by side) or `product` (every combination), as any other text is.",
        default="product",
        examples=("product", "zip"),
    ),
    Field(
        "use_parameters",
        NAMES,
        OPTIONAL,
        "Names of workflow parameters that this item is expanded over; ignored when `parameters` is there.",
    ),
    Field(
        "parameters_file",
        STRING,
        OPTIONAL,
        "A CSV, JSON or JSONL table; each row is one item. The path is taken from the working directory.",
        examples=("sweep.csv",),
    ),
    Field(
        "use_parameters_file",
        BOOL,
        OPTIONAL,
        "Expand over the rows of the workflow's `parameters_file`.",
        default=False,
    ),
)

WORKFLOW = Struct(
    "WorkflowSpec",
    "workflow",
    "A Torc workflow.",
    (
        Field("name", STRING, REQUIRED, "Name of the workflow."),
        Field("user", STRING, OPTIONAL, "Ignored: Torc puts in the name of the user who creates the workflow."),
        Field("description", STRING, OPTIONAL, "Free text about the workflow."),
        Field(
            "parameters",
            PARAMETERS,
            OPTIONAL_AT_END,
            "Parameters that jobs, files and user data take with `use_parameters`.",
            examples=("1:100", "[a,b]"),
        ),
        Field(
            "parameters_file",
            STRING,
            OPTIONAL,
            "A table of parameter values that items take with `use_parameters_file: true`.",
            examples=("sweep.csv",),
        ),
        Field(
            "variables",
            VARIABLES,
            OPTIONAL,
            "Constant texts put in for `{name}` in every string of the spec. With it every `{name}` must be known.",
        ),
        Field("env", STRING_MAP, OPTIONAL, "Environment variables of every job; a job's own value wins."),
        Field(
            "compute_node_expiration_buffer_seconds",
            I64,
            OPTIONAL,
            "Deprecated: Torc logs a note and drops the value.",
        ),
        Field(
            "compute_node_wait_for_new_jobs_seconds",
            I64,
            OPTIONAL,
            "How long a runner without work waits for jobs to become ready; 0 or less disables the exit.",
            default=90,
        ),
        Field(
            "compute_node_ignore_workflow_completion",
            BOOL,
            OPTIONAL,
            "Keep runners alive after the workflow is complete.",
            default=False,
        ),
        Field(
            "compute_node_wait_for_healthy_database_minutes",
            I64,
            OPTIONAL,
            "How long a runner waits for a server that does not answer.",
            default=20,
        ),
        Field("jobs", STRUCTS, REQUIRED, "The jobs; may be an empty list.", of="JobSpec"),
        Field("files", STRUCTS, OPTIONAL, "The files that jobs read and write.", of="FileSpec"),
        Field("user_data", STRUCTS, OPTIONAL, "JSON values that jobs read and write.", of="UserDataSpec"),
        Field(
            "resource_requirements",
            STRUCTS,
            OPTIONAL,
            "Named sets of resources that jobs ask for; `default` is made by Torc.",
            of="ResourceRequirementsSpec",
        ),
        Field("failure_handlers", STRUCTS, OPTIONAL, "Named rules for failed jobs.", of="FailureHandlerSpec"),
        Field("slurm_schedulers", STRUCTS, OPTIONAL, "Named Slurm allocations.", of="SlurmSchedulerSpec"),
        Field(
            "slurm_defaults",
            ANY_MAP,
            OPTIONAL,
            "sbatch options for every allocation; strings, numbers and booleans are used, other values skipped.",
            examples=("qos", "constraint", "mail-user"),
        ),
        Field("resource_monitor", STRUCT, OPTIONAL, "What is measured while jobs run.", of="ResourceMonitorConfig"),
        Field("actions", STRUCTS, OPTIONAL, "What Torc does at points of the workflow.", of="WorkflowActionSpec"),
        Field("dynamic_jobs", STRUCT, OPTIONAL, "Limits for jobs that create jobs.", of="DynamicJobsConfig"),
        Field(
            "use_pending_failed",
            BOOL,
            OPTIONAL,
            "A failed job without a matching failure rule waits for a decision instead of failing.",
            default=False,
        ),
        Field("enable_ro_crate", BOOL, OPTIONAL, "Record provenance as an RO-Crate.", default=False),
        Field("project", STRING, OPTIONAL, "Project that the workflow belongs to."),
        Field("metadata", ANY_MAP, OPTIONAL, "Any JSON object; not its JSON text."),
        Field("execution_config", STRUCT, OPTIONAL, "How jobs are run and stopped.", of="ExecutionConfig"),
        Field("access_groups", STRINGS, OPTIONAL, "Groups of users that may see the workflow."),
    ),
)

JOB = Struct(
    "JobSpec",
    "job",
    "A job, or with parameters as many jobs as they have combinations.",
    (
        Field("name", STRING, REQUIRED, "Name of the job, unique after expansion.", examples=("work_{i:03d}",)),
        Field("command", STRING, REQUIRED, "What `bash -c` runs.", examples=("python work.py",)),
        Field("invocation_script", STRING, OPTIONAL, "Text put before the command; not a path of a script."),
        Field("env", STRING_MAP, OPTIONAL, "Environment variables of this job."),
        Field(
            "cancel_on_blocking_job_failure",
            BOOL,
            OPTIONAL,
            "Cancel this job when a job it waits for fails.",
            default=True,
        ),
        Field("supports_termination", BOOL, OPTIONAL, "Ignored by Torc 1.0."),
        Field("resource_requirements", STRING, OPTIONAL, "Name of the resources it needs.", default="default"),
        Field("failure_handler", STRING, OPTIONAL, "Name of its failure handler; parameters are not put in."),
        Field("depends_on", STRINGS, OPTIONAL, "Names of jobs it waits for."),
        Field(
            "depends_on_regexes", STRINGS, OPTIONAL, "Rust patterns searched in job names; it waits for all of them."
        ),
        Field("input_files", STRINGS, OPTIONAL, "Names (not paths) of files it reads; it waits for their producers."),
        Field("input_file_regexes", STRINGS, OPTIONAL, "Rust patterns searched in file names it reads."),
        Field("output_files", STRINGS, OPTIONAL, "Names of files it writes; they must be there when it ends."),
        Field("output_file_regexes", STRINGS, OPTIONAL, "Rust patterns searched in file names it writes."),
        Field("input_user_data", STRINGS, OPTIONAL, "Names of user data it reads."),
        Field("input_user_data_regexes", STRINGS, OPTIONAL, "Rust patterns searched in names of user data it reads."),
        Field("output_user_data", STRINGS, OPTIONAL, "Names of user data it writes."),
        Field("output_user_data_regexes", STRINGS, OPTIONAL, "Rust patterns searched in names of user data it writes."),
        Field("scheduler", STRING, OPTIONAL, "Name of the Slurm scheduler whose allocations should run it."),
        *PARAMETER_FIELDS,
        Field(
            "stdio", STRUCT, OPTIONAL, "Its output files; replaces the workflow's setting as a whole.", of="StdioConfig"
        ),
        Field("priority", I64, OPTIONAL, "Jobs with a higher number are taken first; 0 or more.", default=0),
        Field("labels", STRINGS, OPTIONAL, "Only runners started with every one of these labels take the job."),
    ),
)

FILE = Struct(
    "FileSpec",
    "file",
    "A file that jobs read or write.",
    (
        Field("name", STRING, REQUIRED, "Name that jobs use for it, unique after expansion."),
        Field("path", STRING, REQUIRED, "Where the file is, from the working directory of the runner."),
        Field("identifier", STRING, OPTIONAL, "A stable identifier for the RO-Crate, of an input file only."),
        Field("st_mtime", FLOAT, OPTIONAL, "Time of the last change, in seconds since 1970."),
        *PARAMETER_FIELDS,
    ),
)

USER_DATA = Struct(
    "UserDataSpec",
    "user data",
    "A JSON value that jobs read or write.",
    (
        Field("is_ephemeral", BOOL, OPTIONAL, "Clear the value when the workflow is started again.", default=False),
        Field("name", STRING, OPTIONAL, "Name that jobs use for it; an item without a name is never created."),
        Field("data", ANY, OPTIONAL, "The value."),
        *PARAMETER_FIELDS,
    ),
)

ACTION = Struct(
    "WorkflowActionSpec",
    "action",
    "Commands to run, or nodes to ask for, at a point of the workflow.",
    (
        Field("trigger_type", STRING, REQUIRED, "When it happens.", examples=TRIGGER_TYPES),
        Field("action_type", STRING, REQUIRED, "What happens.", examples=ACTION_TYPES),
        Field("jobs", STRINGS, OPTIONAL, "Names of jobs; the trigger waits for all of them."),
        Field("job_name_regexes", STRINGS, OPTIONAL, "Rust patterns searched in job names."),
        Field("commands", STRINGS, OPTIONAL, "Commands of `run_commands`, run one after the other."),
        Field("scheduler", STRING, OPTIONAL, "Name of the scheduler of `schedule_nodes`."),
        Field("scheduler_type", STRING, OPTIONAL, "Kind of the scheduler; runners know `slurm`.", examples=("slurm",)),
        Field("num_allocations", I64, OPTIONAL, "How many allocations `schedule_nodes` asks for.", default=1),
        Field("start_one_worker_per_node", BOOL, OPTIONAL, "Start a runner on every node.", default=False),
        Field("max_parallel_jobs", I32, OPTIONAL, "How many jobs a runner of these nodes runs at a time."),
        Field("persistent", BOOL, OPTIONAL, "Every runner may do it, not only the first.", default=False),
    ),
)

RESOURCE_REQUIREMENTS = Struct(
    "ResourceRequirementsSpec",
    "resource requirements",
    "Resources that a job needs.",
    (
        Field("name", STRING, REQUIRED, "Name that jobs use for it; not `default`."),
        Field("num_cpus", I64, REQUIRED, "Number of CPUs, 1 or more."),
        Field("num_gpus", I64, DEFAULTED, "Number of GPUs.", default=0),
        Field("num_nodes", I64, DEFAULTED, "Number of nodes, 1 or more.", default=1),
        Field("memory", STRING, REQUIRED, "An integer with k, m, g or t (1024-based).", examples=("512m", "4g")),
        Field("runtime", STRING, DEFAULTED, "ISO 8601 duration.", default="PT1H", examples=("PT30M", "P1DT2H")),
    ),
)

FAILURE_RULE = Struct(
    "FailureHandlerRuleSpec",
    "failure rule",
    "What to do after certain exit codes.",
    (
        Field("exit_codes", I32S, DEFAULTED, "Exit codes that it is for.", default=()),
        Field("match_all_exit_codes", BOOL, DEFAULTED, "It is for every exit code no other rule lists.", default=False),
        Field("recovery_script", STRING, OPTIONAL, "What `bash -c` runs before the job is tried again."),
        Field(
            "max_retries", I32, DEFAULTED, "How often the job is run in all; 1 means it is not tried again.", default=3
        ),
    ),
)

FAILURE_HANDLER = Struct(
    "FailureHandlerSpec",
    "failure handler",
    "Rules for failed jobs.",
    (
        Field("name", STRING, REQUIRED, "Name that jobs use for it."),
        Field("rules", STRUCTS, REQUIRED, "The rules, in order.", of="FailureHandlerRuleSpec"),
    ),
)

SCHEDULER = Struct(
    "SlurmSchedulerSpec",
    "scheduler",
    "A kind of Slurm allocation.",
    (
        Field("name", STRING, OPTIONAL, "Name that jobs and actions use for it; without one it is never created."),
        Field("account", STRING, REQUIRED, "Slurm account."),
        Field("gres", STRING, OPTIONAL, "Generic resources.", examples=("gpu:2", "gpu:a100:4")),
        Field("mem", STRING, OPTIONAL, "Memory of a node: an integer with k, m, g or t.", examples=("240g",)),
        Field("nodes", I64, DEFAULTED, "Number of nodes of an allocation.", default=1),
        Field("ntasks_per_node", I64, OPTIONAL, "sbatch --ntasks-per-node."),
        Field("partition", STRING, OPTIONAL, "Slurm partition."),
        Field("qos", STRING, OPTIONAL, "Slurm quality of service."),
        Field("tmp", STRING, OPTIONAL, "sbatch --tmp."),
        Field(
            "walltime",
            STRING,
            DEFAULTED,
            "MM, MM:SS, HH:MM:SS or D-HH:MM:SS.",
            default="01:00:00",
            examples=("04:00:00", "1-00:00:00"),
        ),
        Field("extra", STRING, OPTIONAL, "More sbatch options, as text."),
        Field("serialize_allocations", BOOL, OPTIONAL, "Let one allocation start only after the one before."),
    ),
)

DYNAMIC_JOBS = Struct(
    "DynamicJobsConfig",
    "dynamic jobs",
    "Limits for jobs that create jobs.",
    (Field("max_iterations", I64, OPTIONAL, "How often a line of jobs may create jobs; 1 or more.", default=1000),),
)

STDIO = Struct(
    "StdioConfig",
    "stdio",
    "What becomes of a job's output.",
    (
        Field("mode", ENUM, DEFAULTED, "Which output goes to which file.", of="StdioMode", default="separate"),
        Field("delete_on_success", BOOL, OPTIONAL, "Remove the files when the job ends with code 0.", default=False),
    ),
)

EXECUTION_CONFIG = Struct(
    "ExecutionConfig",
    "execution config",
    "How jobs are run and stopped.",
    (
        Field(
            "mode", ENUM, DEFAULTED, "Run jobs directly, with srun, or what fits.", of="ExecutionMode", default="direct"
        ),
        Field("sigkill_headroom_seconds", I64, OPTIONAL, "Time kept before the end of the allocation.", default=60),
        Field("timeout_exit_code", I32, OPTIONAL, "Exit code of jobs stopped at the end of the time.", default=152),
        Field("staggered_start", BOOL, OPTIONAL, "Let runners start one after the other.", default=True),
        Field("limit_resources", BOOL, OPTIONAL, "Stop jobs that take more memory than they asked for.", default=True),
        Field("termination_signal", STRING, OPTIONAL, "First signal to a job that must stop.", default="SIGTERM"),
        Field("sigterm_lead_seconds", I64, OPTIONAL, "Time from that signal to SIGKILL.", default=30),
        Field("oom_exit_code", I32, OPTIONAL, "Exit code of jobs that took too much memory.", default=137),
        Field("srun_termination_signal", STRING, OPTIONAL, "srun --signal, in Slurm mode.", examples=("TERM@120",)),
        Field("srun_mpi", STRING, OPTIONAL, "srun --mpi of the runners, one word.", examples=("none", "pmix")),
        Field("enable_cpu_bind", BOOL, OPTIONAL, "Bind jobs to CPUs, in Slurm mode.", default=False),
        Field("stdio", STRUCT, OPTIONAL, "Output files of jobs that do not say it themselves.", of="StdioConfig"),
        Field(
            "job_stdio_overrides",
            STRUCT_MAP,
            OPTIONAL,
            "Output files of jobs by name; dropped when any job has `stdio`.",
            of="StdioConfig",
        ),
    ),
)

JOB_MONITOR = Struct(
    "JobMonitorConfig",
    "job monitor",
    "Measuring jobs.",
    (
        Field("enabled", BOOL, DEFAULTED, "Measure jobs.", default=False),
        Field("granularity", ENUM, DEFAULTED, "Totals or a series.", of="MonitorGranularity", default="summary"),
    ),
    open=True,
)

NODE_MONITOR = Struct(
    "ComputeNodeMonitorConfig",
    "compute node monitor",
    "Measuring compute nodes.",
    (
        Field("enabled", BOOL, DEFAULTED, "Measure the node.", default=False),
        Field("granularity", ENUM, DEFAULTED, "Totals or a series.", of="MonitorGranularity", default="summary"),
        Field("cpu", BOOL, DEFAULTED, "Measure the CPUs.", default=True),
        Field("memory", BOOL, DEFAULTED, "Measure the memory.", default=True),
    ),
    open=True,
)

MONITOR = Struct(
    "ResourceMonitorConfig",
    "resource monitor",
    "What is measured while jobs run.",
    (
        Field("enabled", BOOL, DEFAULTED, "Measure jobs; counts only while `jobs` is absent.", default=False),
        Field(
            "granularity",
            ENUM,
            DEFAULTED,
            "Totals or a series; counts only while `jobs` is absent.",
            of="MonitorGranularity",
            default="summary",
        ),
        Field("sample_interval_seconds", I32, DEFAULTED, "Time between two measurements.", default=10),
        Field("flush_interval_seconds", I32, DEFAULTED, "Time between two writes to the database.", default=300),
        Field("generate_plots", BOOL, DEFAULTED, "Draw plots at the end.", default=False),
        Field("jobs", STRUCT, OPTIONAL_AT_END, "Measuring jobs.", of="JobMonitorConfig"),
        Field("compute_node", STRUCT, OPTIONAL_AT_END, "Measuring the node.", of="ComputeNodeMonitorConfig"),
    ),
    open=True,
)

STRUCT_LIST = (
    WORKFLOW,
    JOB,
    FILE,
    USER_DATA,
    ACTION,
    RESOURCE_REQUIREMENTS,
    FAILURE_RULE,
    FAILURE_HANDLER,
    SCHEDULER,
    DYNAMIC_JOBS,
    STDIO,
    EXECUTION_CONFIG,
    JOB_MONITOR,
    NODE_MONITOR,
    MONITOR,
)
ALL_STRUCTS = {struct.name: struct for struct in STRUCT_LIST}

ITEM_STRUCTS = frozenset(("JobSpec", "FileSpec", "UserDataSpec"))
VITAL_STRUCTS = ITEM_STRUCTS | {"WorkflowSpec"}

# Fields of earlier versions: what is written instead (workflow_spec.rs:1599)
REMOVED_FIELDS = {"slurm_config": "execution_config"}

# Structs that problems inside them are said to be about
SUBJECT_STRUCTS = ITEM_STRUCTS | {
    "WorkflowActionSpec",
    "ResourceRequirementsSpec",
    "FailureHandlerSpec",
    "SlurmSchedulerSpec",
}

# Fields that decide which items there are and how they hang together: without them the graph says nothing
VITAL_FIELDS = frozenset(
    (
        "command",
        "data",
        "depends_on",
        "depends_on_regexes",
        "files",
        "input_file_regexes",
        "input_files",
        "input_user_data",
        "input_user_data_regexes",
        "invocation_script",
        "jobs",
        "name",
        "output_file_regexes",
        "output_files",
        "output_user_data",
        "output_user_data_regexes",
        "parameter_mode",
        "parameters",
        "parameters_file",
        "path",
        "use_parameters",
        "use_parameters_file",
        "user_data",
    )
)
