"""One workflow, written in YAML (block and flow), JSON, JSON5 and KDL, brings up the same findings and numbers."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from torclint import Source, check

Model = dict[str, Any]

ONE_A_NODE = {
    "depends_on": "depends_on",
    "depends_on_regexes": "depends_on_regexes",
    "input_files": "input_file",
    "output_files": "output_file",
    "input_user_data": "input_user_data",
    "output_user_data": "output_user_data",
    "job_name_regexes": "job_name_regexes",
    "commands": "command",
}
ALL_IN_ONE_NODE = {"labels", "use_parameters", "exit_codes", "jobs"}
NODES = {
    "jobs": "job",
    "files": "file",
    "user_data": "user_data",
    "resource_requirements": "resource_requirements",
    "failure_handlers": "failure_handler",
    "slurm_schedulers": "slurm_scheduler",
    "actions": "action",
    "rules": "rule",
}


def kdl_value(value: Any) -> str:
    if isinstance(value, bool):
        return "#true" if value else "#false"
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)


def kdl_item(node: str, item: Model) -> list[str]:
    rest = {field: value for field, value in item.items() if field != "name"}
    head = f"{node} {kdl_value(item['name'])}" if "name" in item else node
    return [head + " {", *("  " + line for line in kdl_fields(rest)), "}"]


def kdl_fields(fields: Model) -> list[str]:
    lines: list[str] = []
    for field, value in fields.items():
        if field == "data":
            lines.append(f"data {kdl_value(json.dumps(value))}")
        elif field in ("parameters", "variables", "env"):
            entries = {name: one if isinstance(one, str) else json.dumps(one) for name, one in value.items()}
            lines += [field + " {", *(f"  {kdl_value(name)} {kdl_value(one)}" for name, one in entries.items()), "}"]
        elif isinstance(value, dict):
            lines += kdl_item(field, value)
        elif field in ALL_IN_ONE_NODE and isinstance(value[0], (str, int)):
            lines.append(" ".join([field, *map(kdl_value, value)]))
        elif field in ONE_A_NODE:
            lines += (f"{ONE_A_NODE[field]} {kdl_value(one)}" for one in value)
        elif isinstance(value, list):
            for item in value:
                lines += kdl_item(NODES[field], item)
        else:
            lines.append(f"{field} {kdl_value(value)}")
    return lines


def json5_value(value: Any) -> str:
    if isinstance(value, dict):
        inside = ", ".join(
            f"{key if key.isalpha() else json5_value(key)}: {json5_value(one)}" for key, one in value.items()
        )
        return "{" + inside + ",}" if inside else "{/* nothing */}"
    if isinstance(value, list):
        return "[ // a list\n" + "".join(f"{json5_value(one)},\n" for one in value) + "]"
    if isinstance(value, str) and value.isascii() and value.isprintable():
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return hex(value)
    return json.dumps(value)


def renderings(model: Model) -> list[Source]:
    return [
        Source("block.yaml", yaml.safe_dump(model, sort_keys=False, default_flow_style=False, allow_unicode=True)),
        Source("flow.yaml", yaml.safe_dump(model, sort_keys=False, default_flow_style=True, width=60)),
        Source("dense.json", json.dumps(model)),
        Source("wide.json", json.dumps(model, indent=4, ensure_ascii=False)),
        Source("x.json5", json5_value(model)),
        Source("x.kdl", "\n".join(kdl_fields(model)) + "\n"),
    ]


def told(source: Source) -> tuple[Any, list[tuple[str, str, str]]]:
    (report,) = check(source).files
    return report.counts, sorted((each.code, each.subject, each.message) for each in report.findings)


def assert_all_agree(model: Model) -> list[str]:
    """Returns the codes that are found in every format."""
    sources = renderings(model)
    expected = told(sources[0])
    for source in sources[1:]:
        assert told(source) == expected, source.text
    return [code for code, _, _ in expected[1]]


JOBS = [
    {"name": "prep_{i:03d}", "command": "true", "parameters": {"i": "0:99"}, "output_files": ["f_{i}"]},
    {"name": "train_{m}", "command": "true", "parameters": {"m": ["a", "b"]}, "depends_on_regexes": ["^prep_"]},
]
FILES = [{"name": "f_{i}", "path": "out/{i}", "parameters": {"i": "0:99"}}]


@pytest.mark.parametrize(
    ("model", "codes"),
    [
        ({"name": "w", "jobs": JOBS, "files": FILES}, []),
        ({"name": "w", "jobs": JOBS}, ["TL201"]),
        ({"name": "w", "jobs": [*JOBS, JOBS[0]], "files": FILES}, ["TL202"]),
        (
            {"name": "w", "jobs": [{"name": "a", "command": "${files.input.x} {i}", "depends_on_regexes": ["("]}]},
            ["TL401"],
        ),
        ({"name": "w", "variables": {"v": "1"}, "jobs": [{"name": "a", "command": "{v} {w}"}]}, ["TL302"]),
        (
            {
                "name": "w",
                "jobs": [{"name": "a", "command": "true", "resource_requirements": "r", "scheduler": "s"}],
                "resource_requirements": [{"name": "r", "num_cpus": 0, "memory": "1.5g", "runtime": "PT1.5H"}],
                "slurm_schedulers": [{"name": "s", "account": "x", "walltime": "1-02", "nodes": 2}],
                "failure_handlers": [{"name": "h", "rules": [{"exit_codes": [1, 2], "max_retries": 1}]}],
                "actions": [{"trigger_type": "on_jobs_ready", "action_type": "run_command", "commands": ["true"]}],
                "execution_config": {"mode": "slurm", "limit_resources": False, "stdio": {"mode": "none"}},
                "resource_monitor": {"enabled": True, "sample_interval_seconds": 0, "jobs": {"enabled": True}},
            },
            ["TL106", "TL701", "TL702", "TL707"],
        ),
    ],
)
def test_written_out(model, codes):
    found = assert_all_agree(model)
    assert set(codes) <= set(found)


names = st.sampled_from(["a", "b_{i}", "b_{i:02d}", "c_{i}_{j}", "stage1", "stage1_{j}", "x y", "é_{i}", "{i}"])
patterns = st.sampled_from(["^b_", "^b_{i}$", "stage1", "^c_1_", "(", "[a-c]$", "^b_0?[1-3]$", "\\d+", "é"])
values = st.one_of(
    st.sampled_from(["1:3", "3:1", "0:0.5", "[01,x]", "[]", "5", "a:b", "1.50", " 1:2 "]),
    st.lists(st.sampled_from([1, 2, 10, "a", "01"]), min_size=1, max_size=3),
)
parameters = st.dictionaries(st.sampled_from(["i", "j"]), values, min_size=1)
texts = st.sampled_from(
    ["true", "echo {i}", "${files.input.a} {j}", "echo 'it''s' \"q\" \\ é", "two\nlines\n", " #x: y "]
)
some = st.lists(names, min_size=1, max_size=2)


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Model]:
    return st.fixed_dictionaries({}, optional=fields)


parameterised = optional(
    parameters=parameters, parameter_mode=st.sampled_from(["zip", "product", "Zip"]), use_parameters=st.just(["i"])
)
jobs = st.tuples(
    st.fixed_dictionaries({"name": names, "command": texts}),
    parameterised,
    optional(
        depends_on=some,
        depends_on_regexes=st.lists(patterns, min_size=1, max_size=2),
        input_files=some,
        output_files=some,
        output_user_data=some,
        input_user_data=some,
        cancel_on_blocking_job_failure=st.booleans(),
        resource_requirements=st.sampled_from(["r", "default", "{i}"]),
        labels=st.just(["l", "m n"]),
        env=st.dictionaries(st.sampled_from(["A", "1B"]), texts, min_size=1),
    ),
).map(lambda parts: parts[0] | parts[1] | parts[2])
files = st.tuples(st.fixed_dictionaries({"name": names, "path": st.just("p/{i}")}), parameterised).map(
    lambda parts: parts[0] | parts[1]
)
models = st.tuples(
    st.fixed_dictionaries({"name": st.just("w"), "jobs": st.lists(jobs, min_size=1, max_size=4)}),
    optional(
        description=texts,
        parameters=parameters,
        variables=st.dictionaries(st.sampled_from(["v", "i"]), texts, min_size=1),
        files=st.lists(files, min_size=1, max_size=3),
        user_data=st.lists(
            st.fixed_dictionaries({"name": names, "data": st.sampled_from([1, "x", {"k": [True]}])}), min_size=1
        ),
        resource_requirements=st.just([{"name": "r", "num_cpus": 2, "memory": "2g", "num_gpus": 1}]),
    ),
).map(lambda parts: parts[0] | parts[1])


@given(models)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_workflows(model):
    assert_all_agree(model)
