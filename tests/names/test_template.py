"""Templates filled with values."""

from itertools import islice, product

from torclint.names.template import parse_template
from torclint.spec.domain import Domain, RangeAxis, RowsAxis


def names(text, *rows):
    domain = Domain((RowsAxis(("i",), tuple((row,) for row in rows)),))
    return list(parse_template(text, domain).names(domain))


def test_a_slot_with_a_format_lets_its_own_value_be_put_into_its_value():
    assert names("a_{i:02d}", "x{i}", 7) == ["a_xx{i}", "a_07"]


def test_a_plain_slot_does_not():
    assert names("a_{i}", "x{i}") == ["a_x{i}"]


def test_a_missing_value_leaves_the_slot():
    assert names("a_{i:02d}", None) == ["a_{i:02d}"]


def test_the_last_axis_is_the_fastest_and_those_without_a_slot_repeat():
    zipped = RowsAxis(("i", "j"), ((1, "x"), (2, "y")))
    domain = Domain((zipped, RangeAxis(("k",), (7,), (2,), 3), RowsAxis(("l",), (("u",), ("v",)))))
    expected = [f"{letter}{j}-{i:02d}-{j}" for (i, j), _, letter in product(zipped.rows, range(3), "uv")]
    assert list(parse_template("{l}{j}-{i:02d}-{j}", domain).names(domain)) == expected


def test_thousands_of_parameters():
    domain = Domain(tuple(RangeAxis((f"p{number}",), (0,), (1,), 2) for number in range(3000)))
    template = parse_template("".join(f"{{p{number}}}" for number in range(3000)), domain)
    assert [name[-3:] for name in islice(template.names(domain), 5)] == ["000", "001", "010", "011", "100"]
