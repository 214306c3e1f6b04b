"""Pairs of consumer and producer, counted from links and automata, are the pairs that listing finds."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.names.strategies import domains, patterns, templates
from torclint.names import rust_regex
from torclint.names.holes import pattern_terms
from torclint.names.machine import OverBudget
from torclint.names.relation import Term, count_pairs
from torclint.names.template import parse_template
from torclint.names.unify import Undecided, unify
from torclint.spec.domain import Domain, RangeAxis, RowsAxis
from torclint.spec.formatting import substitute


def listed(a, domain_a, pick, b, domain_b):
    """Index pairs by brute force; `pick(text of a, name of b)` decides."""
    names = [substitute(b, domain_b.values(point)) for point in domain_b.points()]
    found = set()
    for i, point in enumerate(domain_a.points()):
        text = substitute(a, domain_a.values(point))
        found |= {(i, j) for j, name in enumerate(names) if pick(text, name)}
    return found


def matches(pattern, name):
    try:
        return rust_regex.compile(pattern).is_match(name)
    except rust_regex.RegexError:
        assume(False)


def terms_of(text, domain_a, is_pattern, b, domain_b):
    template, names = parse_template(text, domain_a), parse_template(b, domain_b)
    if is_pattern:
        return pattern_terms(template, domain_a, names, domain_b)
    return [Term(match) for match in unify(template, domain_a, names, domain_b)]


@settings(max_examples=700, deadline=None)
@given(st.data())
def test_union_of_names_and_patterns(data):
    domain_a, domain_b = data.draw(domains()), data.draw(domains())
    b = data.draw(templates(domain_b))
    clauses = []
    for _ in range(data.draw(st.integers(1, 3))):
        is_pattern = data.draw(st.booleans())
        same = data.draw(st.booleans()) and domain_a.names == domain_b.names
        text = b if same else data.draw(patterns(domain_a.names) if is_pattern else templates(domain_a))
        clauses.append((text, is_pattern))
    expected, terms = set(), []
    try:
        for text, is_pattern in clauses:
            pick = matches if is_pattern else str.__eq__
            expected |= listed(text, domain_a, pick, b, domain_b)
            terms += terms_of(text, domain_a, is_pattern, b, domain_b)
        counted = count_pairs(terms, domain_a, domain_b)
    except (Undecided, OverBudget, rust_regex.RegexError):
        return
    assert counted == len(expected)


def million(name="i", start=0):
    return Domain((RangeAxis((name,), (start,), (1,), 10**6),))


@pytest.mark.parametrize(
    ("text", "is_pattern", "names", "pairs"),
    [
        ("prep_{i:06d}", False, "prep_{j:06d}", 10**6),
        ("prep_{i}", False, "prep_{j:06d}", 10**6 - 10**5),
        ("^prep_{i:06d}$", True, "prep_{j:06d}", 10**6),
        ("^prep_{i:06d}", True, "prep_{j:06d}", 10**6),
        ("prep_{i}_", True, "prep_{j}_x", 10**6),
        ("prep_{i}$", True, "my_prep_{j}", 10**6),
        ("^prep_", True, "prep_{j}", 10**12),
        ("^prep_{i}_[ab]", True, "prep_{j}_c", 0),
    ],
)
def test_a_million_by_a_million(text, is_pattern, names, pairs):
    a, b = million("i"), million("j")
    assert count_pairs(terms_of(text, a, is_pattern, names, b), a, b) == pairs


def test_a_value_that_is_an_alternation():
    a = Domain((RowsAxis(("m",), (("x|y",), ("z",))),))
    b = Domain((RowsAxis(("n",), (("abx",), ("y1",), ("abz",))),))
    assert count_pairs(terms_of("^ab{m}", a, True, "{n}", b), a, b) == 3


def test_a_name_with_a_line_break():
    b = Domain((RowsAxis(("n",), (("a\nb",), ("ab",))),))
    assert count_pairs(terms_of("^.*$", Domain(), True, "{n}", b), Domain(), b) == 1


def test_ranges_that_overlap_in_part():
    a, b = million("i", 500_000), million("j")
    assert count_pairs(terms_of("prep_{i}", a, False, "prep_{j}", b), a, b) == 500_000


def test_zipped_ranges_shift_the_index():
    a = Domain((RangeAxis(("i", "before"), (1, 0), (1, 1), 10**6 - 1),))
    terms = terms_of("step_{before}", a, False, "step_{i}", million("i"))
    assert count_pairs(terms, a, million("i")) == 10**6 - 1


def test_the_same_pair_by_name_and_by_pattern_counts_once():
    a, b = million("i"), million("j")
    terms = terms_of("p_{i}", a, False, "p_{j}", b) + terms_of("^p_{i}$", a, True, "p_{j}", b)
    assert count_pairs(terms, a, b) == 10**6


def test_a_name_and_a_pattern_that_holds_it():
    a, b = million("i"), million("j")
    terms = terms_of("p_{i}", a, False, "p_{j}", b) + terms_of("^p_1", a, True, "p_{j}", b)
    assert count_pairs(terms, a, b) == 10**6 * 111_111 + (10**6 - 111_111)


def small(*axes):
    return Domain(tuple(RangeAxis((name,), (start,), (1,), length) for name, start, length in axes))


@pytest.mark.parametrize(
    "pattern",
    ["^sim_{s}_1", r"^sim_{s}_1\d*_done", "sim_{s}_1.", "^sim_{s}_01", "^sim_{s}_1_", "_{s}_-", "^sim_{s}_0.5"],
)
@pytest.mark.parametrize(
    "name", ["sim_{s}_{k}_done", "sim_{s}_{k}", "sim_{s}_{k:03d}", "sim_{s}_{k:02d}_done", "sim_{s}_{k}1"]
)
def test_a_pattern_that_ends_within_a_number(pattern, name):
    domain_a, domain_b = small(("s", 1, 12)), small(("s", 1, 12), ("k", -2, 115))
    expected = listed(pattern, domain_a, matches, name, domain_b)
    try:
        terms = terms_of(pattern, domain_a, True, name, domain_b)
    except Undecided:
        pytest.fail("this has a closed form")
    assert count_pairs(terms, domain_a, domain_b) == len(expected)
