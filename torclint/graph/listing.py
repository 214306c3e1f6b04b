"""Every job written out with what it waits for: for small specs, for `expand`, and wherever no closed form is known.

This follows Torc step by step (workflow_spec.rs:4208-4591, runtime_support.rs:6-68); equal requests are answered once.
"""

from __future__ import annotations

from torclint.graph.clauses import FILES, JOBS, TOKEN, USER_DATA, may_hold_tokens
from torclint.names import rust_regex
from torclint.names.machine import OverBudget
from torclint.names.template import parse_template
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.names.template import Template
    from torclint.spec.model import Item, JobSpec, Workflow, Written


class Budget(Record):
    """What a listing may cost; OverBudget is raised where it would cost more."""

    items: int  # jobs, files and user data
    characters: int  # of names that patterns are run over
    pairs: int  # (list, name in it), where equal lists count once


FOR_A_CHECK = Budget(80_000, 12_000_000, 800_000)  # about a second
FOR_A_RUN = Budget(1_000_000, 500_000_000, 10_000_000)  # about a minute, and a gigabyte

_PER_NAME = 4  # what a name costs a pattern beyond its characters, in characters
_PER_PATTERN = 60  # what compiling costs for each character of a pattern, in characters


class Refusal(Record):
    """Why Torc refuses a job's list: `kind` is "missing", "no new match", "repeated" or "invalid pattern"."""

    kind: str
    target: str  # JOBS, FILES or USER_DATA
    text: str
    written: Written
    job: str


class _Names:
    """The names of one kind, numbered in spec order, with memory of what patterns matched."""

    def __init__(self, listing: Listing, items: list[Item]) -> None:
        self._listing = listing
        self.names: list[str] = []
        for item in items:
            self.names.extend(parse_template(item.name.text, item.domain).names(item.domain))
        self.numbers = {name: number for number, name in enumerate(self.names)}
        self._characters = sum(map(len, self.names)) + _PER_NAME * len(self.names)
        self._matches: dict[str, tuple[int, ...] | None] = {}

    def matching(self, pattern: str) -> tuple[int, ...] | None:
        """Numbers of the names that `pattern` matches, in order; None if Torc refuses the pattern."""
        if pattern not in self._matches:
            self._listing.spend_characters(_PER_PATTERN * len(pattern) + self._characters)
            try:
                regex = rust_regex.compile(pattern)
            except rust_regex.RegexError:
                self._matches[pattern] = None
                return None
            is_match = regex.is_match
            self._matches[pattern] = tuple(number for number, name in enumerate(self.names) if is_match(name))
        return self._matches[pattern]


class Row(Record):
    """The lists of one job, resolved to numbers."""

    waits: tuple[int, ...]
    reads: tuple[tuple[int, ...], tuple[int, ...]]  # files, user data
    writes: tuple[tuple[int, ...], tuple[int, ...]]


