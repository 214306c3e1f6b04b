"""All commands with their arguments and options, in one table: parsing, help and completion derive from it."""

from __future__ import annotations

from torclint.cli.formats import FORMATS
from torclint.record import TYPE_CHECKING, Record
from torclint.rules.base import SEVERITIES
from torclint.rules.thresholds import Thresholds
from torclint.spec.versions import CURRENT, VERSIONS

if TYPE_CHECKING:
    from typing import Any


class Option(Record):
    """One option. `kind` is "flag", "text", "number" (a whole number, from `least` on), "choice", or "texts": may be
    given more than once."""

    flags: tuple[str, ...]
    kind: str
    help: str
    default: Any = None
    choices: tuple[str, ...] = ()
    metavar: str = ""
    least: int = 0

    @property
    def name(self) -> str:
        return self.flags[0].lstrip("-").replace("-", "_")


class Argument(Record):
    """A positional argument; `many` takes all that are given, and `required` at least one."""

    name: str
    metavar: str
    many: bool = False
    required: bool = True


class Command(Record):
    """One command. The module of its name in torclint.cli holds `Options`, with a field for each argument and
    option, and `run(options) -> exit code`."""

    name: str
    summary: str
    arguments: tuple[Argument, ...] = ()
    options: tuple[Option, ...] = ()
    notes: str = ""

    @property
    def module(self) -> str:
        return f"torclint.cli.{self.name}"


DEFAULTS = Thresholds()
_FORMAT = Option(("--format", "-f"), "choice", "How to report.", "text", ("text", "json"))

_COLOR = Option(
    ("--color",), "choice", "Colours in the output; auto follows the terminal, NO_COLOR and FORCE_COLOR.",
    "auto", ("auto", "always", "never"),
)  # fmt: skip
_TORC_VERSION = Option(("--torc-version",), "choice", "The Torc release to judge by.", CURRENT, VERSIONS)
_TORC_VERSION_SET = Option(
    ("--torc-version",), "choice", f"The Torc release to judge by; {CURRENT} if not set.", None, VERSIONS
)
_STDIN_FILENAME = Option(
    ("--stdin-filename",), "text", "What reports call the text from stdin; the ending tells its format.",
    None, metavar="NAME",
)  # fmt: skip
_CONFIG = (
    Option(
        ("--config",), "text", "The configuration file to use, in place of the nearest torclint.toml or pyproject.toml.",
        None, metavar="FILE",
    ),
    Option(("--isolated",), "flag", "Use no configuration file.", False),
)  # fmt: skip
_THRESHOLDS = (
    Option(
        ("--min-jobs",), "number", "Jobs on the larger side from which a block of dependencies is worth a barrier; "
        f"{DEFAULTS.min_jobs} if not set.", None, metavar="N", least=1,
    ),
    Option(
        ("--min-saving",), "number", "Dependencies that a barrier must save, net of its own; "
        f"{DEFAULTS.min_saving:,} if not set.", None, metavar="EDGES", least=1,
    ),
)  # fmt: skip
_ENGINES = (
    Option(("--engine",), "choice", "Who runs the jobs: this machine, Torc itself, or HyperQueue.", "local",
           ("local", "torc", "hyperqueue")),
    Option(("--url",), "text", "The Torc server; TORC_API_URL, or the one on this machine, if not given.",
           None, metavar="URL"),
    Option(("--standalone",), "flag", "Start a Torc server for this run alone.", False),
    Option(("--create-only",), "flag", "Leave the workflow on the Torc server, and run nothing.", False),
    Option(("--submit",), "flag", "Let Torc submit the workflow to Slurm, and follow it.", False),
    Option(("--server-dir",), "text", "The folder of a running HyperQueue server.", None, metavar="DIR"),
    Option(("--workers",), "number", "Without one: HyperQueue workers to start on this machine for this run; 1 if not given.",
           None, metavar="N", least=1),
    Option(("--fix",), "flag", "Run the spec with barriers where they save dependencies; the file stays as it is.", False),
)  # fmt: skip

