"""Which format a text is read as."""

from __future__ import annotations

import pytest

from torclint.syntax import ParseError
from torclint.syntax.detect import format_of, read


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.yaml", "yaml"),
        ("dir/a.YML", "yaml"),
        ("a.b.json", "json"),
        ("a.Json5", "json5"),
        ("a.kdl", "kdl"),
        ("a.txt", None),
        ("a", None),
        (".yaml", None),
        ("dir.yaml/a", None),
        ("a.yaml/", "yaml"),
        ("a.", None),
        ("..", None),
        ("", None),
    ],
)
def test_the_extension_tells_the_format(name, expected):
    assert format_of(name) == expected


def test_a_known_extension_is_not_doubted():
    assert read("{a: 1}", "x.yaml").format == "yaml"
    assert read("{a: 1}", "x.json5").format == "json5"
    with pytest.raises(ParseError, match="double quotes"):
        read("{a: 1}", "x.json")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}', "json"),
        ("{a: 1,}", "json5"),
        ("a: 1", "yaml"),
        ("", "yaml"),
        ("name foo", "yaml"),  # YAML takes it for one string, so Torc never tries KDL
        ('job "a" {\n  supports_termination #true\n  command "x"\n}\n', "kdl"),
    ],
)
def test_without_an_extension_the_first_reader_wins(text, expected):
    assert read(text, "spec").format == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}', "json"),
        ("{a: 1}", "json5"),
        ("a: 1", "yaml"),
        ("hello world", "kdl"),
        ('job "a"', "kdl"),
    ],
)
def test_standard_input_must_be_a_mapping_or_kdl(text, expected):
    assert read(text, None).format == expected


@pytest.mark.parametrize("text", ["", " \n\t", "\u3000\x85"])
def test_standard_input_must_not_be_empty(text):
    with pytest.raises(ParseError, match="standard input is empty"):
        read(text, None)


def test_what_no_reader_takes_is_told_by_all_of_them():
    with pytest.raises(ParseError) as caught:
        read("a: [1\nb: {", "spec")
    for tried in ("json: 1:1", "json5: 1:1", "yaml: ", "kdl: "):
        assert tried in caught.value.message


def test_a_list_on_standard_input_is_refused_as_such():
    with pytest.raises(ParseError, match="top level is not a mapping"):
        read("[1]", None)
