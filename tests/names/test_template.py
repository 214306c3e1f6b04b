"""Templates filled with values."""

from torclint.names.template import parse_template
from torclint.spec.domain import Domain, RowsAxis


def names(text, *rows):
    domain = Domain((RowsAxis(("i",), tuple((row,) for row in rows)),))
    return list(parse_template(text, domain).names(domain))


def test_a_slot_with_a_format_lets_its_own_value_be_put_into_its_value():
    assert names("a_{i:02d}", "x{i}", 7) == ["a_xx{i}", "a_07"]


def test_a_plain_slot_does_not():
    assert names("a_{i}", "x{i}") == ["a_x{i}"]


def test_a_missing_value_leaves_the_slot():
    assert names("a_{i:02d}", None) == ["a_{i:02d}"]
