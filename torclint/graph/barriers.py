"""Barriers: which blocks would gain by one, and which jobs of a spec are barriers already."""

from __future__ import annotations

import re

from torclint.graph.blocks import BY_NAME, BY_PATTERN
from torclint.names.relation import count_pairs
from torclint.record import TYPE_CHECKING, Record
from torclint.spec.quantities import QuantityError, memory_bytes, runtime

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.blocks import Block
    from torclint.graph.edges import Producers
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.spec.model import JobSpec, Workflow

# "barrier" anywhere, "complete" at the end; other words are as likely to name real work, as in `compute_wait_times`
_BARRIER_WORDS = re.compile(
    r"(?:^|[_\W])barrier\d*(?:$|[_\W])"
    r"|(?:^|[_\W])(?:completed?|done|finished)[_-]?\d*$"
    r"|^(?:sync|wait|gate|checkpoint)[_-]?\d*$"
    r"|^(?:wait|sync)_(?:for|until|after)_",
    re.IGNORECASE,
)
_NOTHING_SAID = re.compile(
    r"(?:the_?)?(?:barrier|sync|wait|gate|checkpoint|join|done|complete|finished)(?:[_-]?[0-9a-z])?", re.IGNORECASE
)
_LIGHT_COMMANDS = frozenset(
    ["echo", "printf", "date", "ls", "wc", "true", ":", "du", "cat", "awk", "test", "[", "touch", "sleep", "sort", "head", "tail",
     "grep", "find", "hostname", "cd", "mkdir", "set", "exit", "df", "uniq", "basename", "tee", "sed", "cut", "tr"]
)  # fmt: skip
_SILENT_COMMANDS = frozenset(["true", ":", "sleep", "exit", "set", "cd"])
_VALIDATES = re.compile(r"valid|verif|sanity|check(?!point|out)|assert|pytest")
_SEPARATORS = re.compile(r"&&|\|\||[;|\n]")
_QUOTED = re.compile(r"'[^']*'|\"(?:[^\"\\]|\\.)*\"")
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")

_STRING = r"'[^'\n]*'|\"[^\"$`\\!\n]*\""
_LIGHT = re.compile(rf"(?:echo|printf|date|true|:)(?:[ \t]+(?:{_STRING}|[\w.,:%+@=/{{}}-]+))*")
_BETWEEN = re.compile(r"\s*(?:&&|;|\n)\s*")

_MEMORY = 1024**3
_SECONDS = 600


class Barrier(Record):
    """A single job between the jobs it waits for and the jobs that wait for it by name: those of `next_stage`."""

    job: JobSpec
    producers: int
    consumers: int
    is_heavy: bool
    previous_stage: Producers
    next_stage: tuple[Group, ...]

    @property
    def is_named_so(self) -> bool:
        return _BARRIER_WORDS.search(self.job.name.text) is not None


def barriers_of(graph: WorkflowGraph) -> Iterator[Barrier]:
    """The jobs that stand between two stages: alone, waiting for several others, and waited for."""
    waiting: dict[int, list[Block]] = {}
    for block in graph.blocks:
        if block.kind in (BY_NAME, BY_PATTERN):
            for index in block.producers.plain:
                waiting.setdefault(index, []).append(block)
    for block in graph.blocks:
        if block.kind != BY_PATTERN or not block.everyone or block.producer_jobs < 2:
            continue
        for group in block.consumers:
            job = graph.workflow.jobs[group.index]
            if (
                group.literal is None
                or not waiting.get(group.index)
                or len(job.depends_on_regexes) > 1
                or job.depends_on
                or group.index in block.producers.plain
            ):
                continue
            heavy = heavy_command(job.command.text) is not None or bool(heavy_resources(graph.workflow, job))
            after = waiting[group.index]
            consumers = sum(one.consumer_jobs for one in after)
            following = tuple(each for one in after for each in one.consumers)
            yield Barrier(job, block.producer_jobs, consumers, heavy, block.producers, following)


