"""Parameters to domains, held against a naive reading of Torc's rules."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from torclint.spec.domain import RangeAxis
from torclint.spec.parameters import IntRange, parse_values, product, zipped
from torclint.spec.ranges import ParameterError


def values(text):
    found = parse_values(text)
    if isinstance(found, IntRange):
        return [found.start + found.step * index for index in range(found.length)]
    return list(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1:3", [1, 2, 3]),
        ("1:10:4", [1, 5, 9]),
        ("10:1", []),
        ("10:1:-4", [10, 6, 2]),
        ("{1:3}", [1, 2, 3]),
        (" 1 : 3 : ", [1, 2, 3]),
        ("12:30:45", [12]),
        ("1:10:9223372036854775807", [1, -(2**63), -1]),  # what leaves the 64-bit integers goes on at their other end
        ("-2:-10:-9223372036854775807", [-2, 2**63 - 1, 0]),
        ("5", [5]),
        ("+5", [5]),
        ("007", [7]),
        ("1e3", [1000.0]),
        (".5", [0.5]),
        ("0x10", ["0x10"]),
        ("1_000", ["1_000"]),
        ("99999999999999999999", [1e20]),
        ("abc", ["abc"]),
        ("'abc'", ["'abc'"]),
        ("inf", [math.inf]),
        ("Infinity", [math.inf]),
        ('["a,b","c"]', ["a", "b", "c"]),
        ('["1","02"]', ["1", "02"]),
        ("[01,02]", [1, 2]),
        ("[1.0,2.50]", [1.0, 2.5]),
        ("[,]", ["", ""]),
        ("[[1,2],[3]]", [1, "2]", "[3"]),
        ("['\"a\"']", ["a"]),
        ("[\"'a'\"]", ["'a'"]),
        ("[1:3]", ["1:3"]),
        ("[true,null]", ["true", "null"]),
        ("[]", []),
        ("[ ]", []),
        ("{a,b}", ["{a,b}"]),
        ("", [""]),
    ],
)
def test_values(text, expected):
    found = values(text)
    assert found == expected
    assert [type(one) for one in found] == [type(one) for one in expected]


def test_a_range_of_floats_drifts_as_in_torc():
    found = values("0.0:1.0:0.1")
    assert len(found) == 11
    assert found[3] == 0.30000000000000004


def test_nan_step_yields_the_start_when_it_lies_beyond_the_end():
    assert values("2.0:1.0:nan") == [2.0]
    assert values("1.0:2.0:nan") == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a:b", "bad-parameter"),
        ("http://x", "bad-parameter"),
        ("1:2:3:4", "bad-parameter"),
        ("1:5:0", "bad-parameter"),
        ("1:3:0.5", "bad-parameter"),
        ("0.0:1.0:x", "bad-parameter"),
        ("@", "bad-parameter"),
        ("@no/such/file", "bad-parameter"),
        ("@/dev/zero", "bad-parameter"),
        ("0:inf", "endless-range"),
        ("inf:inf", "endless-range"),
        ("0.0:1.0:1e-300", "endless-range"),
        ("1e16:2e16:1", "endless-range"),
        ("0:9223372036854775807", "endless-range"),
        ("0:-9223372036854775808:-1", "endless-range"),
        ("1:9223372036854775807:3", "endless-range"),
        ("0:4611686018427387904:4611686018427387904", "endless-range"),
    ],
)
def test_refused(text, rule):
    with pytest.raises(ParameterError) as caught:
        parse_values(text)
    assert caught.value.rule == rule


def test_a_range_that_ends_just_before_the_limit():
    assert parse_values("9223372036854775804:9223372036854775806") == IntRange(9223372036854775804, 1, 3)


def test_a_long_range_stays_three_numbers(domain):
    found = domain({"i": "0:999999999999"})
    assert found.axes == (RangeAxis(("i",), (0,), (1,), 10**12),)
    assert found.size == 10**12


# An oracle that lists everything, straight from the rules.


def _naive_range(start, end, step):
    found = []
    current = start
    while (current <= end) if step > 0 else (current >= end):
        found.append(current)
        current += step
    return found


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(-9, 9).filter(bool))
def test_integer_ranges(start, end, step):
    assert values(f"{start}:{end}:{step}") == _naive_range(start, end, step)


@given(st.integers(-20, 20), st.integers(-20, 20), st.sampled_from([0.1, 0.25, -0.5, 1.5]))
def test_float_ranges(start, end, step):
    current, found = float(start), []
    while current <= end + 1e-10 if step > 0 else current >= end - 1e-10:
        found.append(current)
        current += step
    assert values(f"{start}.0:{end}.0:{step}") == found


_ITEM = st.text("ab'\"[] .-+0127e", max_size=6)


def _naive_item(text):
    text = text.strip()
    digits = text[1:] if text[:1] in ("+", "-") else text
    if digits and all(letter in "0123456789" for letter in digits):
        return int(text)
    try:
        # what Python takes for a float beyond Rust is not in the alphabet
        return float(text)
    except ValueError:
        return text.lstrip("'").rstrip("'").lstrip('"').rstrip('"')


@given(st.lists(_ITEM, min_size=1, max_size=5))
def test_lists(items):
    inner = ",".join(items)
    core = f"[{inner}]".lstrip("[").rstrip("]").strip()
    expected = [_naive_item(item) for item in core.split(",")] if core else []
    assert values(f"[{inner}]") == expected


_LISTS = st.lists(st.integers(-3, 3), min_size=1, max_size=4)
_PARAMETER = st.one_of(
    _LISTS.map(lambda items: (f"[{','.join(map(str, items))}]", items)),
    st.tuples(st.integers(-5, 5), st.integers(1, 4)).map(
        lambda pair: (f"{pair[0]}:{pair[0] + pair[1] - 1}", list(range(pair[0], pair[0] + pair[1])))
    ),
)


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), _PARAMETER, max_size=3))
def test_product_and_zip(parameters):
    parsed = {name: parse_values(text) for name, (text, _) in parameters.items()}
    combined = product(parsed)
    expected = [{}]
    for name, (_, found) in parameters.items():
        expected = [{**one, name: value} for one in expected for value in found]
    assert [combined.values(point) for point in combined.points()] == expected
    assert combined.size == len(expected)
    lengths = {len(found) for _, found in parameters.values()}
    if len(lengths) > 1:
        with pytest.raises(ParameterError):
            zipped(parsed)
        return
    side_by_side = zipped(parsed)
    rows = list(zip(*(found for _, found in parameters.values()), strict=True)) if parameters else [()]
    assert [side_by_side.values(point) for point in side_by_side.points()] == [
        dict(zip(parameters, row, strict=True)) for row in rows
    ]


def test_zipped_ranges_are_one_axis(domain):
    found = domain({"a": "1:5", "b": "10:50:10"}, parameter_mode="zip")
    assert found.axes == (RangeAxis(("a", "b"), (1, 10), (1, 10), 5),)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (5, [5]),
        (1.0, [1.0]),
        (True, ["true"]),
        (None, ["null"]),
        (["a", "b"], ["a", "b"]),
        (["a,b"], ["a", "b"]),
        (["a\\b"], ["a\\\\b"]),
        (["a\tb"], ["a\\tb"]),
        ([["x"], {"k": 1}], ['x"]', '{"k":1}']),
    ],
)
def test_native_values_are_taken_for_their_json_text(domain, written, expected):
    found = domain({"i": written})
    assert [found.values(point)["i"] for point in found.points()] == expected


def test_values_from_a_file(tmp_path, monkeypatch, domain):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "values.txt").write_text("# sizes\n 1 \n\n02\n'x'\r\n1.5\n")
    found = domain({"i": "@values.txt"})
    assert [found.values(point)["i"] for point in found.points()] == [1, 2, "'x'", 1.5]


SHARED = """
    name: w
    parameters: {{a: "1:2", b: [x, y]}}
    jobs:
      - {{name: j, command: "true", {fields}}}
