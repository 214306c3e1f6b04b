"""Taking items out of lists in all four syntaxes, to the letter."""

from __future__ import annotations

import pytest

from torclint.syntax import Mapping, Sequence, parse
from torclint.syntax.insertion import CannotEdit, remove_items, with_anchors
from torclint.text.edits import apply


def without(text: str, *places: int, format: str = "yaml", field: str = "d") -> str:
    """The text without these items of the list `field` of the first mapping that has it; the data is as intended."""
    document = parse(text, format)
    owner = owner_of(document.root, field)
    items = owner.get(field)
    assert isinstance(items, Sequence)
    edits = with_anchors(
        document, remove_items(document, owner, field, [items.items[place] for place in places]), ("d",)
    )
    after = apply(text, edits)
    left = [item.value for place, item in enumerate(items.items) if place not in places]
    again = parse(after, format)
    if not left:
        with pytest.raises(LookupError):
            owner_of(again.root, field)
    else:
        found = owner_of(again.root, field).get(field)
        assert found is not None
        assert found.plain == left
    for span in document.comments:
        assert text[span.start : span.end] in after
    return after


def owner_of(node, field: str) -> Mapping:
    pending = [node]
    while pending:
        node = pending.pop(0)
        if isinstance(node, Mapping):
            if node.get(field) is not None:
                return node
            pending += [value for _, value in node.entries]
        elif isinstance(node, Sequence):
            pending += node.items
    raise LookupError(field)


@pytest.mark.parametrize(
    ("before", "places", "after"),
    [
        ("d: [a, b, c]\n", [0], "d: [b, c]\n"),
        ("d: [a, b, c]\n", [1], "d: [a, c]\n"),
        ("d: [a, b, c]\n", [2], "d: [a, b]\n"),
        ("d: [ a, b ]\n", [1], "d: [ a ]\n"),
        ("d: [a, b,]\n", [1], "d: [a,]\n"),
        ("d: [a, b, c]\n", [1, 2], "d: [a]\n"),
        ("{x: 1, d: [a], y: 2}\n", [0], "{x: 1, y: 2}\n"),
        ("{x: 1, d: [a]}\n", [0], "{x: 1}\n"),
        ("{d: [a], y: 2}\n", [0], "{y: 2}\n"),
        ("x: 1\nd: [a] # why\ny: 2\n", [0], "x: 1\n# why\ny: 2\n"),
        ("x: 1\nd:\n  - a\n  - b\n", [1], "x: 1\nd:\n  - a\n"),
        ("x: 1\nd:\n  - a\n  - b", [1], "x: 1\nd:\n  - a"),
        ("x: 1\nd:\n  - a # one\n  - b # two\n", [1], "x: 1\nd:\n  - a # one\n  # two\n"),
        ("x: 1\r\nd:\r\n- a\r\n- b\r\n", [0], "x: 1\r\nd:\r\n- b\r\n"),
        ("x: 1\nd: # one\n  # two\n  - a\ny: 2\n", [0], "x: 1\n# one\n# two\ny: 2\n"),
        ("- d: [a]\n  y: 2\n", [0], "- y: 2\n"),
        ("- d: [a] # why\n  # so\n  y: 2\n", [0], "- # why\n  # so\n  y: 2\n"),
        ("x: 1\nd: &l\n  - a\n  - b\n", [0], "x: 1\nd: &l\n  - b\n"),
        ("d: [\n  a, # one\n  b, # two\n]\n", [1], "d: [\n  a, # one\n  # two\n]\n"),
        ("d: [\n  a,\n  b\n]\n", [1], "d: [\n  a\n]\n"),
        ("d: [a, # x, y\n  b]\n", [1], "d: [a # x, y\n]\n"),
        ("d: [a,b]\n", [0], "d: [b]\n"),
        ("x: [1]\nd: ['a', \"b\"]", [0], 'x: [1]\nd: ["b"]'),
        ("d:\n  - &a a\n  - b\n", [0], "d:\n  - b\n"),
        ("d:\n  - &a a\n  - *a\nx: &x 1\n", [0, 1], "x: &x 1\n"),
        ("d:\n  - &a # why\n    a\n  - b\n", [0], "d:\n  # why\n  - b\n"),
        ("d:\n  - a\n\n  - |-\n    b\n  # why\n  - &c c", [1, 2], "d:\n  - a\n\n  # why"),
        ("d: [a, b # why\n  ,c]\n", [1, 2], "d: [a # why\n]\n"),
        ("d: [a,b, # why\n  c]\n", [1, 2], "d: [a # why\n]\n"),
        ("{x: 1,d: [a], # why\n  e: 2}\n", [0], "{x: 1, # why\n  e: 2}\n"),
        ("x: what?\n? d # why\n: [a]\n? y\n: 2\n", [0], "x: what?\n# why\n? y\n: 2\n"),
        ("- ? d\n  : [a]\n  ? y\n  : 2\n", [0], "- ? y\n  : 2\n"),
        ("x: &l [a]\nd: *l # why\ny: 2\n", [0], "x: &l [a]\n# why\ny: 2\n"),
        ("- d: [&a a, b, 3]\n- d: [*a, *a]\n", [0], '- d: [b, 3]\n- d: [&a "a", *a]\n'),
        ("- d: [!!str &a 3, b]\n- d: [*a]\n", [0], '- d: [b]\n- d: [&a "3"]\n'),
    ],
)
def test_yaml(before, places, after):
    assert without(before, *places) == after


