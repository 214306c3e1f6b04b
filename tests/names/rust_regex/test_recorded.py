"""What the regex crate 1.13.1 itself said of thousands of patterns, recorded once (tests/data/vectors)."""

import json
from pathlib import Path

import pytest

from torclint.names import rust_regex

VECTORS = Path(__file__).parents[2] / "data" / "vectors"


def lines(name):
    return [json.loads(line) for line in (VECTORS / name).read_text(encoding="utf-8").splitlines()]


def outcome(pattern, haystacks):
    try:
        regex = rust_regex.compile(pattern)
    except rust_regex.RegexError:
        return None
    return "".join("01"[regex.is_match(text)] for text in haystacks)


def test_validity_and_matches():
    first, *rows = lines("regex.jsonl")
    wrong = [row["pattern"] for row in rows if outcome(row["pattern"], first["haystacks"]) != row.get("match")]
    assert len(rows) > 8000
    assert wrong == []


def error_of(pattern):
    try:
        rust_regex.compile(pattern)
    except rust_regex.RegexError as error:
        return {"message": error.message, "start": error.start, "end": error.end}
    return {}


def test_error_messages_and_spans():
    rows = lines("regex_errors.jsonl")
    wrong = []
    for row in rows:
        pattern = row.pop("pattern")
        if error_of(pattern) != row:
            wrong.append((pattern, row, error_of(pattern)))
    assert len(rows) > 800
    assert wrong == []


@pytest.mark.parametrize(
    ("pattern", "message", "part"),
    [
        ("job_(a|b", "unclosed group", "("),
        ("job_{i}", "repetition quantifier expects a valid decimal", ""),
        ("a{3,2}", "invalid repetition count range, the start must be <= the end", "{3,2}"),
        ("(?=x)", "look-around, including look-ahead and look-behind, is not supported", "(?="),
        (r"x\1", "backreferences are not supported", r"\1"),
        (r"\p{Foo}", "Unicode property not found", r"\p{Foo}"),
        ("[z-a]", "invalid character class range, the start must be <= the end", "z-a"),
        ("é[", "unclosed character class", "["),
    ],
)
def test_the_offending_part(pattern, message, part):
    with pytest.raises(rust_regex.RegexError) as caught:
        rust_regex.compile(pattern)
    error = caught.value
    assert (error.kind, error.message, error.pattern) == ("syntax", message, pattern)
    assert pattern[error.start : error.end] == part
    assert str(error) == message
