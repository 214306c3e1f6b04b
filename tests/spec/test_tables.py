"""Tables of parameters: Torc 1.0.0, parameter_expansion.rs:194-349."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torclint.spec.ranges import ParameterError
from torclint.spec.tables import _records, read_table


@pytest.fixture
def table(tmp_path):
    def table(name, text):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_table(str(path))

    return table


def test_csv(table):
    found = table("t.CSV", '\ufeff a , b \n1, x y \r\n\n007,"a,""b"""\n1e3,"un"quoted')
    assert found.names == ("a", "b")
    assert found.rows == ((1, "x y"), (7, 'a,"b"'), (1000.0, "unquoted"))


def test_json_keeps_types_and_gaps(table):
    found = table("t.json", '[{"a": 1, "b": "1"}, {"b": true, "c": [1, {"z": null}]}, {"a": 18446744073709551615}]')
    assert found.names == ("a", "b", "c")
    assert found.rows == ((1, "1", None), (None, "true", '[1,{"z":null}]'), (18446744073709551615.0, None, None))


def test_json_lines(table):
    assert table("t.ndjson", '{"a": 1}\n\n {"a": 2} \r\n').rows == ((1,), (2,))


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("t.txt", "a\n1\n", "does not end in"),
        ("t.csv", "", "no columns"),
        ("t.csv", "a\n", "no rows"),
        ("t.csv", "a,\n1,2\n", "column 2"),
        ("t.csv", "a,a\n1,2\n", "two columns"),
        ("t.csv", "a,b\n1\n", "row 1"),
        ("t.csv", b"a\n\xff\n", "UTF-8"),
        ("t.json", "[]", "no rows"),
        ("t.json", "{}", "list of objects"),
        ("t.json", "[{}, 1]", "element 2"),
        ("t.json", "[", "not JSON"),
        ("t.jsonl", '{"a": 1}\n[]\n', "line 2"),
        ("t.jsonl", '{"a": 1}\n{', "line 2"),
    ],
)
def test_refused(table, name, text, says):
    with pytest.raises(ParameterError, match=says) as caught:
        table(name, text)
    assert caught.value.rule == "bad-parameter-table"


@given(st.lists(st.lists(st.text('a ,"\n', max_size=5), min_size=1, max_size=4), max_size=5))
def test_records_read_what_csv_writers_write(rows):
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    assert _records(text.getvalue()) == [[field.strip() for field in row] for row in rows]


def test_a_row_lacks_a_column(tmp_path, monkeypatch, read):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.json").write_text('[{"a": 1, "b": 2}, {"a": 3}]')
    workflow = read("""
        name: w
        parameters_file: t.json
        jobs:
          - {name: "j_{a}_{b}", command: "true", use_parameters_file: true}
    """)
    domain = workflow.jobs[0].domain
    assert [domain.values(point) for point in domain.points()] == [{"a": 1, "b": 2}, {"a": 3}]


CONFLICTS = [
    "parameters_file: t.csv, parameters: {a: 1}",
    "parameters_file: t.csv, parameter_mode: zip",
    "parameters_file: t.csv, use_parameters: [a]",
    "use_parameters_file: true, parameter_mode: zip",
    "use_parameters_file: true, parameters_file: t.csv",
    "use_parameters_file: true",
]


@pytest.mark.parametrize("fields", CONFLICTS)
def test_sources_exclude_each_other(told, fields):
    (problem,) = told(f"""
        name: w
        jobs:
          - {{name: j, command: "true", {fields}}}
    """)
    assert problem.startswith("parameter-conflict")


def test_a_workflow_has_one_shared_source(told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text("a\n1\n")
    (problem,) = told("""
        name: w
        parameters: {a: 1}
        parameters_file: t.csv
        jobs: []
    """)
    assert problem.startswith("parameter-conflict at 'parameters_file'")
