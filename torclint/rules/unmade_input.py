"""Input files that no job writes and that are not there."""

from __future__ import annotations

from itertools import islice

from torclint.graph.clauses import FILES
from torclint.names.template import parse_template
from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, UNREADY, Related, Rule
from torclint.text.outside import is_there

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds

_LOOKED_AT = 100  # files of one group that are looked for


class UnmadeInput(Rule):
    """An input file that no job writes and that does not exist here.

    ## What it does
    Flags files in `input_files` of a job that no job writes, and whose `path` is not found from the current folder.

    ## Why
    Torc accepts the spec and refuses to start it while such a file is missing. This is only told as information, since the
    file may well be there on the machine where the workflow starts.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true", input_files: [config]}
    files:
      - {name: config, path: not/there/config.toml}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: make, command: "touch config.toml", output_files: [config]}
      - {name: a, command: "true", input_files: [config]}
    files:
      - {name: config, path: config.toml}
    ```
    """

    code, name, severity, effect = "TL205", "unmade-input", INFO, UNREADY

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        if not graph.workflow.files:
            return
        for each in graph.unmade:
            if each.kind != FILES:
                continue
            item = graph.workflow.files[each.item.index]
            paths = islice(parse_template(item.path.text, item.domain).names(item.domain), _LOOKED_AT)
            absent = next((path for path in paths if not is_there(path)), None)
            if absent is None:
                continue
            yield self.finding(
                f"no job writes {absent}, and it is not here",
                item.path.node.span,
                subject=f"file {item.name.text}",
                label="must be there when the workflow starts",
                related=(Related(each.clause.written.node.span, f"read by {each.reader.item.name.text}"),),
            )
