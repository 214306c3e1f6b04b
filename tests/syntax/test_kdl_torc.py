"""What Torc makes of KDL: the fields it takes, what it passes over, what it refuses."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.syntax.trees import keys, nodes, written
from torclint import syntax


def parse(text):
    return syntax.parse(dedent(text), "kdl")


def value(text):
    return parse(text).value


def notes(text):
    """[(kind, the text it is about)] of all notes."""
    document = parse(text)
    return [(note.kind, written(document.text, note.span)) for note in document.notes]


def refusal(text):
    with pytest.raises(syntax.ParseError) as caught:
        parse(text)
    return caught.value.line, caught.value.column, caught.value.message


WHOLE = r"""
    name "w"
    user "u"
    description "d"
    compute_node_expiration_buffer_seconds 1
    compute_node_wait_for_new_jobs_seconds 2
    compute_node_wait_for_healthy_database_minutes 3
    compute_node_ignore_workflow_completion #true
    use_pending_failed #false
    parameters { i "1:3" }
    variables { v "x" }
    env { A "1" }
    job "a_{i}" {
        command "c"
        invocation_script "s"
        env { B "2" }
        cancel_on_blocking_job_failure #false
        supports_termination #true
        resource_requirements "r"
        failure_handler "f"
        depends_on "x"
        depends_on "y"
        depends_on_regexes "^z"
        input_file "i1"
        input_file "i2"
        output_file "o"
        input_user_data "u1"
        output_user_data "u2"
        scheduler "s"
        labels "l1" "l2"
        parameters { i "1:3"; j "[1, 2]" }
        parameter_mode "zip"
        use_parameters "i" "j"
        stdio { mode "combined"; delete_on_success #true }
    }
    job "b" { command "d"; }
    file "f" path="/p" identifier="id" { parameters { i "1:2" }; use_parameters "i"; }
    file "g" { path "/q"; }
    user_data "ud" { is_ephemeral #true; data "{\"k\": [1, null]}"; }
    user_data { data "1"; }
    resource_requirements "r" { num_cpus 4; num_gpus 1; num_nodes 2; memory "8g"; runtime "PT1H"; }
    failure_handler "f" {
        rule { exit_codes 1 2; max_retries 3; }
        rule { match_all_exit_codes #true; recovery_script "x"; }
    }
    failure_handler "none"
    slurm_scheduler "s" { account "a"; nodes 2; serialize_allocations #true; }
    action {
        trigger_type "on_jobs_ready"; action_type "run_commands"
        job "a"; jobs "b" "c"; job_name_regexes "^d"
        command "one"; command "two"
        persistent #true; max_parallel_jobs 2
    }
    resource_monitor { enabled #true; granularity "summary"; jobs { cpu #true; }; compute_node {}; }
    slurm_defaults { qos "high"; retries 3; exclusive #true; ratio 1.5; }
    execution_config { mode "direct"; oom_exit_code 137; stdio { mode "none"; }; }
"""


def test_every_field_that_kdl_can_express():
    assert value(WHOLE) == {
        "name": "w",
        "user": "u",
        "description": "d",
        "compute_node_expiration_buffer_seconds": 1,
        "compute_node_wait_for_new_jobs_seconds": 2,
        "compute_node_wait_for_healthy_database_minutes": 3,
        "compute_node_ignore_workflow_completion": True,
        "use_pending_failed": False,
        "parameters": {"i": "1:3"},
        "variables": {"v": "x"},
        "env": {"A": "1"},
        "jobs": [
            {
                "name": "a_{i}",
                "command": "c",
                "invocation_script": "s",
                "env": {"B": "2"},
                "cancel_on_blocking_job_failure": False,
                "supports_termination": True,
                "resource_requirements": "r",
                "failure_handler": "f",
                "depends_on": ["x", "y"],
                "depends_on_regexes": ["^z"],
                "input_files": ["i1", "i2"],
                "output_files": ["o"],
                "input_user_data": ["u1"],
                "output_user_data": ["u2"],
                "scheduler": "s",
                "labels": ["l1", "l2"],
                "parameters": {"i": "1:3", "j": "[1, 2]"},
                "parameter_mode": "zip",
                "use_parameters": ["i", "j"],
                "stdio": {"mode": "combined", "delete_on_success": True},
            },
            {"name": "b", "command": "d"},
        ],
        "files": [
            {"name": "f", "path": "/p", "identifier": "id", "parameters": {"i": "1:2"}, "use_parameters": ["i"]},
            {"name": "g", "path": "/q"},
        ],
        "user_data": [{"name": "ud", "is_ephemeral": True, "data": {"k": [1, None]}}, {"data": 1}],
        "resource_requirements": [
            {"name": "r", "num_cpus": 4, "num_gpus": 1, "num_nodes": 2, "memory": "8g", "runtime": "PT1H"}
        ],
        "failure_handlers": [
            {
                "name": "f",
                "rules": [
                    {"exit_codes": [1, 2], "max_retries": 3},
                    {"match_all_exit_codes": True, "recovery_script": "x"},
                ],
            },
            {"name": "none", "rules": []},
        ],
        "slurm_schedulers": [{"name": "s", "account": "a", "nodes": 2, "serialize_allocations": True}],
        "actions": [
            {
                "trigger_type": "on_jobs_ready",
                "action_type": "run_commands",
                "jobs": ["a", "b", "c"],
                "job_name_regexes": ["^d"],
                "commands": ["one", "two"],
                "persistent": True,
                "max_parallel_jobs": 2,
            }
        ],
        "resource_monitor": {"enabled": True, "granularity": "summary", "jobs": {"cpu": True}, "compute_node": {}},
        "slurm_defaults": {"qos": "high", "retries": 3, "exclusive": True},
        "execution_config": {"mode": "direct", "oom_exit_code": 137, "stdio": {"mode": "none"}},
    }


def test_the_only_loss_of_the_whole_spec_is_a_float():
    assert notes(WHOLE) == [("wrong-type", "1.5")]


def test_a_text_without_jobs_has_an_empty_list_of_them():
    assert value("") == {"jobs": []}
    assert value('name "w"') == {"name": "w", "jobs": []}


@pytest.mark.parametrize(
    ("text", "expected", "found"),
    [
        ("foo 1", {}, [("unknown-node", "foo")]),
        ('project "p"', {}, [("not-in-kdl", "project")]),
        ("name 5", {}, [("wrong-type", "5")]),
        ("name", {}, [("no-value", "name")]),
        ('name "a" "b" c=1', {"name": "a"}, [("extra-argument", '"b"'), ("extra-argument", "c=1")]),
        ('name text="a"', {"name": "a"}, [("property-name", 'text="a"')]),
        ('name "a" { b; c }', {"name": "a"}, [("unknown-node", "b; c")]),
        ('name "a"; name "b"; name 1', {"name": "b"}, [("wrong-type", "1")]),
        ("env {}", {}, [("empty-block", "env {}")]),
        ('env { A "1"; }; env { B "2"; }; env {}', {"env": {"B": "2"}}, [("empty-block", "env {}")]),
        ('variables x { v "1" "2" }', {"variables": {"v": "1"}}, [("extra-argument", "x"), ("extra-argument", '"2"')]),
        (
            f"compute_node_expiration_buffer_seconds {2**63}",
            {"compute_node_expiration_buffer_seconds": -(2**63)},
            [("wrapped-integer", str(2**63))],
        ),
    ],
)
def test_what_torc_passes_over_is_noted(text, expected, found):
    assert value(text) == {**expected, "jobs": []}
    assert notes(text) == found


@pytest.mark.parametrize(
    ("inside", "expected", "found"),
    [
        ("priority 5", {}, [("not-in-kdl", "priority")]),
        ('input_files "a"', {}, [("not-in-kdl", "input_files")]),
        ('depends_on "a" "b"', {"depends_on": ["a"]}, [("extra-argument", '"b"')]),
        ("depends_on 1", {}, [("wrong-type", "1")]),
        ("use_parameters 1 a", {"use_parameters": ["a"]}, [("wrong-type", "1")]),
        ("labels", {"labels": []}, []),
        ("stdio", {"stdio": {}}, []),
        ("stdio { foo 1; }", {"stdio": {}}, [("unknown-node", "foo")]),
    ],
)
def test_what_torc_passes_over_in_a_job_is_noted(inside, expected, found):
    text = f'job "j" {{ {inside} }}'
    assert value(text) == {"jobs": [{"name": "j", **expected}]}
    assert notes(text) == found


def test_a_property_that_comes_first_is_the_name():
    assert value('job name="zz"') == {"jobs": [{"name": "zz"}]}
    assert value('file path="/x"') == {"files": [{"name": "/x", "path": "/x"}], "jobs": []}


def test_the_last_path_of_a_file_counts():
    assert value('file f path="/a" path="/b"')["files"] == [{"name": "f", "path": "/b"}]
    assert value('file f path="/a" { path "/c" }')["files"] == [{"name": "f", "path": "/c"}]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("job", (1, 1), "job must have a name"),
        ("job 5", (1, 1), "job must have a name"),
        ('name "w"\nfile "f"', (2, 1), "file must have a path property"),
        ("resource_requirements { num_cpus 1; }", (1, 1), "resource_requirements must have a name"),
        ("failure_handler", (1, 1), "failure_handler must have a name"),
        ("parameters { i 5; }", (1, 14), "Parameter 'i' must have a string value"),
        ('job "j" { env { A; }; }', (1, 17), "Environment key 'A' must have a string value"),
        ("variables { v #true; }", (1, 13), "Variable 'v' must have a string value"),
        ('job "j" { labels "a" 5; }', (1, 22), "job labels must be string values"),
        ('user_data "u"', (1, 1), "user_data must have a data property"),
        ('user_data "u" { data "1"; data 5; }', (1, 1), "user_data must have a data property"),
    ],
)
def test_what_torc_refuses(text, place, message):
    assert refusal(text) == (*place, message)


def test_json_in_a_string_is_refused_where_the_string_stands():
    line, column, message = refusal('user_data "u" {\n  data "{"\n}')
    assert (line, column) == (2, 8)
    assert "JSON" in message


def test_a_syntax_error_comes_before_a_node_that_cannot_be_used():
    assert refusal("job\nname true") == (2, 6, "true must be written #true, or in quotes")


def test_spans_cover_what_a_value_comes_from():
    document = parse("""
        name "w"
        job "a" {
            command "c"
            depends_on "x"
            depends_on "y"
        }
        job "b"
    """)
    jobs = document.root.get("jobs")
    first, second = jobs.items
    text = document.text
    assert written(text, second) == 'job "b"'
    assert written(text, first) == text[text.index("job") : text.index("}") + 1]
    assert (jobs.start, jobs.end) == (first.start, second.end)
    assert written(text, first.get("depends_on")) == '"x"\n    depends_on "y"'
    assert written(text, first.key("depends_on")) == "depends_on"
    assert written(text, first.get("name")) == '"a"'
    assert written(text, first.key("name")) == "job"
    assert not jobs.flow


def test_every_scalar_span_reads_as_its_own_value():
    document = parse(WHOLE)
    data = {id(node) for item in document.root.get("user_data").items for node in nodes(item.get("data"))}
    for node in nodes(document.root):
        assert 0 <= node.start <= node.end <= len(document.text)
        if isinstance(node, syntax.Scalar) and id(node) not in data:
            again = parse(f"slurm_defaults {{ k {written(document.text, node)} }}")
            assert again.value["slurm_defaults"] == {"k": node.value}
    assert all(key.start < key.end for key in keys(document.root) if key.value != "k")


def test_comments_are_found_with_all_that_is_dropped():
    text = (
        'a "// no" /* one /* two */ */ /-b\n'
        '/-c { // inside\n}\n#"/* no */"# #"""\n // no\n "#\n """# // three\n"""\n // no \\"""\n """ /-{ d }\n'
    )
    spans = syntax.parse(text, "kdl").comments
    assert [text[start:end] for start, end in spans] == [
        "/* one /* two */ */",
        "/-b",
        "/-c { // inside\n}",
        "// three",
        "/-{ d }",
    ]
