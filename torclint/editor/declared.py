"""What names and patterns of a spec stand for: the parts that have these names, found without listing jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.editor.mentions import HANDLER, RESOURCES, SCHEDULER, mentions_in, parts_of
from torclint.graph.clauses import FILES, JOBS, USER_DATA, Clause
from torclint.graph.edges import UNCOUNTABLE
from torclint.graph.groups import NO_PARAMETERS, Groups
from torclint.names.template import parse_template
from torclint.spec.model import Item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from torclint.editor.mentions import Mention
    from torclint.graph.groups import Group, Matched
    from torclint.graph.workflow import WorkflowGraph
    from torclint.spec.model import FailureHandler, ResourceRequirements, Scheduler


class Declared:
    """The named parts of a workflow, as groups of the names that they give."""

    def __init__(self, graph: WorkflowGraph) -> None:
        edges, workflow = graph.edges_by_group, graph.workflow
        self.workflow = workflow
        self._groups = {
            JOBS: edges.jobs,
            FILES: edges.files,
            USER_DATA: edges.user_data,
            RESOURCES: Groups(list(_items(workflow.resource_requirements))),
            SCHEDULER: Groups(list(_items(workflow.schedulers))),
            HANDLER: Groups(list(_items(workflow.failure_handlers))),
        }

    def of(self, kind: str) -> list[Group]:
        return self._groups[kind].all

    def known(self, kind: str) -> Groups:
        return self._groups[kind]

    def meant_by(self, mention: Mention) -> list[Group]:
        """The groups that a mention names or matches, at least in part; for a definition that which it defines."""
        if mention.is_definition:
            return [group for group in self.of(mention.kind) if group.item.name.node is mention.written.node]
        try:
            found = self.picks(mention)
        except UNCOUNTABLE:
            template = parse_template(mention.written.text, mention.domain)
            return [group for group in self.of(mention.kind) if group.template.text == template.text]
        groups = self.of(mention.kind)
        return [groups[index] for index in sorted(found.plain | found.terms.keys())]

    def picks(self, mention: Mention) -> Matched:
        """The pairs of a job that has the mention and what it names or matches for it. Raises Undecided and the like."""
        template = parse_template(mention.written.text, mention.domain)
        return self._groups[mention.kind].find(Clause(template, mention.written, mention.is_pattern), mention.domain)

    def uses_of(self, groups: list[Group], kind: str) -> Iterator[Mention]:
        """Every name and pattern that stands for any of the groups, but for their own names; in the order of the parts."""
        wanted = {group.index for group in groups}
        text = self.workflow.document.text
        for part in parts_of(self.workflow):
            for mention in mentions_in(part, text):
                if mention.kind != kind or mention.is_definition:
                    continue
                if not wanted.isdisjoint(group.index for group in self.meant_by(mention)):
                    yield mention


def _items(parts: Iterable[ResourceRequirements | Scheduler | FailureHandler]) -> Iterator[Item]:
    for index, part in enumerate(parts):
        if part.name is not None:
            yield Item(index, part.node, part.name, NO_PARAMETERS)
