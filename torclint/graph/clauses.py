"""What a job spec says it waits for, reads and writes: name templates and pattern templates, per kind of target."""

from __future__ import annotations

import re

from torclint.names.template import Slot, Template, parse_template
from torclint.names.unify import Undecided
from torclint.record import TYPE_CHECKING, Record
from torclint.spec.domain import RowsAxis

if TYPE_CHECKING:
    from torclint.graph.groups import Groups
    from torclint.spec.domain import Domain
    from torclint.spec.model import JobSpec, Written

JOBS, FILES, USER_DATA = "job", "file", "user data"

# workflow_spec.rs:138; only known names are replaced and become dependencies (workflow_spec.rs:6566-6758)
TOKEN = re.compile(r"\$\{(files|user_data)\.(input|output)\.([^}]+)\}")

_HELD = 0xF0000  # a private character stands for a slot while tokens are looked for


class Clause(Record):
    """One entry of a list such as `depends_on`: its template and where it is written.

    For a name from `${files.input.NAME}` in a command, that is the command.
    """

    template: Template
    written: Written
    is_pattern: bool


class Uses(Record):
    """The exact names and the patterns of one direction of one kind, in Torc's order.

    `from_tokens`: names come from tokens in commands, of which Torc keeps each once (workflow_spec.rs:6597-6611).
    """

    names: tuple[Clause, ...]
    patterns: tuple[Clause, ...]
    from_tokens: bool = False

    def __bool__(self) -> bool:
        return bool(self.names or self.patterns)


NOTHING = Uses((), ())


class Clauses(Record):
    """All that one job spec says about other jobs, files and user data."""

    waits: Uses
    reads_files: Uses
    writes_files: Uses
    reads_data: Uses
    writes_data: Uses

    @property
    def artifacts(self) -> tuple[tuple[str, Uses, Uses], ...]:
        return ((FILES, self.reads_files, self.writes_files), (USER_DATA, self.reads_data, self.writes_data))


def clauses_of(job: JobSpec, files: Groups, filled_data: Groups) -> Clauses:
    """Cut the clauses of `job` into templates. `filled_data`: the user data items that have data.

    Raises Undecided where the tokens of its commands are known for some of its jobs and not for others.
    """
    domain = job.domain
    waits = _uses(job.depends_on, job.depends_on_regexes, domain)
    reads_files = _uses(job.input_files, job.input_file_regexes, domain)
    writes_files = _uses(job.output_files, job.output_file_regexes, domain)
    reads_data = _uses(job.input_user_data, job.input_user_data_regexes, domain)
    writes_data = _uses(job.output_user_data, job.output_user_data_regexes, domain)
    if may_hold_tokens(job):
        if any(_could_form_token(axis) for axis in domain.axes if isinstance(axis, RowsAxis)):
            raise Undecided
        in_command = _known(tokens_in(job.command, domain), domain, files, filled_data)
        script = tokens_in(job.invocation_script, domain) if job.invocation_script else {}
        in_script = _known(script, domain, files, filled_data)
        reads_files = _with_tokens(reads_files, ("files", "input"), in_command, in_script)
        writes_files = _with_tokens(writes_files, ("files", "output"), in_command, in_script)
        reads_data = _with_tokens(reads_data, ("user_data", "input"), in_command, in_script)
        writes_data = _with_tokens(writes_data, ("user_data", "output"), in_command, in_script)
    return Clauses(waits, reads_files, writes_files, reads_data, writes_data)


def _known(
    tokens: dict[tuple[str, str], list[Clause]], domain: Domain, files: Groups, filled_data: Groups
) -> dict[tuple[str, str], list[Clause]]:
    """The tokens whose names exist; the others stay as they are written and mean nothing to Torc."""
    known: dict[tuple[str, str], list[Clause]] = {}
    for key, clauses in tokens.items():
        declared_in = files if key[0] == "files" else filled_data
        for clause in clauses:
            count = declared_in.declared(clause.template, domain)
            if count == domain.size:
                known.setdefault(key, []).append(clause)
            elif count:
                raise Undecided
    return known


def may_hold_tokens(job: JobSpec) -> bool:
    script = job.invocation_script
    return "${" in job.command.text or (script is not None and "${" in script.text)


def _uses(names: tuple[Written, ...], patterns: tuple[Written, ...], domain: Domain) -> Uses:
    if not names and not patterns:
        return NOTHING
    return Uses(
        tuple(Clause(parse_template(each.text, domain), each, False) for each in names),
        tuple(Clause(parse_template(each.text, domain), each, True) for each in patterns),
    )


def _could_form_token(axis: RowsAxis) -> bool:
    """Whether a value may begin or end a token; `{p}` stands where a row of a table has no value for `p`."""
    texts = ("}" if value is None else value for row in axis.rows for value in row)
    return any(isinstance(text, str) and ("$" in text or "}" in text) for text in texts)


def tokens_in(written: Written, domain: Domain) -> dict[tuple[str, str], list[Clause]]:
    """The token names in a command by (namespace, direction), in order, each once."""
    slots: list[Slot] = []
    text = ""
    for part in parse_template(written.text, domain).parts:
        if isinstance(part, str):
            text += part
        else:
            text += chr(_HELD + len(slots))
            slots.append(part)
    found: dict[tuple[str, str], list[Clause]] = {}
    for token in TOKEN.finditer(text, 0, text.rfind("}") + 1):  # what is never closed is not searched over and over
        template = Template(tuple(_released(token[3], slots)))
        clauses = found.setdefault((token[1], token[2]), [])
        if all(clause.template != template for clause in clauses):
            clauses.append(Clause(template, written, False))
    return found


def _released(text: str, slots: list[Slot]) -> list[str | Slot]:
    parts: list[str | Slot] = []
    for char in text:
        place = ord(char) - _HELD
        if 0 <= place < len(slots):
            parts.append(slots[place])
        elif parts and isinstance(parts[-1], str):
            parts[-1] += char
        else:
            parts.append(char)
    return parts


def _with_tokens(
    listed: Uses,
    key: tuple[str, str],
    in_command: dict[tuple[str, str], list[Clause]],
    in_script: dict[tuple[str, str], list[Clause]],
) -> Uses:
    # names found in the command replace the list, names found in the script are merged in (workflow_spec.rs:6597)
    if not (in_command.get(key) or in_script.get(key)):
        return listed
    names = tuple(in_command.get(key, ())) or listed.names
    known = {clause.template for clause in names}
    added = (clause for clause in in_script.get(key, ()) if clause.template not in known)
    return Uses((*names, *added), listed.patterns, from_tokens=True)
