"""Variables: Torc 1.0.0, workflow_spec.rs:973-1429."""

import pytest

from torclint.spec.variables import plain, put_in, tokens
from torclint.syntax import parse


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("{v}", "X"),
        ("{v:03d}", "X"),
        ("{{v}}", "{{v}}"),
        ("${v}", "${v}"),
        ("${a{v}}", "${aX}"),
        ("{ v }", "{ v }"),
        ("{w}{v}", "{w}X"),
        ("{v", "{v"),
        ("$${v}", "$${v}"),
        ("{w {v}", "{w {v}"),
    ],
)
def test_put_in(text, result):
    assert put_in(text, {"v": "X"}) == result


def test_values_are_not_filled_in_again():
    assert put_in("{v}", {"v": "${v} {1}"}) == "${v} {1}"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("awk '{print}'", ["print"]),
        (r"\p{L} \x{AF}", ["L", "AF"]),
        ('{print $1} {"x": 1} {a,b} {2,3} { v } {}', []),
        ("${HOME} ${a{b}}", ["b"]),
        ("{{a}}", ["a"]),
        ("{a:{b}", ["b"]),
        ("{a", []),
    ],
)
def test_tokens(text, names):
    assert [name for name, _ in tokens(text)] == names


def test_braces_without_end_take_linear_time():
    text = "{" * 200_000
    assert put_in(text, {"v": "X"}) == text
    assert list(tokens(text)) == []


def test_what_variables_reach():
    document = parse(
        """
        variables: {v: "{v}"}
        a: ["{v}", {b: "{v}", "{v}": 1}]
        parameters: {v: "{v}", w: ["{v}"], variables: "{v}"}
        use_parameters: ["{v}"]
        deep: {parameters: ["{v}"], variables: {x: "{v}"}, use_parameters: "{v}"}
        """,
        "yaml",
    )
    assert plain(document.root, {"v": "X"}) == {
        "variables": {"v": "{v}"},
        "a": ["X", {"b": "X", "{v}": 1}],
        "parameters": {"v": "X", "w": ["X"], "variables": "X"},
        "use_parameters": ["{v}"],
        "deep": {"parameters": ["{v}"], "variables": {"x": "{v}"}, "use_parameters": "{v}"},
    }


def test_a_spec_with_variables(read):
    workflow = read("""
        name: "w {v}"
        variables: {v: X, n: "3"}
        jobs:
          - name: "j_{i}"
            command: "run {v} ${v}"
            env: {A: "{v}", variables: "{v}"}
            parameters: {i: "1:{n}"}
            depends_on: ["{v}"]
        user_data:
          - {name: u, data: {k: ["{v}", "{i}"]}}
    """)
    assert workflow.loaded, workflow.problems
    (job,) = workflow.jobs
    assert workflow.name.text == "w X"
    assert job.command.text == "run X ${v}"
    assert [(name, value.text) for name, value in job.env] == [("A", "X"), ("variables", "{v}")]
    assert job.domain.size == 3
    assert job.depends_on[0].text == "X"
    assert workflow.user_data[0].content == {"k": ["X", "{i}"]}


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ("", "must be a mapping"),
        ("[a]", "must be a mapping"),
        ("{1x: a}", "no identifier"),
        ("{v: 3}", "must be a string"),
        ("{v: null}", "must be a string"),
        ("{i: a}", "both a variable and a parameter"),
        ("{v: 'a {w}', w: b}", "the variable {w}"),
        ("{v: 'a {i}'}", "the template name {i}"),
    ],
)
def test_refused(told, variables, says):
    (problem,) = told(f"""
        name: w
        variables: {variables}
        jobs:
          - {{name: "j_{{i}}", command: "true", parameters: {{i: "1:2"}}}}
    """)
    assert problem.startswith("bad-variable")
    assert says in problem


@pytest.mark.parametrize("variables", ["variables: {}\n", ""])
def test_without_variables_nothing_is_checked(told, variables):
    assert told(f"name: w\n{variables}jobs:\n  - {{name: a, command: \"awk '{{print}}'\"}}\n") == []


def test_undefined_tokens_anywhere(told):
    assert [
        problem.partition(":")[0]
        for problem in told("""
        name: "w {a}"
        variables: {v: X}
        description: "{v} {i}"
        metadata: {deep: ["{b}"]}
        jobs:
          - {name: "j_{i}", command: "echo {c}", parameters: {i: "1:2"}}
    """)
    ] == ["undefined-token at '\"w {a}\"'", "undefined-token at '\"{b}\"'", "undefined-token at '\"echo {c}\"'"]


def test_columns_of_tables_are_known(tmp_path, monkeypatch, read):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text("x\n1\n")
    workflow = read("""
        name: w
        variables: {file: t}
        jobs:
          - {name: "j_{x}", command: "true", parameters_file: "{file}.csv"}
    """)
    assert workflow.loaded, workflow.problems