@pytest.mark.parametrize(
    ("before", "places", "after"),
    [
        ('{"d": ["a", "b"]}', [1], '{"d": ["a"]}'),
        ('{"d": ["a"], "e": 1}', [0], '{"e": 1}'),
        ('{\n  "e": 1,\n  "d": [\n    "a"\n  ]\n}\n', [0], '{\n  "e": 1\n}\n'),
        ('{\n  "d": [\n    "a",\n    "b"\n  ]\n}\n', [1], '{\n  "d": [\n    "a"\n  ]\n}\n'),
        ('{\n\t"d": [\n\t\t"a",\n\t\t"b"\n\t]\n}\n', [0], '{\n\t"d": [\n\t\t"b"\n\t]\n}\n'),
    ],
)
def test_json(before, places, after):
    assert without(before, *places, format="json") == after


@pytest.mark.parametrize(
    ("before", "places", "after"),
    [
        ("{d: ['a', 'b',], /* x */ e: 1}", [1], "{d: ['a',], /* x */ e: 1}"),
        ("{e: 1, // one\n d: ['a'], // two\n}", [0], "{e: 1, // one\n // two\n}"),
        ("{e: 1, d: ['a', /* x, y */ 'b']}", [1], "{e: 1, d: ['a' /* x, y */]}"),
    ],
)
def test_json5(before, places, after):
    assert without(before, *places, format="json5") == after


@pytest.mark.parametrize(
    ("before", "places", "after"),
    [
        ("job j { depends_on a; depends_on b; }", [0], "job j { depends_on b; }"),
        ("job j { depends_on a; depends_on b }", [1], "job j { depends_on a; }"),
        ("job j {\n  depends_on a // x\n  command ls\n}\n", [0], "job j {\n  // x\n  command ls\n}\n"),
        ("job j { depends_on /* x */ a; command ls }", [0], "job j { /* x */ command ls }"),
        ("job j { depends_on \\ // x\n a; command ls }", [0], "job j { // x\ncommand ls }"),
        (
            "job j {\n  depends_on /* x */ a // y\n  command ls\n}\n",
            [0],
            "job j {\n  /* x */\n  // y\n  command ls\n}\n",
        ),
        ('job j {\n  depends_on a\n  depends_on #"b"#\n}\n', [1], "job j {\n  depends_on a\n}\n"),
    ],
)
def test_kdl(before, places, after):
    assert without(before, *places, format="kdl", field="depends_on") == after


@pytest.mark.parametrize(
    ("text", "format", "field"),
    [
        ("x: &l [a, b]\nd: *l\n", "yaml", "d"),
        ("d: [a]\nd: [a]\n", "yaml", "d"),
        ("job j { depends_on a b; }", "kdl", "depends_on"),
        ("job j { depends_on /-b a; }", "kdl", "depends_on"),
    ],
)
def test_what_would_touch_something_else_is_refused(text, format, field):
    with pytest.raises(CannotEdit):
        without(text, 0, format=format, field=field)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("d:\n  - &a gpu\n  - b\ne:\n  - *a\n", "&a"),
        ("d: [&a gpu, b]\ne: [*a]\n", "&a"),
        ("d: &l\n  - gpu\ne: *l\n", "&l"),
        ("x: 1\n&k d: [a]\ne: *k\n", "&k"),
        ("x: 1\nd:\n  - &a gpu\n  - b\n*a : 2\n", "&a"),
        ("- d: [&a gpu, b]\n- d: [*a]\n- e: [&e 1, &f 2, &e 3, *f]\n", "&a"),
    ],
)
def test_an_anchor_that_is_used_elsewhere_does_not_go(text, name):
    with pytest.raises(CannotEdit, match=name):
        without(text, 0)
