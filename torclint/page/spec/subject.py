"""What a page about a spec is made of: the text, what was read in it, what rules found, and what barriers change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.checking.one import findings_in, graph_of, refused
from torclint.fix.barriers import insert_barriers
from torclint.record import Record
from torclint.syntax.detect import format_of
from torclint.syntax.detect import read as read_spec
from torclint.syntax.node import Mapping, ParseError, Scalar
from torclint.text.lines import LineIndex

if TYPE_CHECKING:
    from torclint.checking.files import Source
    from torclint.config.settings import Settings
    from torclint.fix.barriers import Fixed
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.run.forecast.forecast import Machines
    from torclint.syntax.node import Document


class Subject(Record):
    """One spec. `document` is None for a text that cannot be read in its format, `graph` and `fixed` for one that Torc
    refuses to load. `format` is "" where even that could not be told."""

    path: str
    lines: LineIndex
    format: str
    document: Document | None
    graph: WorkflowGraph | None
    fixed: Fixed | None
    findings: tuple[Finding, ...]
    machines: Machines

    @property
    def text(self) -> str:
        return self.lines.text

    @property
    def after(self) -> WorkflowGraph | None:
        """The spec with the barriers that it gains by; None if it gains by none."""
        return self.fixed.after if self.fixed is not None else None

    @property
    def name(self) -> str:
        """What the workflow is called; the path where it has no name or could not be read."""
        name = self.text_at("name")
        return name if name.strip() else self.path

    def text_at(self, field: str) -> str:
        """The text in a field of the workflow, also of one that Torc refuses; "" if there is none."""
        root = self.document.root if self.document is not None else None
        node = root.get(field) if isinstance(root, Mapping) else None
        return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else ""


def subject_of(source: Source, settings: Settings, machines: Machines) -> Subject:
    """Read a spec, ask the rules, and work out its barriers. Raises RuleFailure."""
    path, text = source.path, source.text
    try:
        document = read_spec(text, source.name)
    except ParseError as error:
        found = refused(error, text, settings)
        return Subject(path, LineIndex(text), format_of(path) or "", None, None, None, found, machines)
    graph = graph_of(document, settings.torc)
    findings = findings_in(graph, path, settings)
    if not graph.workflow.loaded:
        return Subject(path, document.lines, document.format, document, None, None, findings, machines)
    fixed = insert_barriers(graph, settings.thresholds)
    return Subject(path, document.lines, document.format, document, graph, fixed, findings, machines)
