"""What may be typed next: fields by their place, words, and names, in every syntax and in texts that are half typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.editor.client import Editor, edited
from tests.editor.conftest import marked

Name = Callable[[str], str]
Complete = Callable[..., dict[str, str]]

SPEC = """\
name: w
parameters: {k: "1:3"}
variables: {root: /data}
jobs:
  - name: "prep_{i}"
    command: "true"
    parameters: {i: "1:9"}
  - name: lone
    command: "true"
    labels: [gpu]
files:
  - {name: raw, path: raw.csv}
user_data:
  - {name: sums}
resource_requirements:
  - {name: small, num_cpus: 1, memory: 1g}
failure_handlers:
  - {name: again, rules: [{max_retries: 2}]}
slurm_schedulers:
  - {name: cluster, account: a}
"""


@pytest.fixture
def complete(editor: Editor, name: Name) -> Complete:
    """complete(text, ending): what is offered at the mark, by label, and what the text becomes with each of them.

    The text was readable before the line with the mark was typed.
    """

    def complete(spec: str, ending: str = "yaml", before: str = "") -> dict[str, str]:
        text, position = marked(spec)
        uri = name(ending)
        editor.open(uri, before or text)
        editor.replace(uri, text)
        found = editor.ask("textDocument/completion", uri, position=position)
        return {item.label: edited(text, [item.text_edit]) for item in (found.items if found else ())}

    return complete


def typed(line: str) -> str:
    """The spec with another job, of which `line` is being typed."""
    return SPEC.replace("files:\n", f"  - name: next\n    command: x\n    {line}\nfiles:\n", 1)


def test_fields_of_a_job(complete: Complete) -> None:
    found = complete(typed("dep‸"), before=SPEC)
    assert list(found) == ["depends_on", "depends_on_regexes"]
    assert "    depends_on: []\nfiles:" in found["depends_on"]


def test_fields_that_are_there_already_are_left_out(complete: Complete) -> None:
    found = complete(typed("‸"), before=SPEC)
    assert not {"name", "command"} & found.keys()
    assert {"env", "priority", "stdio"} <= found.keys()
    assert "jobs" not in found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("name: w\njobs:\n  - {name: a, command: x}\n‸", {"files", "actions", "user_data"}),
        ("name: w\njobs:\n- name: a\n  command: x\n- ‸", {"name", "command"}),
        ("name: w\njobs:\n  - name: a\n    command: x\n    stdio:\n      ‸", {"mode", "delete_on_success"}),
        ("name: w\njobs:\n  - {name: a, command: x, ‸}\n", {"depends_on"}),
        ("name: w\njobs:\n  - {name: a, command: x, stdio: {‸}}\n", {"mode"}),
        ("name: w\njobs: []\nfailure_handlers:\n  - name: h\n    rules:\n      - exit_codes: [1]\n        ‸", {"max_retries"}),
        ("name: w\njobs: []\nactions:\n  - ‸", {"trigger_type", "action_type"}),
        ("name: w\njobs: []\nexecution_config: {job_stdio_overrides: {a: {‸}}}", {"mode"}),
        ("name: w\njobs: []\nresource_monitor:\n  compute_node:\n    ‸\nfiles: []\n", {"cpu"}),
    ],
)  # fmt: skip
def test_fields_by_their_place(text: str, wanted: set[str], complete: Complete) -> None:
    assert wanted <= complete(text).keys()


@pytest.mark.parametrize(
    ("line", "label", "after"),
    [
        ("depends_on: [‸]", "lone", "depends_on: [lone]"),
        ("depends_on: [lone, ‸", "prep_{i}", 'depends_on: [lone, "prep_{i}"'),
        ('depends_on: ["pr‸"]', "prep_{i}", 'depends_on: ["prep_{i}"]'),
        ("depends_on: [lone,\n      pr‸", "prep_{i}", 'depends_on: [lone,\n      "prep_{i}"'),
        ("depends_on:\n      - lo‸", "lone", "depends_on:\n      - lone"),
        ("depends_on:\n      ‸", "lone", "depends_on:\n      - lone"),
        ("depends_on_regexes: ['‸']", "^prep_[0-9]+$", "depends_on_regexes: ['^prep_[0-9]+$']"),
        ("input_files: [r‸", "raw", "input_files: [raw"),
        ("output_user_data: [‸]", "sums", "output_user_data: [sums]"),
        ("resource_requirements: ‸", "small", "resource_requirements: small"),
        ("resource_requirements: s‸", "small", "resource_requirements: small"),
        ("failure_handler: ‸", "again", "failure_handler: again"),
        ("scheduler: clu‸", "cluster", "scheduler: cluster"),
        ("labels: [‸", "gpu", "labels: [gpu"),
        ("use_parameters: [‸]", "k", "use_parameters: [k]"),
        ("stdio: {mode: c‸", "combined", "stdio: {mode: combined"),
        ("cancel_on_blocking_job_failure: ‸", "false", "cancel_on_blocking_job_failure: false"),
        ("parameter_mode: ‸", "zip", "parameter_mode: zip"),
        ("invocation_script: cat ${files.in‸}", "${files.input.raw}", "invocation_script: cat ${files.input.raw}"),
        ("invocation_script: ls {‸", "{root}", "invocation_script: ls {root}"),
    ],
)
def test_values(line: str, label: str, after: str, complete: Complete) -> None:
    found = complete(typed(line), before=SPEC)
    assert f"    {after}\nfiles:" in found[label]


def test_parameters_of_the_job(complete: Complete) -> None:
    found = complete(SPEC.replace('command: "true"', 'command: "run {‸"', 1))
    assert list(found) == ["{i}", "{root}"]


@pytest.mark.parametrize(
    "line", ["command: |\n      dep‸", "# dep‸", "priority: 1  # dep‸", 'name: "x"‸', "metadata: {‸"]
)
def test_places_where_nothing_is_offered(line: str, complete: Complete) -> None:
    assert complete(typed(line), before=SPEC) == {}


@pytest.mark.parametrize(
    ("spec", "label", "after"),
    [
        ('{"name": "w", "jobs": [{"name": "a", "command": "x", ‸}]}', "depends_on",
         '{"name": "w", "jobs": [{"name": "a", "command": "x", "depends_on": []}]}'),
        ('{"name": "w", "jobs": [{"name": "a", "command": "x", "de‸', "depends_on",
         '{"name": "w", "jobs": [{"name": "a", "command": "x", "depends_on": []'),
        ('{"name": "w", "jobs": [{"name": "a", "command": "x"}, {"name": "b", "command": "x", "depends_on": [‸', "a",
         '{"name": "w", "jobs": [{"name": "a", "command": "x"}, {"name": "b", "command": "x", "depends_on": ["a"'),
        ('{"name": "w", "jobs": [{"name": "a", "command": "x"}, {"name": "b", "command": "x", "depends_on": ["‸"]}]}', "a",
         '{"name": "w", "jobs": [{"name": "a", "command": "x"}, {"name": "b", "command": "x", "depends_on": ["a"]}]}'),
        ('{"name": "w", "jobs": [], "enable_ro_crate": ‸}', "true",
         '{"name": "w", "jobs": [], "enable_ro_crate": true}'),
    ],
)  # fmt: skip
def test_json(spec: str, label: str, after: str, complete: Complete) -> None:
    before = '{"name": "w", "jobs": [{"name": "a", "command": "x"}]}'
    assert complete(spec, "json", before)[label] == after


@pytest.mark.parametrize(
    ("spec", "label", "after"),
    [
        ("// c\n{name: 'w', jobs: [{name: 'a', command: 'x', ‸}]}", "priority",
         "// c\n{name: 'w', jobs: [{name: 'a', command: 'x', priority: }]}"),
        ("{name: 'w', jobs: [{name: 'a', command: 'x', depends_on: ['‸']}]}", "a",
         "{name: 'w', jobs: [{name: 'a', command: 'x', depends_on: ['a']}]}"),
    ],
)  # fmt: skip
def test_json5(spec: str, label: str, after: str, complete: Complete) -> None:
    assert complete(spec, "json5", "{name: 'w', jobs: [{name: 'a', command: 'x'}]}")[label] == after


@pytest.mark.parametrize(
    ("spec", "label", "after"),
    [
        ('name "w"\njob "a" {\n    command "x"\n    in‸\n}\n', "input_file",
         'name "w"\njob "a" {\n    command "x"\n    input_file ""\n}\n'),
        ('name "w"\njob "a" {\n    command "x"\n}\njob "b" {\n    depends_on "‸"\n}\n', "a",
         'name "w"\njob "a" {\n    command "x"\n}\njob "b" {\n    depends_on "a"\n}\n'),
        ('name "w"\njob a { command x; cancel_on_blocking_job_failure ‸', "false",
         'name "w"\njob a { command x; cancel_on_blocking_job_failure #false'),
        ('name "w"\njob a { command x; }\nactio‸', "action", 'name "w"\njob a { command x; }\naction {\n    '),
    ],
)  # fmt: skip
def test_kdl(spec: str, label: str, after: str, complete: Complete) -> None:
    assert complete(spec, "kdl", 'name "w"\njob "a" {\n    command "x"\n}\n')[label] == after


def test_a_file_that_is_no_spec(complete: Complete) -> None:
    assert complete("services:\n  ‸") == {}


def test_a_spec_that_is_just_begun(complete: Complete) -> None:
    assert "jobs" in complete("name: w\n‸")


def test_documentation_of_a_field(editor: Editor, name: Name) -> None:
    text, position = marked("name: w\njobs:\n  - name: a\n    comm‸\n")
    uri = name("yaml")
    editor.open(uri, text)
    (item,) = editor.ask("textDocument/completion", uri, position=position).items
    assert (item.label, item.detail) == ("command", "string, required")
    assert "What `bash -c` runs." in item.documentation.value
