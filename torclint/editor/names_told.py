"""What is told about a name or a pattern: how many jobs it stands for, which, and what waiting for them costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.editor.declared import Declared
from torclint.editor.wording import code, examples
from torclint.graph.blocks import worth_a_barrier
from torclint.graph.clauses import JOBS
from torclint.graph.cost import block_seconds, duration, size
from torclint.graph.edges import UNCOUNTABLE, AtLeast
from torclint.graph.trial import try_groups
from torclint.names import rust_regex
from torclint.names.rust_regex.advice import advice
from torclint.names.template import parse_template
from torclint.report.numbers import known, plural, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.editor.mentions import Mention
    from torclint.graph.blocks import Block
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.thresholds import Thresholds

_SHOWN = 5  # groups that are told one by one


def about_mention(graph: WorkflowGraph, mention: Mention, thresholds: Thresholds) -> str:
    """What a name or pattern stands for, as Markdown."""
    told = _about_pattern(graph, mention) if mention.is_pattern else _about_name(graph, mention)
    if mention.kind == JOBS and mention.field in ("depends_on", "depends_on_regexes"):
        told += "".join(f"\n\n{_about_block(block, thresholds)}" for block in blocks_at(graph, mention))
    return told


def blocks_at(graph: WorkflowGraph, mention: Mention) -> list[Block]:
    """The blocks of edges that an entry makes, alone or with others."""
    node = mention.written.node
    return [
        block
        for block in graph.blocks
        if any(clause.written.node is node for several in block.clauses for clause in several)
    ]


def _about_name(graph: WorkflowGraph, mention: Mention) -> str:
    declared = Declared(graph)
    groups = declared.meant_by(mention)
    if not groups:
        return f"{code(mention.written.text)}: no such {mention.kind}"
    if mention.is_definition:
        return _about_definition(graph, groups[0], mention.kind)
    template = parse_template(mention.written.text, mention.domain)
    lines = []
    if template.slots:
        lines.append(f"{code(template.text)}: a name for each of {plural(mention.domain.size, 'job')}: "
                     f"{examples(template, mention.domain)}")  # fmt: skip
    lines += [_head(group, mention.kind) for group in groups[:_SHOWN]]
    if len(groups) > _SHOWN:
        lines.append(f"and {len(groups) - _SHOWN:,} more")
    return "\n\n".join(lines)


def _head(group: Group, kind: str) -> str:
    """`job a_{i}: 100 jobs: a_0, a_1, a_2 ... a_99`."""
    head = f"{kind} {code(group.template.text)}"
    if group.literal is not None:
        return head
    return f"{head}: {plural(group.size, kind)}" + (f": {examples(group.template, group.domain)}" if group.size else "")


def _about_definition(graph: WorkflowGraph, group: Group, kind: str) -> str:
    waits = _waits(graph, group) if kind == JOBS else ()
    return "\n\n".join((_head(group, kind), *waits))


def _waits(graph: WorkflowGraph, group: Group) -> Iterator[str]:
    try:
        edges = graph.edges_by_group.of(group)
    except UNCOUNTABLE:
        return
    if edges.total:
        each = f", {edges.total // group.size:,} for each" if group.size > 1 and not edges.total % group.size else ""
        yield f"waits through {plural(edges.total, 'dependency')}{each}"


def _about_pattern(graph: WorkflowGraph, mention: Mention) -> str:
    template = parse_template(mention.written.text, mention.domain)
    pattern, of_whom = template.text, ""
    if template.slots:
        if not mention.domain.size:
            return f"{code(pattern)}: the job expands to nothing."
        pattern = template.fill(mention.domain.values(next(mention.domain.points())))
        of_whom = f" For the first of {plural(mention.domain.size, 'job')} it is {code(pattern)}."
    try:
        regex = rust_regex.compile(pattern)
    except rust_regex.RegexError as error:
        told = advice(error)
        return f"{code(pattern)} is not valid in Torc: {error.message}" + (f"\n\n{told}" if told else "")
    groups = [group for group in Declared(graph).of(mention.kind) if group.size]
    shares = [share for share in try_groups(groups, regex) if share.matches != 0]
    total = sum(known(share.matches) for share in shares)
    exact = not any(isinstance(share.matches, AtLeast) for share in shares)
    everyone = sum(group.size for group in groups)
    counted = total if exact else AtLeast(total)
    lines = [f"{code(template.text)} matches {shown(counted)} of {plural(everyone, mention.kind)}.{of_whom}"]
    for share in shares[:_SHOWN]:
        names = ", ".join(map(code, share.matched))
        lines.append(f"- {code(share.group.template.text)}: {shown(share.matches)} of {share.group.size:,}: {names}")
    if len(shares) > _SHOWN:
        lines.append(f"- and {len(shares) - _SHOWN:,} more")
    return lines[0] + "".join(f"\n{line}" if place else f"\n\n{line}" for place, line in enumerate(lines[1:]))


def _about_block(block: Block, thresholds: Thresholds) -> str:
    told = (
        f"{block.consumer_jobs:,} x {block.producer_jobs:,}: **{plural(block.edges, 'dependency')}**, "
        f"{size(block.edges)}, {duration(block_seconds(block))} of `torc create`"
    )
    if block.everyone and worth_a_barrier(block, thresholds.min_jobs, thresholds.min_saving):
        told += f"; a barrier makes it {block.consumer_jobs + block.producer_jobs:,}"
    return told
