"""What a pattern says about itself without matching anything."""

import pytest

from torclint.names import rust_regex
from torclint.names.rust_regex.shape import END, OTHER_ANCHOR, START, Other

HOLE = "\U000f0000"


def sequence(pattern):
    return rust_regex.compile(pattern).sequence


@pytest.mark.parametrize(
    ("pattern", "start", "end"),
    [
        ("^a$", True, True),
        (r"\Aa\z", True, True),
        ("^a|^b", True, False),
        ("^a|b", False, False),
        ("(?:^)a", True, False),
        ("(^|x)a", False, False),
        ("(?m)^a$", False, False),
        ("^*a", False, False),
        ("^{2}a", True, False),
        (r"\b^a", True, False),
        ("a(b|c)$", False, True),
    ],
)
def test_anchors(pattern, start, end):
    regex = rust_regex.compile(pattern)
    assert (regex.is_anchored_start, regex.is_anchored_end) == (start, end)


@pytest.mark.parametrize(
    ("pattern", "prefix"),
    [
        ("^job_.*", "job_"),
        ("^(job)_(?:x)[0-9]", "job_x"),
        (r"^\.a\x41", ".aA"),
        ("job_.*", ""),
        ("^(?i)job", ""),
        ("^jobs?", "job"),
        ("^(a|b)c", ""),
        ("(?x)^ a b # comment", "ab"),
    ],
)
def test_literal_prefix(pattern, prefix):
    assert rust_regex.compile(pattern).literal_prefix == prefix


@pytest.mark.parametrize(
    "pattern", ["", ".*", "^.*", "^.*$", "a*", "(?s).*", "x|", r"[\s\S]*", r"^(\d|\D)*$", r"\b|\B"]
)
def test_matches_everything(pattern):
    assert rust_regex.compile(pattern).matches_everything


@pytest.mark.parametrize("pattern", [".+", "^a*$", ".", r"^\w*$", r"\b", "^[^x]*$", "^$", "^[^\u2028]*$", "(?-u:\\B)"])
def test_does_not_match_everything(pattern):
    assert not rust_regex.compile(pattern).matches_everything


def test_plain_text_is_joined_through_groups():
    assert sequence("^a(b(?:c)d)e$") == (START, "abcde", END)


def test_everything_else_is_opaque():
    assert sequence("a[bc]d*(e|f)g") == ("a", Other(1, 5), Other(5, 7), Other(8, 11), "g")


def test_only_repeated_characters_leave_the_text():
    assert sequence("abc?d") == ("ab", Other(2, 4), "d")


def test_flags_hold_to_the_end_of_their_group():
    assert sequence("a(?i:b)c") == ("a", Other(5, 6), "c")
    assert sequence("a(?:(?i)b)c") == ("a", Other(8, 9), "c")
    assert sequence(r"(?m)^a\b") == (OTHER_ANCHOR, "a", OTHER_ANCHOR)


@pytest.mark.parametrize("pattern", ["[x{}]", "{}*", "({}|a)", "(?i){}", "({}){{2}}", "[{}-{}]"])
def test_a_hole_that_is_not_plain_text(pattern):
    parts = sequence(pattern.replace("{{2}}", "{2}").replace("{}", HOLE))
    assert not any(isinstance(part, str) and HOLE in part for part in parts)


def test_a_hole_between_texts():
    assert sequence(f"^sim_({HOLE})_[0-9]") == (START, f"sim_{HOLE}_", Other(9, 14))