"""


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ("use_parameters: [a]", ("a",)),
        ("use_parameters: [b, a]", ("b", "a")),
        ("use_parameters: [zz]", ()),
        ("use_parameters: []", ()),
        ("priority: 1", ()),
        ("use_parameters: [a], parameters: {c: 1}", ("c",)),
        ("parameters: {}", ()),
        ("parameters: null, use_parameters: [a]", ("a",)),
    ],
)
def test_which_parameters_count(read, fields, names):
    workflow = read(SHARED.format(fields=fields))
    assert workflow.loaded
    assert workflow.jobs[0].domain.names == names


@pytest.mark.parametrize("mode", ["product", "Zip", "ZIP", "sum"])
def test_any_other_mode_is_product(domain, mode):
    assert domain({"a": "1:2", "b": "1:3"}, parameter_mode=mode).size == 6


def test_workflow_env_gets_single_values_and_raw_texts(read):
    workflow = read("""
        name: w
        parameters: {one: "7", many: "1:3", native: [1, 2], broken: "a:b"}
        env: {A: "{one:03d}", B: "{many}", C: "{native}", D: "{broken}"}
        jobs: []
    """)
    assert {name: value.text for name, value in workflow.env} == {"A": "007", "B": "1:3", "C": "[1,2]", "D": "a:b"}
    assert [problem.rule for problem in workflow.problems] == ["multi-valued-env"] * 3