_CAPACITY = (
    Option(("--cpus",), "number", "CPUs that jobs may use together; all of them if not given.", None, metavar="N", least=1),
    Option(("--memory",), "text", "Memory that jobs may use together, such as 2g; all of it if not given.",
           None, metavar="SIZE"),
    Option(("--gpus",), "number", "GPUs that jobs may use together; all of them if not given.", None, metavar="N"),
    Option(("--jobs", "-j"), "number", "Jobs that run at once, at most.", None, metavar="N", least=1),
)  # fmt: skip
_FAILURES = (
    Option(("--keep-going",), "flag", "Go on after a failure with all that does not depend on it, which is the "
           "default.", False),
    Option(("--fail-fast",), "flag", "End the run when a job fails, also the jobs that are running.", False),
    Option(("--timeout",), "text", "End each attempt of a job after so long, such as 90, 15m or 1.5h.", None, metavar="TIME"),
    Option(("--enforce-runtime",), "flag", "End jobs that take longer than their declared runtime.", False),
)  # fmt: skip
_TOLD = (
    _FORMAT,
    Option(("--log-format",), "choice", "How to tell what happens meanwhile: for people, or a JSON object a line.",
           "text", ("text", "json")),
    Option(("--trace",), "text", "Write what ran when to this file, for chrome://tracing or Perfetto.", None, metavar="FILE"),
    Option(("--quiet", "-q"), "flag", "Tell only what goes wrong, and the end.", False),
    Option(("--verbose", "-v"), "flag", "Tell of every job that starts and ends, also in large runs.", False),
)  # fmt: skip
_CHANGED = (
    Option(("--rerun-changed",), "flag", "Run completed jobs again whose command, env or input files changed or whose output is "
           "missing, with all that depends on them.", False),
    Option(("--keep-changed",), "flag", "Leave completed jobs as they are though they are no longer the same in the spec.",
           False),
)  # fmt: skip
_RUN = Argument("path", "RUN|SPEC", required=False)
_WHICH_RUN = (
    "RUN is the number that torclint history gives a run, or the file that holds it; with SPEC it is the newest run of that spec "
    "here, with neither the newest."
)

EXIT_CODES = """Exit codes: 0 nothing found at or above the fail level, 1 findings, 2 wrong usage or unreadable input,
3 nothing to lint, 4 an error in torclint itself."""

