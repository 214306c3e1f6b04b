"""Reading a text again after an edit gives what reading all of it gives."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from torclint.syntax import ParseError, parse
from torclint.syntax.node import Document, Mapping, Node, Sequence
from torclint.syntax.yaml_again import read_again
from torclint.text.change import change_between
from torclint.text.edits import Edit, apply
from torclint.text.lines import LineIndex

SPEC = """\
# a workflow
name: w
description: >
  two lines
  of text
parameters: {k: "1:3"}
jobs:
  - name: a_{i}   # the first
    command: |
      echo {i} && true
      ls *.csv
    parameters:
      i: "1:10"

  # about b
  - {name: b, command: "true",
     depends_on_regexes: ["^a_"]}
  -   name: c
      command: 'it''s'
      depends_on: [b,
        a_1]
  - name: "é😀"
    command: >+
      last

files:
- name: f
  path: /tmp/f
- {name: g, path: g}
metadata: {a: [1, {b: 2}]}
"""

PIECES = [
    *"abc:-#'\"{}[],&*!|>? \t\n\r",
    *("\n", "\n  ", "\n    ", "\n  - ", "\n- ", "  - name: new\n    command: x\n", "- {name: h, path: h}\n"),
    *(
        "---\n",
        "...\n",
        "\n---\n",
        "%YAML 1.2\n",
        "&anchor ",
        "*anchor",
        "!!str ",
        "<<: ",
        "key: value\n",
        "\u2028",
        "\x85---",
    ),
    *("\ufeff", "\0", "😀", "  # comment\n", "|+\n", "'", '"', ": [", "}\n", "~", ""),
]


def dump(node: Node) -> object:
    if isinstance(node, Mapping):
        inner: object = [(dump(key), dump(value)) for key, value in node.entries]
        return "mapping", inner, node.flow, node.start, node.end, node.alias
    if isinstance(node, Sequence):
        return "sequence", [dump(item) for item in node.items], node.flow, node.start, node.end, node.alias
    return "scalar", node.value, node.start, node.end, node.alias


def read(text: str) -> Document | None:
    try:
        return parse(text, "yaml")
    except ParseError:
        return None


edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 30) | st.just(0), st.sampled_from(PIECES)), min_size=1, max_size=6
)


@given(edits)
@example([(0.2, 0, "\n")])
def test_any_edit(steps: list[tuple[float, int, str]]) -> None:
    text = SPEC
    document = parse(text, "yaml")
    for where, gone, new in steps:
        start = int(where * len(text))
        text = text[:start] + new + text[start + gone :]
        whole = read(text)
        if read_again(document, text):
            assert whole is not None
            assert document.text == text
            assert dump(document.root) == dump(whole.root)
            assert document.comments == whole.comments
        elif whole is None:
            continue
        else:
            document = whole


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("echo {i}", "echo x{i}"),
        ("- {name: b,", "- {name: bcd,"),
        ("a_1]\n", "a_1]\n      priority: 1\n"),
        ("files:\n", "  - name: d\n    command: x\nfiles:\n"),
        ("name: w", "name: workflow"),
        ("{b: 2}", "{b: 3}"),
        ("  - {name: b, command: \"true\",\n     depends_on_regexes: [\"^a_\"]}\n", "  - name: b2\n    command: x\n"),
        ("path: g}", "path: h}"),
    ],
)  # fmt: skip
def test_that_only_a_part_is_read(old: str, new: str) -> None:
    document = parse(SPEC, "yaml")
    edited = SPEC.replace(old, new, 1)
    assert edited != SPEC
    assert read_again(document, edited)
    assert dump(document.root) == dump(parse(edited, "yaml").root)


@pytest.mark.parametrize("text", ["a: &x [1]\nb: *x\nc: 1\n", "- a\n- b\n", "{a: 1, b: 2}\n"])
def test_texts_that_are_read_as_a_whole(text: str) -> None:
    assert not read_again(parse(text, "yaml"), text.replace("1", "3").replace("b", "c"))


texts = st.text(st.sampled_from("ab\r\n😀"), max_size=40)


@given(texts, st.floats(0, 1), st.integers(0, 5), texts)
def test_lines_after_an_edit(text: str, where: float, gone: int, new: str) -> None:
    start = int(where * len(text))
    edit = Edit(start, min(start + gone, len(text)), new)
    assert LineIndex(text).edited(edit).starts == LineIndex(apply(text, [edit])).starts


@given(texts, texts)
def test_the_change_between_two_texts(old: str, new: str) -> None:
    change = change_between(old, new)
    assert apply(old, [change]) == new
    if old != new:
        assert old[change.start : change.end] != change.replacement


def test_the_change_in_a_long_text() -> None:
    old = "x" * 200_000
    assert change_between(old, old[:150_000] + "y" + old[150_000:]) == Edit(150_000, 150_000, "y")
    assert change_between(old, old) == Edit(200_000, 200_000, "")
