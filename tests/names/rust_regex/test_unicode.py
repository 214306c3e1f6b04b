"""Classes, case folding and words beyond ASCII, as Unicode 16 and the crate have them."""

import subprocess
import sys

import pytest

from torclint.names import rust_regex


def is_match(pattern, text):
    return rust_regex.compile(pattern).is_match(text)


def count(pattern):
    """How many code points one character of the class can be."""
    regex = rust_regex.compile(f"^{pattern}$")
    regex.is_match("a")
    return sum(high - low + 1 for low, high in next(iter(classes(regex))).ranges)


def classes(regex):
    return [test for test in regex._automaton().tests if hasattr(test, "ranges")]


def test_sizes_of_the_perl_classes():
    assert (count(r"\w"), count(r"\d"), count(r"\s")) == (144_667, 760, 25)


@pytest.mark.parametrize("char", ["K", "k", "\u212a"])
def test_kelvin_is_a_k(char):
    assert is_match("(?i)^k$", char)
    assert is_match("(?i)^[K]$", char)
    assert is_match("(?i)^[\u212a]$", char)


def test_without_the_u_flag_only_ascii_folds():
    assert is_match("(?i-u)^k$", "K")
    assert not is_match("(?i-u)^k$", "\u212a")


def test_folding_is_simple():
    assert is_match("(?i)^ẞ$", "ß")
    assert not is_match("(?i)^ß$", "ss")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^\p{Greek}$", "α"),
        (r"^\p{scx=Hira}$", "\u3001"),
        (r"^\p{gc!=Lu}$", "a"),
        (r"^\P{gc!=Lu}$", "A"),
        (r"^\p{ White_Space }$", "\x85"),
        (r"^\p{isALPHAbetic}$", "é"),
        (r"^\p{age=16.0}$", "\u1c89"),
        (r"^\p{wb=Katakana}$", "カ"),
        (r"^\p{gcb=ZWJ}$", "\u200d"),
        (r"^\p{sb=STerm}$", "!"),
        (r"^\p{Assigned}$", "a"),
        (r"^\p{sc}$", "€"),
        (r"^[\p{L}--[a-z]]$", "A"),
        (r"^[a-g~~e-k]$", "h"),
        (r"^[\w&&[^_]&&\D]$", "x"),
        (r"^[^\x00-\x7F]$", "é"),
    ],
)
def test_members(pattern, text):
    assert is_match(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^\p{age=15.1}$", "\u1c89"),
        (r"^[\p{L}--[a-z]]$", "a"),
        (r"^[a-g~~e-k]$", "f"),
        (r"^\s$", "\x1c"),
        (r"^\d$", "²"),
        (r"^.$", "\n"),
        (r"^(?R).$", "\r"),
    ],
)
def test_no_members(pattern, text):
    assert not is_match(pattern, text)


def test_the_gap_of_the_surrogates_is_kept_in_complements():
    # A quirk of the crate: what lies on both sides of the surrogates is in the set and in its complement.
    for pattern in (r"^[\x{D700}-\x{D7FF}\x{E000}-\x{E0FF}]$", r"^[^\x{D700}-\x{D7FF}\x{E000}-\x{E0FF}]$"):
        assert is_match(pattern, "\ud7ff")
        assert is_match(pattern, "\ue000")


def test_words():
    assert is_match(r"\bé\b", "é")
    assert not is_match(r"(?-u:\b)é", "é")
    assert is_match(r"^\b{start}a\b{end}$", "a")
    assert is_match(r"^\<a\>$", "a")


def test_plain_names_do_not_read_the_tables():
    program = (
        "import sys; from torclint.names import rust_regex\n"
        r"for p in (r'^job_\d+$', r'(?i)^[a-z_]+\b', r'^[\w.-]+$', r'\S\W'):" + "\n"
        "    rust_regex.compile(p).is_match('job_1 B-c')\n"
        "print('torclint.names.rust_regex.tables' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
