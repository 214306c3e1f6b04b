"""Patterns that could be stricter without matching any other name."""

from __future__ import annotations

from torclint.graph.edges import UNCOUNTABLE, merged
from torclint.names import rust_regex
from torclint.names.relation import EVERYTHING, count_pairs
from torclint.names.rust_regex.anchoring import anchored, with_plain_dots
from torclint.names.template import parse_template
from torclint.record import TYPE_CHECKING
from torclint.rules.base import FIXES_AT_ONCE, INFO, SAFE, STYLE, Rule
from torclint.rules.offers import rewriting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.clauses import Clause
    from torclint.graph.groups import Group, Groups
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class LoosePattern(Rule):
    r"""A pattern is not anchored, or its dots stand for any character, and it matches the right names by luck.

    ## What it does
    Flags `depends_on_regexes` that match the same jobs with `^` before them, or with `\.` for `.`. Opt-in: ask for it with
    `--select TL408`. Where `^` would change what is matched, TL403 says so.

    ## Why
    A job that is added later may hold the text in the middle of its name, or another character where the dot is; then it is
    waited for as well.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "clean_v1.2_{i}", command: "true", parameters: {i: "1:3"}}
      - {name: after, command: "true", depends_on_regexes: ["clean_v1.2"]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "clean_v1.2_{i}", command: "true", parameters: {i: "1:3"}}
      - {name: after, command: "true", depends_on_regexes: ["^clean_v1\\.2"]}
    ```

    ## Fix safety
    `torclint fix --select TL408` writes the stricter pattern. The fix is safe: that it matches the same names for every job is
    proven, without listing them.
    """

    code, name, severity, effect, fixable = "TL408", "loose-pattern", INFO, STYLE, True

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        edges = graph.edges_by_group
        same: dict[tuple[str, str], bool] = {}
        offered = 0
        for group, clauses in zip(edges.jobs.all, edges.clauses, strict=True):
            for clause in clauses.waits.patterns if clauses else ():
                new = _stricter(clause, group, edges.jobs, same)
                if new:
                    offered += 1
                    yield self._report(graph, group, clause, new, offered <= FIXES_AT_ONCE)

    def _report(self, graph: WorkflowGraph, group: Group, clause: Clause, new: str, is_offered: bool) -> Finding:
        fix = None
        if is_offered:
            document, owner = graph.workflow.document, group.item.node
            fix = rewriting(document, owner, "depends_on_regexes", clause.written, new, self.code, SAFE)
        return self.finding(
            f"`{clause.template.text}` matches no other name than `{new}` does, but could",
            clause.written.node.span,
            subject=f"job {group.item.name.text}",
            label=f"write `{new}`",
            fix=fix,
        )


def _stricter(clause: Clause, group: Group, jobs: Groups, same: dict[tuple[str, str], bool]) -> str:
    """The strictest of a few patterns that picks out the same; "" if there is none but the pattern itself."""
    text = clause.template.text
    if not clause.template.slots and _is_catch_all(text):
        return ""
    start = text if text.startswith(("^", "\\A")) else anchored(text)
    for new in dict.fromkeys((with_plain_dots(start), start, with_plain_dots(text))):
        if new == text:
            continue
        key = text, new
        if clause.template.slots:
            if _picks_the_same(clause, new, group, jobs):
                return new
            continue
        if key not in same:
            same[key] = _picks_the_same(clause, new, group, jobs)
        if same[key]:
            return new
    return ""


def _is_catch_all(pattern: str) -> bool:
    try:
        return rust_regex.compile(pattern).matches_everything
    except rust_regex.RegexError:
        return True


def _picks_the_same(clause: Clause, new: str, group: Group, jobs: Groups) -> bool:
    """Whether the pattern `new` picks out the same (job, name) pairs, and some."""
    other = clause._replace(template=parse_template(new, group.domain))
    if [slot.parameter for slot in other.template.slots] != [slot.parameter for slot in clause.template.slots]:
        return False
    try:
        one, two = (merged([jobs.find(each, group.domain)]) for each in (clause, other))
        if one.plain != two.plain:
            return False
        some = bool(one.plain)
        for index in one.terms.keys() | two.terms.keys():
            mine, others = one.terms.get(index, []), two.terms.get(index, [])
            both = [*mine, *(term for term in others if term not in mine)]
            domain = jobs.all[index].domain
            counts = {count_pairs(terms, group.domain, domain) for terms in (mine, others, both)}
            if len(counts) > 1:
                return False
            some = some or counts != {0} or mine == [EVERYTHING]
    except UNCOUNTABLE:
        return False
    return some
