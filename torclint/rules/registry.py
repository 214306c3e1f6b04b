"""The list of all rules, and how one is loaded: by its code or name, and only when it is needed."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING, Record
from torclint.spec.versions import in_force

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.rules.base import Rule
    from torclint.rules.selection import Selection
    from torclint.spec.model import Workflow


class Entry(Record):
    """One rule: its class, which has this code and name, lies in the module that is named after it.

    A rule is loaded only where it can find something, since loading all takes longer than checking a small spec.
    `reading`: it reports problems that reading the spec brought up, and is loaded if there are any. `about`: it is loaded
    if the workflow has any of these; "actions" is a list of the workflow, "jobs.labels" a list of its jobs, "jobs:20" that
    there are 20 job specs, "text:|" that the text of the spec holds a `|`, and
    "graph:barriers" that a job may stand between two stages. `aliases`: other names by which it is found,
    such as those it had before. `opt_in`: asked only where selected.
    `torc_since` and `torc_until`: the Torc releases from which on and until which it is right.
    """

    code: str
    name: str
    reading: bool = False
    about: tuple[str, ...] = ()
    torc_since: str = "1.0"
    torc_until: str = ""
    aliases: tuple[str, ...] = ()
    opt_in: bool = False

    @property
    def module(self) -> str:
        return "torclint.rules." + self.name.replace("-", "_")

    def is_right_for(self, torc: str) -> bool:
        """Whether the rule holds for a Torc release."""
        return in_force(self.torc_since, self.torc_until, torc)


PATTERNS = (
    "jobs.depends_on_regexes",
    "jobs.input_file_regexes",
    "jobs.output_file_regexes",
    "jobs.input_user_data_regexes",
    "jobs.output_user_data_regexes",
    "actions",
)
# chains of 20 jobs or more are made of as many job specs, or of one that waits for itself one step before
CHAINS = ("jobs:20", "text:zip", "text:parameters_file")
VALIDATING = tuple(f"text:{word}" for word in ("valid", "verif", "sanity", "check", "assert", "pytest"))
JOB_PATTERNS = ("jobs.depends_on_regexes",)
BARRIERS = ("graph:barriers",)

RULES: tuple[Entry, ...] = (
    # sorted by code; to add a rule, write its module and add its line here
    Entry("TL001", "syntax-error", reading=True),
    Entry("TL003", "duplicate-key", reading=True),
    Entry("TL004", "ignored-kdl", reading=True),
    Entry("TL005", "unused-ignore", reading=True),
    Entry("TL006", "unknown-ignore", reading=True),
    Entry("TL101", "wrong-type", reading=True),
    Entry("TL102", "missing-field", reading=True),
    Entry("TL103", "unknown-field", reading=True),
    Entry("TL104", "unknown-value", reading=True),
    Entry("TL105", "removed-field", reading=True),
    Entry("TL106", "bad-quantity", reading=True),
    Entry("TL107", "misread-quantity", reading=True),
    Entry("TL108", "ignored-field", reading=True),
    Entry("TL201", "missing-reference"),
    Entry("TL202", "duplicate-name"),
    Entry("TL203", "repeated-reference"),
    Entry("TL204", "unmatched-action", about=("actions",)),
    Entry("TL205", "unmade-input", about=("files",)),
    Entry("TL206", "unfilled-user-data", about=("user_data",)),
    Entry("TL207", "unused-file", about=("files",)),
    Entry("TL208", "unused-user-data", about=("user_data",)),
    Entry("TL209", "unused-resource-requirements", about=("resource_requirements",)),
    Entry("TL210", "unused-failure-handler", about=("failure_handlers",)),
    Entry("TL211", "unused-scheduler", about=("schedulers",)),
    Entry("TL220", "bad-env-name", reading=True),
    Entry("TL221", "bad-label", reading=True),
    Entry("TL222", "reserved-name", reading=True),
    Entry("TL223", "bad-identifier", reading=True),
    Entry("TL224", "duplicate-definition", reading=True),
    Entry("TL225", "missing-definition", reading=True),
    Entry("TL226", "misplaced-identifier", about=("files.identifier",)),
    Entry("TL301", "bad-variable", reading=True),
    Entry("TL302", "undefined-token", reading=True),
    Entry("TL303", "bad-parameter", reading=True),
    Entry("TL304", "bad-parameter-table", reading=True),
    Entry("TL305", "parameter-conflict", reading=True),
    Entry("TL306", "endless-range", reading=True),
    Entry("TL307", "empty-expansion", reading=True),
    Entry("TL308", "unknown-parameter", reading=True),
    Entry("TL309", "unknown-parameter-mode", reading=True),
    Entry("TL310", "misread-parameter", reading=True),
    Entry("TL311", "format-without-effect", reading=True),
    Entry("TL312", "literal-token", reading=True),
    Entry("TL313", "stray-braces", reading=True),
    Entry("TL314", "random-substitution", reading=True),
    Entry("TL315", "multi-valued-env", reading=True),
    Entry("TL316", "unused-parameter", about=("text:parameters",)),
    Entry("TL401", "invalid-pattern", about=PATTERNS),
    Entry("TL402", "pattern-adds-nothing", about=PATTERNS),
    Entry("TL403", "unanchored-pattern", about=PATTERNS),
    Entry("TL404", "catch-all-pattern", about=PATTERNS, aliases=("too-broad",)),
    Entry("TL405", "self-match", about=("jobs.depends_on", "jobs.depends_on_regexes"), aliases=("matches-itself",)),
    Entry("TL406", "runs-on-pattern", about=JOB_PATTERNS),
    Entry("TL407", "padding-gap", about=("text:d{", "text:d\\", "text:]{", "text:][")),
    Entry("TL408", "loose-pattern", about=JOB_PATTERNS, opt_in=True),
    Entry("TL501", "quadratic-dependencies", aliases=("quadratic",)),
    Entry("TL502", "dependency-cycle"),
    Entry("TL503", "artifact-cycle", about=("files", "user_data")),
    Entry("TL504", "deep-cascade", about=CHAINS),
    Entry("TL505", "huge-fan-in", about=JOB_PATTERNS),
    Entry("TL506", "redundant-dependency", about=("jobs.depends_on",)),
    Entry("TL507", "long-chain", about=CHAINS),
    Entry("TL508", "unordered-stages", about=("jobs:3",)),
    Entry("TL509", "implicit-quadratic", about=("files", "user_data")),
    Entry("TL601", "heavy-barrier", about=BARRIERS),
    Entry("TL602", "vague-barrier-name", about=BARRIERS),
    Entry("TL603", "needless-barrier", about=BARRIERS),
    Entry("TL604", "validation-in-barrier", about=VALIDATING),
    Entry("TL605", "silent-barrier", about=BARRIERS),
    Entry("TL606", "failure-hiding-barrier", about=("text:cancel_on_blocking_job_failure",)),
    Entry("TL607", "forced-stages", about=("files", "user_data")),
    Entry("TL701", "bad-action", reading=True),
    Entry("TL702", "bad-execution-config", reading=True),
    Entry("TL703", "unfit-scheduler", reading=True),
    Entry("TL704", "excluded-slurm-default", reading=True),
    Entry("TL705", "idle-action", reading=True),
    Entry("TL706", "labelled-job", reading=True),
    Entry("TL707", "useless-retry", reading=True),
    Entry("TL708", "unknown-signal", reading=True),
    Entry("TL709", "numeric-user-data", reading=True),
    Entry("TL710", "pipe-hides-failure", about=("text:|",)),
    Entry("TL711", "ignored-exit-code", about=("text:;", "text:|", "text:>", "text:\\n")),
    Entry("TL712", "background-job", about=("text:&",)),
    Entry("TL713", "unreplaced-token", about=("text:${",)),
    Entry("TL714", "replaced-list", about=("text:${",)),
    Entry("TL715", "late-action", about=("actions",)),
    Entry("TL716", "monitor-cost", about=("resource_requirements",)),
    Entry("TL801", "restated-default", opt_in=True),
    Entry("TL802", "missing-description", opt_in=True),
    Entry("TL803", "mixed-name-styles", opt_in=True),
)


_LOADED: dict[str, Rule] = {}


class UnknownRule(LookupError):
    """There is no rule with this code or name. `near`: codes and names that look like it."""

    def __init__(self, wanted: str, near: tuple[str, ...]) -> None:
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"there is no rule {wanted}{hint}")
        self.wanted = wanted
        self.near = near


def load(entry: Entry) -> Rule:
    """The rule that `entry` stands for; the same one each time."""
    known = _LOADED.get(entry.code)
    if known is None:
        known = _LOADED[entry.code] = _instance(entry)
    return known


def _instance(entry: Entry) -> Rule:
    module = __import__(entry.module, fromlist=[entry.name])
    for value in vars(module).values():
        if isinstance(value, type) and getattr(value, "code", None) == entry.code:
            rule: Rule = value()
            return rule
    raise TypeError(f"{entry.module} holds no class with the code {entry.code}")


def find(code_or_name: str) -> Entry:
    """The entry of a rule, by code (in any case) or name. Raises UnknownRule."""
    wanted = code_or_name.strip()
    for entry in RULES:
        if wanted.upper() == entry.code or wanted.lower() == entry.name or wanted.lower() in entry.aliases:
            return entry
    raise UnknownRule(code_or_name, _near(wanted.lower()))


def _near(wanted: str) -> tuple[str, ...]:
    """Codes and names that have `wanted`, which is in small letters, among their words, or look like it."""
    from difflib import get_close_matches

    known = {part.lower(): part for entry in RULES for part in (*entry[:2], *entry.aliases)}
    near = [part for part in known if wanted in part.split("-")] or get_close_matches(wanted, known, n=2, cutoff=0.6)
    return tuple(known[part] for part in near[:3])


def all_rules() -> Iterator[Rule]:
    """Every rule, by code."""
    return map(load, RULES)


def reading_rules(workflow: Workflow, selection: Selection) -> Iterator[Rule]:
    """The rules of `selection` that report what reading the spec brought up; by code. Raises UnknownRule."""
    problems = {problem.rule for problem in workflow.problems}
    entries = [entry for entry in RULES if entry.reading and entry.name in problems]
    if len(entries) < len(problems):
        raise UnknownRule(min(problems - {entry.name for entry in entries}), ())
    return map(load, (entry for entry in entries if selection.asks(entry) and entry.is_right_for(workflow.torc)))


def graph_rules(workflow: Workflow, selection: Selection) -> Iterator[Rule]:
    """The rules of `selection` that look at what `workflow` asks for, and can find something in it; by code."""
    there: dict[str, bool] = {}
    for entry in RULES:
        if entry.reading or not selection.asks(entry) or not entry.is_right_for(workflow.torc):
            continue
        for part in entry.about:
            if part not in there:
                there[part] = _has(workflow, part)
        if not entry.about or any(there[part] for part in entry.about):
            yield load(entry)


def _has(workflow: Workflow, part: str) -> bool:
    if part.startswith("text:"):
        return part[5:] in workflow.document.text
    if part.startswith("jobs:"):
        return len(workflow.jobs) >= int(part[5:])
    if part == "graph:barriers":
        return _may_have_barriers(workflow)
    name, _, field = part.partition(".")
    items = getattr(workflow, name)
    return any(getattr(item, field) for item in items) if field else bool(items)


def _may_have_barriers(workflow: Workflow) -> bool:
    """Whether a single job that waits for a pattern may be waited for itself: false only where that is sure."""
    names = [
        job.name.text for job in workflow.jobs if job.depends_on_regexes and not (job.depends_on or job.domain.axes)
    ]
    if not names or any(job.depends_on for job in workflow.jobs):
        return bool(names)
    beginnings = {_beginning(pattern.text) for job in workflow.jobs for pattern in job.depends_on_regexes}
    return any(name.startswith(tuple(beginnings)) for name in names)


def _beginning(pattern: str) -> str:
    """What every name begins with that the pattern matches; "" where more than a glance is needed to tell."""
    found = None if "|" in pattern else re.match(r"\^([A-Za-z0-9_-]+)(?![?*+{])", pattern)
    return found[1] if found else ""
