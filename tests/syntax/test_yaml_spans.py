"""The spans of YAML scalars in flow style."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.syntax.trees import keys, nodes, written
from torclint import syntax

words = st.text(alphabet="ab1é😀 '\"#:~-", max_size=6)
scalars = (
    st.sampled_from(["a", "a b", "1", "0x1F", "1.5", "~", "true", "012", "a#b", "a:b", "é"])
    | words.map(lambda word: json.dumps(word, ensure_ascii=False))
    | words.map(lambda word: "'" + word.replace("'", "''") + "'")
)
spaces = st.sampled_from(["", " ", "\n  ", " # c\n "])


@st.composite
def documents(draw, depth=0):
    if depth == 3 or draw(st.booleans()):
        return draw(scalars)
    items = [draw(documents(depth=depth + 1)) for _ in range(draw(st.integers(0, 3)))]
    if draw(st.booleans()):
        return "[" + ",".join(draw(spaces) + item + draw(spaces) for item in items) + "]"
    return "{" + ", ".join(f"{draw(scalars)} : {item}{draw(spaces)}" for item in items) + "}"


@settings(max_examples=200, deadline=None)
@given(documents())
def test_every_span_reads_as_its_own_value(text):
    root = syntax.parse(text, "yaml").root
    for node in nodes(root):
        assert syntax.parse(written(text, node), "yaml").value == node.plain
    for key in keys(root):
        assert syntax.parse("{" + written(text, key) + ": 0}", "yaml").value == {key.value: 0}
