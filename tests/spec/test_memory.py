"""A spec that is decoded with what was known before an edit is the same as one that is decoded anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from torclint.spec.decode import decode
from torclint.spec.memory import Memory
from torclint.spec.model import Item, Workflow
from torclint.syntax import ParseError, parse
from torclint.syntax.yaml_again import read_again

SPEC = """\
name: w
parameters: {k: "1:3"}
variables: {root: /data}
jobs:
  - name: a
    command: ls {root}
  - name: b
    command: x
    depends_on: [a]
    stdio: {mode: none}
  - name: c_{k}
    command: x
    use_parameters: [k]
    priority: 1
  - name: d
    command: x
files:
  - name: f
    path: "{root}/f"
  - name: g_{i}
    path: g
    parameters: {i: "1:2"}
user_data:
  - name: u
    data: {a: [1, "{root}"]}
"""

LINES = [
    "", "  # a comment", "  - name: e", "    command: y", "    depends_on: [b]", "    use_parameters: [k, m]", "    prioriti: 1",
    "  - {name: h, command: z}", "variables: {root: /other}", "variables: {}", "parameters: {k: '1:9', m: [a]}",
    "    name: twice", "    priority: -1", "    path: q", "    stdio: {mode: all}", "files:", "    data: 5",
]  # fmt: skip
edits = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 3), st.sampled_from(LINES)), min_size=1, max_size=6
)


def told(workflow: Workflow) -> object:
    def of(item: Item) -> object:
        fields = [name for kind in type(item).__mro__ for name in getattr(kind, "__slots__", ()) if name != "node"]
        texts = [str(plain(getattr(item, name))) for name in fields]
        return texts, item.node.span, item.name.node.span

    items = (*workflow.jobs, *workflow.files, *workflow.user_data)
    return workflow.loaded, workflow.complete, workflow.problems, workflow.variables, [of(item) for item in items]


def plain(value: object) -> object:
    """A value with the places of its nodes in their stead."""
    if hasattr(value, "start"):
        return value.start, value.end, value.plain
    return [plain(part) for part in value] if isinstance(value, tuple) else value


@given(edits)
def test_any_edit(steps: list[tuple[float, int, str]]) -> None:
    memory = Memory()
    text, document = SPEC, parse(SPEC, "yaml")
    decode(document, memory=memory)
    for where, gone, new in steps:
        lines = text.split("\n")
        place = int(where * len(lines))
        lines[place : place + gone] = [new]
        text = "\n".join(lines)
        try:
            whole = parse(text, "yaml")
        except ParseError:
            continue
        if not read_again(document, text):
            document = parse(text, "yaml")
        assert told(decode(document, memory=memory)) == told(decode(whole))


def test_what_stayed_is_not_made_again() -> None:
    memory = Memory()
    document = parse(SPEC, "yaml")
    before = decode(document, memory=memory)
    assert read_again(document, SPEC.replace("command: x\n    depends_on", "command: other\n    depends_on"))
    after = decode(document, memory=memory)
    same = [one is other for one, other in zip(before.jobs, after.jobs, strict=True)]
    assert same == [True, False, False, True]  # c_{k} has parameters
    assert after.jobs[1].command.text == "other"


def test_other_variables_make_all_of_it_other() -> None:
    memory = Memory()
    document = parse(SPEC, "yaml")
    decode(document, memory=memory)
    assert read_again(document, SPEC.replace("root: /data", "root: /other"))
    assert decode(document, memory=memory).jobs[0].command.text == "ls /other"