COMMANDS: tuple[Command, ...] = (
    Command(
        "check",
        "Find what is wrong, slow or surprising in workflow specs.",
        (Argument("paths", "PATH", many=True, required=False),),
        (
            Option(
                ("--format", "-f"), "texts", "How to report: " + ", ".join(FORMATS) + "; with =FILE into a file. May be "
                "given more than once.", (), metavar="NAME[=FILE]",
            ),
            Option(("--select",), "texts", "Check only these rules: codes, beginnings of codes, names, or ALL, with commas.",
                   (), metavar="RULES"),
            Option(("--extend-select",), "texts", "Check these rules as well, such as opt-in ones.", (), metavar="RULES"),
            Option(("--ignore",), "texts", "Leave these rules out.", (), metavar="RULES"),
            *_THRESHOLDS,
            Option(
                ("--fail-on",), "choice", "The least severity that makes the exit code 1; warning if not set.",
                None, SEVERITIES,
            ),
            Option(("--exit-zero",), "flag", "Exit with 0 even if there are findings.", False),
            Option(("--no-ignores",), "flag", "Report also what comments and the configuration ignore.", False),
            Option(("--baseline",), "text", "Leave out the findings that a baseline holds; see torclint baseline.",
                   None, metavar="FILE"),
            Option(("--watch", "-w"), "flag", "Check again whenever a file changes, until Ctrl-C.", False),
            Option(("--statistics",), "flag", "Print how often each rule found something.", False),
            *_CONFIG,
            Option(("--allow-no-files",), "flag", "Exit with 0 if there is nothing to lint.", False),
            Option(("--processes",), "number", "Processes for many files; as many as there are CPUs if not given.",
                   None, metavar="N", least=1),
            Option(("--no-cache",), "flag", "Check files again that have not changed.", False),
            Option(("--quiet", "-q"), "flag", "Print findings only, no summary.", False),
            Option(("--verbose", "-v"), "flag", "Tell also of each file: its syntax, jobs, dependencies and findings.", False),
            _STDIN_FILENAME,
            _COLOR,
            _TORC_VERSION_SET,
        ),
        "PATH is a spec (YAML, JSON, JSON5 or KDL), a folder to search for specs, a glob, or - for stdin; the current "
        "folder if none is given.\n\n" + EXIT_CODES,
    ),
    Command(
        "count",
        "Count the dependencies of specs, per block and in total.",
        (Argument("paths", "PATH", many=True),),
        (
            Option(("--format", "-f"), "choice", "How to report.", "text", ("text", "json", "markdown")),
            *_THRESHOLDS,
            *_CONFIG,
            _STDIN_FILENAME,
            _COLOR,
            _TORC_VERSION_SET,
        ),
        "PATH is a spec, a folder to search for specs, a glob, or - for stdin. Nothing is expanded: a block of 10^12 "
        "dependencies takes milliseconds.",
    ),
    Command(
        "graph",
        "Draw the stages of a spec and what they wait for.",
        (Argument("path", "SPEC"),),
        (
            Option(("--format", "-f"), "choice", "What to draw with: characters for a terminal, or the text of a picture.",
                   "text", ("text", "mermaid", "dot", "svg")),
            Option(("--before-after",), "flag", "Draw it also with the barriers that torclint fix --insert-barriers puts in.",
                   False),
            Option(("--limit",), "number", "Boxes at most; beyond that those that are alike are folded into one.",
                   30, metavar="N", least=1),
            *_THRESHOLDS,
            *_CONFIG,
            _STDIN_FILENAME,
            _COLOR,
            _TORC_VERSION_SET,
        ),
        "SPEC is a file, or - for stdin; nothing is written to it. No job is listed: a spec of 10^12 dependencies is drawn in "
        "milliseconds. SVG needs no Graphviz, and Mermaid is drawn by GitHub and GitLab where it stands in Markdown.",
    ),
    Command(
        "report",
        "Write a page about a spec or a run: one HTML file to look at, to send, or to print.",
        (Argument("path", "SPEC|RUN", required=False),),
        (
            Option(("--run",), "flag", "About a run: the newest one here, or that of SPEC, or the one in the store RUN.", False),
            Option(("--no-logs",), "flag", "Leave out what failed jobs wrote.", False),
            Option(("--output", "-o"), "text", "The file to write, or - for stdout; the name of the spec with the ending .html, "
                   "in this folder, if not given.", None, metavar="FILE"),
            Option(("--force",), "flag", "Overwrite FILE even if it is not a page that torclint made.", False),
            Option(("--cpus",), "number", "CPUs of a node in the plan; those of this machine if not given.",
                   None, metavar="N", least=1),
            Option(("--memory",), "text", "Memory of a node, such as 256g; that of this machine if not given.",
                   None, metavar="SIZE"),
            Option(("--gpus",), "number", "GPUs of a node; those of this machine if not given.", None, metavar="N"),
            Option(("--nodes",), "number", "How many nodes there are.", 1, metavar="N", least=1),
            *_THRESHOLDS,
            *_CONFIG,
            _STDIN_FILENAME,
            _TORC_VERSION_SET,
        ),
        "SPEC is a file, or - for stdin; nothing is written to it. The page asks for nothing from a network. It shows the "
        "numbers, every block of dependencies, the graph, the findings beside the source, and the plan, before and after "
        "barriers; of a spec that Torc refuses, the findings and the source. With --run it is about a run: how it ended, "
        "what ran when, what was slow, and what failed with the end of what it wrote. RUN is a store in .torclint/runs.\n\n"
        "Exit codes: 0 written, whatever was found, 2 wrong usage, no such run, or a file that cannot be read or written.",
    ),
    Command(
        "fix",
        "Make the changes that findings offer, and put barriers where they save dependencies.",
        (Argument("paths", "PATH", many=True),),
        (
            Option(("--insert-barriers",), "flag", "Put barrier jobs between stages where that saves dependencies; nothing "
                   "else, unless rules are selected.", False),
            Option(("--two-levels",), "flag", "With barriers: cut up a fan-in that is so huge that Torc takes minutes to create "
                   "it.", False),
            Option(("--select",), "texts", "The rules whose findings are to be fixed; TL501 for barriers. All but barriers "
                   "if not given.", (), metavar="RULES"),
            Option(("--ignore",), "texts", "Rules whose findings are to stay.", (), metavar="RULES"),
            Option(("--unsafe-fixes",), "flag", "Make also changes after which jobs may wait for others than before.", False),
            Option(("--diff",), "flag", "Show what would change, and write nothing.", False),
            Option(("--check",), "flag", "Only tell which files would change; exit with 1 if any would.", False),
            Option(("--interactive", "-i"), "flag", "Show each change as a diff, and ask.", False),
            Option(("--explain",), "flag", "Tell why each barrier is put where it is, and what it saves.", False),
            *_THRESHOLDS,
            *_CONFIG,
            Option(("--quiet", "-q"), "flag", "Do not tell what was done.", False),
            _STDIN_FILENAME,
            _COLOR,
            _TORC_VERSION_SET,
        ),
        "PATH is a spec, which is rewritten in place, a folder to search for specs, a glob, or - for stdin, whose fixed text "
        "goes to stdout. Every change is proven before it is written; comments and all other bytes stay as they are.\n\n"
        "Exit codes: 0 done or nothing to do, 1 something is left (or --diff or --check show changes), 2 wrong usage or a "
        "file that cannot be read or written, 3 nothing to fix, 4 the fix failed its own checks and was withheld.",
    ),
    Command(
        "verify",
        "Prove that a changed spec still does the same.",
        (Argument("before", "BEFORE"), Argument("after", "AFTER")),
        (
            Option(("--format", "-f"), "choice", "How to report.", "text", ("text", "json")),
            *_THRESHOLDS,
            *_CONFIG,
            _STDIN_FILENAME,
            _TORC_VERSION_SET,
        ),
        "BEFORE and AFTER are files, in any of the four syntaxes; one of them may be - for stdin. Light jobs may stand in "
        "between: the same jobs must wait for the same jobs through them.\n\n"
        "Exit codes: 0 proven, 1 not proven, 2 wrong usage or unreadable input.",
    ),
    Command(
        "expand",
        "List every job, or every dependency, as Torc would create it.",
        (Argument("path", "SPEC"),),
        (
            Option(("--jobs",), "flag", "Print the name of every job, one a line.", False),
            Option(("--edges",), "flag", "Print a line JOB<TAB>DEPENDS_ON for every dependency.", False),
            _STDIN_FILENAME,
            _TORC_VERSION,
        ),
        "SPEC is a file, or - for stdin.",
    ),
    Command(
        "regex",
        "Try a pattern before deploying it: is it valid in Torc, and which jobs does it match?",
        (Argument("words", "PATTERN [SPEC]", many=True),),
        (Option(("--format", "-f"), "choice", "How to report.", "text", ("text", "json")), _STDIN_FILENAME, _COLOR),
        "Without SPEC the pattern is only read. SPEC is a file, or - for stdin; nothing is expanded.\n\n"
        "Exit codes: 0 it matches (or, without SPEC, is valid), 1 it matches no job, 2 it is not valid.",
    ),
    Command(
        "plan",
        "Say how long a workflow takes, on what machines, before anything runs.",
        (Argument("path", "SPEC"),),
        (
            Option(("--cpus",), "number", "CPUs of a node; those of this machine if not given.", None, metavar="N", least=1),
            Option(("--memory",), "text", "Memory of a node, such as 256g; that of this machine if not given.",
                   None, metavar="SIZE"),
            Option(("--gpus",), "number", "GPUs of a node; those of this machine if not given.", None, metavar="N"),
            Option(("--nodes",), "number", "How many nodes there are.", 1, metavar="N", least=1),
            Option(("--target-time",), "text", "Find how many nodes it takes to be done in time, such as 90m, 4h, 1.5d or PT4H.",
                   None, metavar="TIME"),
            Option(("--svg",), "text", "Draw the stages along the time into a file.", None, metavar="FILE"),
            Option(("--format", "-f"), "choice", "How to report.", "text", ("text", "json")),
            *_THRESHOLDS,
            *_CONFIG,
            _STDIN_FILENAME,
            _COLOR,
            _TORC_VERSION_SET,
        ),
        "SPEC is a file, or - for stdin. Every job is taken to last as long as its `runtime` says, and is started in Torc's "
        "order as soon as a node has room; nothing is expanded where parameters tell enough.\n\n"
        "Exit codes: 0 worked out, 1 some job fits on no node or the time is out of reach, 2 the spec is refused.",
    ),
    Command(
        "run",
        "Run a workflow on this machine, as Torc would.",
        (Argument("path", "SPEC"),),
        (
            *_CAPACITY,
            Option(("--only",), "texts", "Run these jobs alone, whatever they wait for: names or patterns. May be given more "
                   "than once.", (), metavar="JOB"),
            Option(("--until",), "texts", "Run these jobs and all that they need, nothing else.", (), metavar="JOB"),
            Option(("--dry-run", "-n"), "flag", "Show what would run, in which order, and start nothing.", False),
            *_FAILURES,
            Option(("--order",), "choice", "Which of the ready jobs of one priority goes first: the one with the longest "
                   "way to the end, or the one that Torc would take.", "critical-path", ("critical-path", "torc")),
            *_ENGINES,
            Option(("--no-check",), "flag", "Start without checking the spec before.", False),
            *_TOLD,
            Option(("--resume", "--continue"), "flag", "Go on with the last run of this spec if it is unfinished, without "
                   "asking; with --engine torc, take over what completed in it.", False),
            Option(("--fresh",), "flag", "Begin a new run, even if the last one is unfinished.", False),
            *_CHANGED,
            Option(("--store",), "text", "Keep the state of the run in this file; in one of its own in .torclint/runs if not "
                   "given.", None, metavar="FILE"),
            Option(("--no-store",), "flag", "Keep no state: what is killed cannot go on.", False),
            Option(("--output-dir",), "text", "The folder for what jobs write to stdout and stderr.",
                   "torc_output", metavar="DIR"),
            _STDIN_FILENAME,
            _COLOR,
            _TORC_VERSION,
        ),
        "SPEC is a file, or - for stdin. Jobs run in the current folder. If the last run of this spec here was killed or "
        "interrupted, run asks whether to go on with it, and without a terminal does.\n\n"
        "Exit codes: 0 all jobs completed, 1 some did not, 2 the spec is refused, 130 interrupted.\n"
        "The first Ctrl-C lets running jobs finish, the second one ends them.",
    ),
    Command(
        "export",
        "Write a workflow as a job file of another engine.",
        (Argument("path", "SPEC"),),
        (
            Option(("--to",), "choice", "The engine: a job file for hq job submit-file.", "hyperqueue", ("hyperqueue",)),
            Option(("--output", "-o"), "text", "The file to write; stdout if not given.", None, metavar="FILE"),
            Option(("--output-dir",), "text", "The folder for what jobs write, and for what the tasks of the file need.",
                   "torc_output", metavar="DIR"),
            Option(("--enforce-runtime",), "flag", "End jobs that take longer than their declared runtime.", False),
            Option(("--order",), "choice", "Which of the ready jobs of one priority goes first: the one with the longest "
                   "way to the end, or the one that Torc would take.", "critical-path", ("critical-path", "torc")),
            _STDIN_FILENAME,
            _TORC_VERSION,
        ),
        "SPEC is a file, or - for stdin. Jobs run in the current folder, which all nodes have to see.\n\n"
        "Exit codes: 0 written, 2 the spec is refused, or the file cannot be written.",
    ),
    Command(
        "resume",
        "Go on with a run that was killed or interrupted.",
        (_RUN,),
        (*_CHANGED, *_CAPACITY, *_FAILURES, *_TOLD, _COLOR),
        f"{_WHICH_RUN} Jobs that completed or failed stay as they are, jobs that were running run again. What is not given is "
        "as it was.\n\nExit codes: as for run.",
    ),
    Command(
        "retry",
        "Run again what failed, with what was cancelled because of it.",
        (_RUN,),
        (*_CHANGED, *_CAPACITY, *_FAILURES, *_TOLD, _COLOR),
        f"{_WHICH_RUN} Completed jobs stay as they are. What is not given is as it was.\n\nExit codes: as for run.",
    ),
    Command(
        "status",
        "Show how a run stands, also while it runs.",
        (_RUN,),
        (_FORMAT,),
        f"{_WHICH_RUN}\n\nExit codes: 0 shown, 2 there is no such run, or it cannot be read.",
    ),
    Command(
        "logs",
        "Print what a job wrote.",
        (Argument("job", "JOB"), _RUN),
        (
            Option(("--stderr",), "flag", "What it wrote to stderr, in place of stdout.", False),
            Option(("--attempt",), "number", "That attempt, in place of the last one.", None, metavar="N", least=1),
            _FORMAT,
        ),
        f"{_WHICH_RUN} With --format json it lists all attempts with the paths of their files.\n\n"
        "Exit codes: 0 printed, 1 nothing was kept, 2 there is no such job or run.",
    ),
    Command(
        "history",
        "List the runs that were started here, the newest first.",
        (Argument("path", "SPEC", required=False),),
        (
            _FORMAT,
            Option(("--prune",), "flag", "Remove the state of old runs that are over. Runs that go on or can go on stay, and so "
                   "does all that jobs wrote.", False),
            Option(("--keep",), "number", "With --prune: how many of the newest runs stay anyway.", 10, metavar="N"),
        ),
        "With SPEC, only those of that spec.\n\nExit codes: 0 listed or removed, 2 some cannot be read or removed.",
    ),
    Command(
        "rules",
        "List all rules.",
        (),
        (Option(("--format", "-f"), "choice", "How to report.", "text", ("text", "json")), _COLOR),
    ),
    Command(
        "explain",
        "Explain a rule: what it finds, why it matters, and what to write instead.",
        (Argument("rule", "CODE|NAME"),),
        (Option(("--format", "-f"), "choice", "How to print it.", "text", ("text", "json")), _COLOR),
    ),
    Command(
        "config",
        "Show which settings are in force for a file, and where they are set.",
        (Argument("path", "PATH", required=False),),
        (
            Option(("--reference",), "flag", "Describe everything that a configuration file may set.", False),
            Option(("--schema",), "flag", "Print the JSON schema of a configuration file, for editors.", False),
            Option(("--format", "-f"), "choice", "How to report.", "text", ("text", "json")),
            *_CONFIG,
        ),
        "PATH is a spec or a folder; the current folder if none is given. The nearest torclint.toml, or pyproject.toml "
        "with a table tool.torclint, in the folder of a spec or above it holds for it.",
    ),
    Command(
        "baseline",
        "Record the findings that are there, so that a check tells only new ones.",
        (Argument("paths", "PATH", many=True, required=False),),
        (
            Option(("--file",), "text", "The baseline; torclint check --baseline FILE leaves out what it holds.",
                   "torclint-baseline.json", metavar="FILE"),
            Option(("--grow",), "flag", "Take findings down that are not in the old baseline.", False),
            *_THRESHOLDS,
            *_CONFIG,
            _TORC_VERSION_SET,
        ),
        "A baseline that is there already only shrinks: what is no longer found is taken out. It goes by file, rule, subject "
        "and number, so that a finding that moves is still a known one.",
    ),
    Command(
        "init",
        "Write a configuration file to begin with.",
        (Argument("folder", "FOLDER", required=False),),
    ),
    Command(
        "completion",
        "Print the script by which a shell completes commands and options.",
        (Argument("shell", "bash|zsh|fish"),),
        (),
        'In ~/.bashrc: eval "$(torclint completion bash)"',
    ),
    Command(
        "server",
        "Start the language server, for editors.",
        (),
        (
            Option(("--stdio",), "flag", "Talk over stdin and stdout; it does so anyway, and some editors insist.", False),
            *_THRESHOLDS,
            *_CONFIG,
            _TORC_VERSION_SET,
        ),
        "An editor starts it and speaks the Language Server Protocol with it; docs/editors.md says how. It needs pygls: "
        "pip install 'torclint[server]'.",
    ),
    Command("schema", "Print the JSON schema of a workflow spec, for editors."),
)  # fmt: skip


def command(name: str) -> Command | None:
    for entry in COMMANDS:
        if entry.name == name:
            return entry
    return None
