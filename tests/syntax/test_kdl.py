"""KDL 2 as crate kdl reads it: nodes, strings, numbers, and the odd corners of its grammar."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from torclint.syntax import ParseError
from torclint.syntax.kdl import load_nodes
from torclint.syntax.kdl_nodes import NodeReader


def node(name, *entries, annotation=None, children=()):
    return {"name": name, "type": annotation, "entries": [list(entry) for entry in entries], "children": list(children)}


def argument(value):
    return (None, value, None)


def refusal(text):
    with pytest.raises(ParseError) as caught:
        load_nodes(text)
    return caught.value.line, caught.value.column, caught.value.message


def test_nodes_entries_and_children():
    text = 'job "a" b=1 c\n(t)x { y; z #true } // end\n'
    assert load_nodes(text) == [
        node("job", argument("a"), ("b", 1, None), argument("c")),
        node("x", annotation="t", children=[node("y"), node("z", argument(True))]),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#true", True),
        ("#null", None),
        ("#inf", float("inf")),
        ("1_000", 1000),
        ("-0x1F", -31),
        ("0o17", 15),
        ("0b1_01", 5),
        ("+7", 7),
        ("007", 7),
        ("1.5e-3", 0.0015),
        ("1e400", float("inf")),
        (str(2**127 - 1), 2**127 - 1),
        ("bare", "bare"),
        ("-inf", "-inf"),
        ("-", "-"),
        ("+.a", "+.a"),
        ('""', ""),
        (r'"\n\t\s\"\\\u{1F600}"', '\n\t "\\😀'),
        ('"a\\   \n   b"', "ab"),
        ('#"a\\nb"#', "a\\nb"),
        ('##"a"#b"##', 'a"#b'),
    ],
)
def test_values(text, expected):
    ((_, value, _),) = load_nodes(f"n {text}")[0]["entries"]
    assert (type(value), value) == (type(expected), expected)


def test_strings_of_many_lines_lose_the_indent_of_their_last_line():
    text = 'n """\n    one\r\n      two \\\n      more\n\n    """ #"""\n  a\\n\n  """#'
    assert load_nodes(text) == [node("n", argument("one\n  two more\n"), argument("a\\n"))]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("n true", (1, 3), "must be written #true"),
        ("n #maybe", (1, 3), "expected #true"),
        ('n r"raw"', (1, 4), "expected a space or the end"),
        ('n "a', (1, 3), "never closed"),
        ('n "a\nb"', (1, 3), "not closed on its line"),
        ('n "\\q"', (1, 4), "no such escape"),
        ('n "\\u{D800}"', (1, 4), "no such character"),
        ('n """a"""', (1, 3), "must be followed by a line end"),
        ('n """\n a\n  """', (2, 1), "indented like"),
        ('n #"""#', (1, 3), "single quote"),
        ("n 1x", (1, 4), "expected a space"),
        ("n 0x", (1, 5), "expected a digit"),
        (f"n {2**127}", (1, 3), "more than 128 bits"),
        ("n a=", (1, 5), "expected a value for the property 'a'"),
        ("n (t)", (1, 6), "expected a value after its type"),
        ("n (t", (1, 5), "expected"),
        ("n {\n", (1, 3), "never closed"),
        ("}", (1, 1), "closes nothing"),
        ("{}", (1, 1), "a block without a node"),
        ("n /* c", (1, 3), "never closed"),
        ("a {} b", (1, 6), "expected a line end or ';'"),
        (";", (1, 1), "expected the name of a node"),
        ("/-", (1, 1), "stands before nothing"),
        ("n \x00", (1, 3), "expected a line end"),
        ("n \ud800", (1, 3), "lone surrogate"),
    ],
)
def test_refusals_say_where_and_why(text, place, words):
    line, column, message = refusal(text)
    assert (line, column) == place
    assert words in message


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("/-a\nb", ["b"]),
        ("/-a {} b", ["b"]),  # no line end is needed behind a dropped node
        ("a {} /-b", ["a"]),
        ("a /-{} /-b {}", ["a"]),
        ("a /-b /-{} {c} /-{}", ["a"]),
        ("a \\ // c\n  b", ["a"]),
        ("\ufeffa", ["a"]),
    ],
)
def test_what_a_slashdash_takes_out(text, names):
    assert [read["name"] for read in load_nodes(text)] == names