class Listing:
    """All jobs of a workflow. Raises OverBudget where it would cost more than the budget."""

    def __init__(self, workflow: Workflow, budget: Budget) -> None:
        self._budget = budget
        self._characters = self._pairs = 0
        size = sum(item.domain.size for item in (*workflow.jobs, *workflow.files, *workflow.user_data))
        if size > budget.items:
            raise OverBudget(f"{size:,} jobs, files and user data items")
        self.refusals: list[Refusal] = []
        self.jobs = _Names(self, list(workflow.jobs))
        self._files = _Names(self, list(workflow.files))
        self._data = _Names(self, list(workflow.user_data))
        self._with_content = {
            name
            for item in workflow.user_data
            if item.content_node is not None
            for name in parse_template(item.name.text, item.domain).names(item.domain)
        }
        self._resolved: dict[tuple[object, ...], tuple[int, ...]] = {}
        self._refused: set[tuple[object, ...]] = set()
        self.rows: list[Row] = []
        self.offsets: list[int] = []
        for job in workflow.jobs:
            self.offsets.append(len(self.rows))
            self._add(job)
        self._producers: list[dict[int, list[int]]] = [{}, {}]
        for number, row in enumerate(self.rows):
            for kind in (0, 1):
                for artifact in row.writes[kind]:
                    self._producers[kind].setdefault(artifact, []).append(number)
        self._waiting: dict[tuple[object, ...], frozenset[int]] = {}
        for waits, reads in {row[:2] for row in self.rows}:
            self._spend_pairs(len(waits) + sum(map(self._producing, (0, 1), reads)))

    def _producing(self, kind: int, artifacts: tuple[int, ...]) -> int:
        return sum(len(self._producers[kind].get(artifact, ())) for artifact in artifacts)

    def spend_characters(self, number: int) -> None:
        self._characters += number
        if self._characters > self._budget.characters:
            raise OverBudget("too many names to test against too many patterns")

    def _spend_pairs(self, number: int) -> None:
        self._pairs += number
        if self._pairs > self._budget.pairs:
            raise OverBudget(f"lists of more than {self._budget.pairs:,} names in all")

    def used_by(self, job: int) -> tuple[list[str], ...]:
        """The names of the files and user data that `job` reads, and of those that it writes."""
        row = self.rows[job]
        known = (self._files.names, self._data.names)
        return tuple(
            [names[number] for number in numbers]
            for uses in (row.reads, row.writes)
            for names, numbers in zip(known, uses, strict=True)
        )

    def explicit(self, job: int) -> frozenset[int]:
        """The jobs that `job` waits for by `depends_on` and `depends_on_regexes`."""
        return self._union(self.rows[job].waits, ())

    def total(self, job: int) -> frozenset[int]:
        """The same with those that it waits for through files and user data."""
        row = self.rows[job]
        return self._union(row.waits, row.reads)

    def _union(self, waits: tuple[int, ...], reads: tuple[tuple[int, ...], ...]) -> frozenset[int]:
        key = (waits, reads)
        found = self._waiting.get(key)
        if found is None:
            union = set(waits)
            for kind, artifacts in enumerate(reads):
                for artifact in artifacts:
                    union.update(self._producers[kind].get(artifact, ()))
            found = self._waiting[key] = frozenset(union)
        return found

    def edges(self) -> Iterator[tuple[str, str]]:
        """All (job, job it waits for) pairs as stored after initialisation."""
        names = self.jobs.names
        for number, name in enumerate(names):
            for other in sorted(self.total(number)):
                yield name, names[other]

    def _add(self, job: JobSpec) -> None:
        domain = job.domain
        name = parse_template(job.name.text, domain)
        lists = [
            (JOBS, self.jobs, _templates(job, job.depends_on), _templates(job, job.depends_on_regexes)),
            (FILES, self._files, _templates(job, job.input_files), _templates(job, job.input_file_regexes)),
            (FILES, self._files, _templates(job, job.output_files), _templates(job, job.output_file_regexes)),
            (USER_DATA, self._data, _templates(job, job.input_user_data), _templates(job, job.input_user_data_regexes)),
            (USER_DATA, self._data, _templates(job, job.output_user_data), _templates(job, job.output_user_data_regexes)),
        ]  # fmt: skip
        scripts = [parse_template(job.command.text, domain)] if may_hold_tokens(job) else []
        if scripts and job.invocation_script is not None:
            scripts.append(parse_template(job.invocation_script.text, domain))
        for point in domain.points():
            values = domain.values(point)
            own = name.fill(values)
            found = self._tokens([template.fill(values) for template in scripts]) if scripts else None
            resolved = []
            for place, (target, known, exact, patterns) in enumerate(lists):
                names = [(template.fill(values), written) for template, written in exact]
                if found is not None and place:
                    names = _replaced(names, found, place, job)
                wanted = [(template.fill(values), written) for template, written in patterns]
                resolved.append(self._resolve(target, known, names, wanted, own))
            self.rows.append(Row(resolved[0], (resolved[1], resolved[3]), (resolved[2], resolved[4])))

    def _tokens(self, scripts: list[str]) -> list[list[list[str]]]:
        """For command and script: the known names in tokens, for each of the four lists of artifacts."""
        found: list[list[list[str]]] = []
        for script in scripts:
            lists: list[list[str]] = [[], [], [], []]
            for token in TOKEN.finditer(script, 0, script.rfind("}") + 1):
                known = self._files.numbers if token[1] == "files" else self._with_content
                place = (0 if token[1] == "files" else 2) + (token[2] == "output")
                if token[3] in known and token[3] not in lists[place]:
                    lists[place].append(token[3])
            found.append(lists)
        return found

    def _resolve(
        self,
        target: str,
        known: _Names,
        names: list[tuple[str, Written]],
        patterns: list[tuple[str, Written]],
        job: str,
    ) -> tuple[int, ...]:
        if not names and not patterns:
            return ()
        key = (target, tuple(text for text, _ in names), tuple(text for text, _ in patterns))
        numbers = self._resolved.get(key)
        # a refused list is told once for each place that it stands at
        if numbers is not None and key not in self._refused:
            return numbers
        refusals: list[Refusal] = []
        wanted: dict[int, None] = {}
        for text, written in names:
            number = known.numbers.get(text)
            if number is None:
                refusals.append(Refusal("missing", target, text, written, job))
            elif number in wanted:
                refusals.append(Refusal("repeated", target, text, written, job))
            else:
                wanted[number] = None
        for text, written in patterns:
            matching = known.matching(text)
            if matching is None:
                refusals.append(Refusal("invalid pattern", target, text, written, job))
                continue
            self._spend_pairs(len(matching))
            before = len(wanted)
            wanted.update(dict.fromkeys(matching))
            if len(wanted) == before:
                refusals.append(Refusal("no new match", target, text, written, job))
        if refusals:
            self.refusals.extend(refusals)
            self._refused.add(key)
        self._resolved[key] = numbers = tuple(sorted(wanted))
        return numbers


def _templates(job: JobSpec, written: tuple[Written, ...]) -> list[tuple[Template, Written]]:
    return [(parse_template(each.text, job.domain), each) for each in written]


def _replaced(
    names: list[tuple[str, Written]], found: list[list[list[str]]], place: int, job: JobSpec
) -> list[tuple[str, Written]]:
    order = place - 1
    if found[0][order]:
        names = [(text, job.command) for text in found[0][order]]
    if len(found) > 1 and found[1][order]:
        texts = {text for text, _ in names}
        added = [(text, job.invocation_script or job.command) for text in found[1][order] if text not in texts]
        names = sorted([*names, *added], key=lambda each: each[0])
        # merging removes repetitions too (workflow_spec.rs:6611)
        names = [each for place, each in enumerate(names) if not place or names[place - 1][0] != each[0]]
    return names