def barrier_groups(graph: WorkflowGraph) -> frozenset[int]:
    """The numbers of the groups whose jobs do nothing but stand between two stages.

    They are told by what they do: light, reading and writing nothing, each waited for by jobs that wait for no other of them,
    with so many before and after it that it saves at least every other dependency. Those that are named so need only stand
    after several.
    """
    before: dict[int, int] = {}
    after: dict[int, list[Block]] = {}
    for block in graph.blocks:
        if block.is_explicit and block.edges:
            for index in block.producers.plain | block.producers.terms.keys():
                after.setdefault(index, []).append(block)
            for group in block.consumers:
                before[group.index] = before.get(group.index, 0) + block.edges // len(block.consumers)
    found = set()
    for index in before.keys() & after.keys():
        group, job = graph.groups[index], graph.workflow.jobs[index]
        waiting = sum(block.consumer_jobs for block in after[index])
        sides = before[index] / group.size, waiting / group.size
        saves = sides[0] * sides[1] >= 2 * (sides[0] + sides[1])
        named = sides[0] >= 2 and _BARRIER_WORDS.search(job.name.text) is not None
        if not (saves or named) or not _only_stands_between(graph.workflow, job):
            continue
        if all(_edges_to(group, block) <= block.consumer_jobs for block in after[index]):
            found.add(index)
    return frozenset(found)


def _edges_to(group: Group, block: Block) -> int:
    """How many of the edges of a block lead to jobs of `group`."""
    if group.index in block.producers.plain:
        return block.consumer_jobs * group.size
    first = block.consumers[0]
    return (
        count_pairs(block.producers.terms[group.index], first.domain, group.domain) * block.consumer_jobs // first.size
    )


def _only_stands_between(workflow: Workflow, job: JobSpec) -> bool:
    named = (job.input_files, job.output_files, job.input_user_data, job.output_user_data)
    by_pattern = (
        job.input_file_regexes, job.output_file_regexes, job.input_user_data_regexes, job.output_user_data_regexes,
    )  # fmt: skip
    if any(named) or any(by_pattern) or job.invocation_script or "${" in job.command.text:
        return False
    return heavy_command(job.command.text) is None and not heavy_resources(workflow, job)


def says_nothing(name: str) -> bool:
    """Whether a barrier's name is only a word for barriers, perhaps with a number."""
    return _NOTHING_SAID.fullmatch(name) is not None


def heavy_command(command: str) -> str | None:
    """The first program in a shell command that is more than a light one; None if there is none."""
    heavy = (words[0] for words in _programs(command) if words[0] not in _LIGHT_COMMANDS)
    return next(heavy, None)


def validation(command: str) -> str | None:
    """The first part of a shell command that runs a program to validate something, as written; None if none does."""
    heavy = (" ".join(words) for words in _programs(command) if words[0] not in _LIGHT_COMMANDS)
    return next((part for part in heavy if _VALIDATES.search(part)), None)


def is_silent(command: str) -> bool:
    """Whether a shell command does nothing that could be seen in its output."""
    parts = (part.split() for part in _SEPARATORS.split(command))
    return all(words[0] in _SILENT_COMMANDS for words in parts if words)


def _programs(command: str) -> Iterator[list[str]]:
    """The words of each simple command, without assignments before it; quoted words are empty."""
    for part in _SEPARATORS.split(_QUOTED.sub("''", command)):
        words = [word for word in part.split() if not _ASSIGNMENT.match(word)]
        if words and not words[0].startswith(("#", "'", "$", "(", "{", ")", "}")):
            yield words


def only_prints(command: str) -> bool:
    """Whether a command only prints, or does nothing: it cannot fail and changes no file."""
    text = command.strip()
    position = 0
    while True:
        found = _LIGHT.match(text, position)
        if found is None:
            return False
        if found.end() == len(text):
            return True
        between = _BETWEEN.match(text, found.end())
        if between is None:
            return False
        position = between.end()


def heavy_resources(workflow: Workflow, job: JobSpec) -> str:
    """What the job asks for beyond what a barrier needs, in words; "" if nothing."""
    if job.resource_requirements is None:
        return ""
    for each in workflow.resource_requirements:
        if each.name.text != job.resource_requirements.text:
            continue
        needs = [f"{each.num_cpus} CPUs"] if each.num_cpus > 1 else []
        if each.num_gpus > 0:
            needs.append(f"{each.num_gpus} GPU" + "s" * (each.num_gpus > 1))
        try:
            if memory_bytes(each.memory.text) > _MEMORY:
                needs.append(f"{each.memory.text} of memory")
            if runtime(each.runtime.text).seconds > _SECONDS:
                needs.append(f"{each.runtime.text} of time")
        except QuantityError:
            return ", ".join(needs)  # what Torc cannot read has a finding of its own
        return ", ".join(needs)
    return ""