@pytest.mark.parametrize("text", ["/-a; b", "a {} /-b\nc", "a /-{} b", "a /- /-b"])
def test_corners_where_the_crate_refuses(text):
    refusal(text)


def test_nesting_is_bounded():
    assert load_nodes("a {" * 300 + "}" * 300)
    assert refusal("a {" * 100_000)[2] == "nested deeper than 300 levels"
    assert refusal("a /-{" * 100_000)[2] == "nested deeper than 300 levels"
    assert "in a row" in refusal("a " + "/- " * 100_000)[2]


def test_a_block_dropped_within_dropped_blocks_is_read_once():
    """The crate tries each of them twice, so that its time doubles with every level."""
    assert load_nodes("a " + "/-{ b " * 60 + "}" * 60) == [node("a")]


def test_comments_nest_without_end():
    assert load_nodes("/*" * 50_000 + "*/" * 50_000 + "a") == [node("a")]


spaces = st.sampled_from([" ", "  ", "\t", " /* c */ ", " \\\n ", "\u3000", "/*a/*b*/*/"])
strings = st.sampled_from(
    [("a", "a"), ('"q \\n"', "q \n"), ('#"r"#', "r"), ("é-1", "é-1"), ('""', ""), ('"""\n  m\n  """', "m"), ("-", "-")]
)
values = strings | st.sampled_from(
    [("1", 1), ("-0x1F", -31), ("1.5", 1.5), ("#false", False), ("#null", None), ("1_0", 10)]
)
types = st.sampled_from([("", None), ("", None), ("(u8)", "u8"), ('( "t" )', "t")])


@st.composite
def entries(draw):
    """(text, [key, value, type])"""
    (written, annotation), (value, meaning) = draw(types), draw(values)
    key, name = draw(strings) if draw(st.booleans()) else ("", None)
    text = written + value if name is None else f"{key}={written}{value}"
    return text, [name, meaning, annotation]


@st.composite
def documents(draw, depth=0):
    """(text, nodes) with the nodes made beside the text, not read from it."""
    texts, read = [], []
    for _ in range(draw(st.integers(0, 3))):
        (written, annotation), (name, meaning) = draw(types), draw(strings)
        text = written + name
        made = node(meaning, annotation=annotation)
        for part, entry in draw(st.lists(entries(), max_size=3)):
            dropped = draw(st.sampled_from([False, False, False, True]))
            text += draw(spaces) + ("/-" if dropped else "") + part
            if not dropped:
                made["entries"].append(entry)
        if depth < 2 and draw(st.booleans()):
            inner, made["children"] = draw(documents(depth=depth + 1))
            text += draw(spaces) + "{" + inner + "}"
        texts.append(text + draw(st.sampled_from(["\n", ";", " // c\n", "\r\n", "\u2028"])))
        read.append(made)
    return "".join(texts), read


@settings(max_examples=200, deadline=None)
@given(documents())
def test_reads_what_was_meant(document):
    text, meaning = document
    assert load_nodes(text) == meaning


@settings(max_examples=150, deadline=None)
@given(documents())
def test_every_span_reads_as_its_own_value(document):
    text, _ = document
    pending = list(NodeReader(text))
    while pending:
        read = pending.pop()
        (again,) = load_nodes(text[read.start : read.end])
        assert again["name"] == read.name
        assert len(again["entries"]) == len(read.entries)
        assert load_nodes(text[read.name_start : read.name_end])[0]["name"] == read.name
        for entry in read.entries:
            ((_, value, _),) = load_nodes("n " + text[entry.start : entry.end])[0]["entries"]
            assert value == entry.value
            if entry.key is not None:
                assert load_nodes(text[entry.key_start : entry.key_end])[0]["name"] == entry.key
        pending += read.children or []
