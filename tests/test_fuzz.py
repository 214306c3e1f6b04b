"""No text ends a check with an exception, makes it hang or makes its report too long, in any of the four formats."""

from __future__ import annotations

import faulthandler
import json
import string
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from torclint import Source, check
from torclint.report.concise import render as render_concise
from torclint.report.json import render as render_json
from torclint.report.terminal import PLAIN, Terminal
from torclint.report.text import render as render_text

SECONDS = 60  # a check that takes longer than this hangs: the whole run is ended, with a traceback of where it is
CHARACTERS = 20_000_000  # the longest report; specs here have at most a few thousand characters

PROBES = Path(__file__).parent / "data" / "probes"

YAML = """\
name: w
parameters: {k: "1:3", m: [a, b]}
variables: {root: /data}
jobs:
  - &first
    name: "prep_{i:03d}"
    command: "echo {i} > ${files.output.out_{i}} {root}"
    parameters: {i: "0:99", j: [1.5, 2]}
    parameter_mode: product
    output_files: ["out_{i}"]
    resource_requirements: small
    stdio: {mode: combined, delete_on_success: true}
  - name: train_{k}
    command: |
      echo {k}
    use_parameters: [k]
    depends_on: [prep_001]
    depends_on_regexes: ['^prep_0[0-4]\\d$', "_{k}$"]
    input_user_data: [config]
    priority: 5
    labels: [gpu]
    failure_handler: again
files:
  - {name: "out_{i}", path: "out/{i}", parameters: {i: "0:99"}}
user_data:
  - {name: config, data: {a: [1, null]}, is_ephemeral: false}
resource_requirements:
  - {name: small, num_cpus: 1, memory: 1g, runtime: PT1H}
failure_handlers:
  - {name: again, rules: [{exit_codes: [1, 2], max_retries: 2}]}
slurm_schedulers:
  - {name: s, account: a, walltime: "01:00:00", gres: "gpu:2"}
actions:
  - {trigger_type: on_workflow_start, action_type: schedule_nodes, scheduler: s, scheduler_type: slurm}
  - {trigger_type: on_jobs_ready, action_type: run_commands, commands: ["true"], job_name_regexes: [^prep]}
execution_config: {mode: direct, sigterm_lead_seconds: 10}
"""

JSON = """\
{"name": "w", "env": {"A": "b"},
 "jobs": [
  {"name": "a_{i}_{j}", "command": "true \\u00e9\\n", "parameters": {"i": "1:50", "j": "[x, 'y', 007]"}},
  {"name": "b", "command": "true", "depends_on_regexes": ["^a_(1|2)_[[:alpha:]]$"], "input_files": ["f"]},
  {"name": "c", "command": "true", "output_files": ["f"], "input_file_regexes": ["^f"]}
 ],
 "files": [{"name": "f", "path": "/tmp/f", "st_mtime": 1e9}],
 "resource_monitor": {"enabled": true, "granularity": "time_series", "sample_interval_seconds": 5}}
"""

JSON5 = """\
// a comment
{name: 'w', /* another */ jobs: [
  {name: "p_{i}", command: 'true', parameters: {i: '0:8:2'}, priority: 0x0F},
  {name: 'q', command: "a \\
b", depends_on_regexes: ['^p_\\\\d', ], priority: +5, },
], metadata: {big: 1e400, none: NaN, half: .5}, }
"""

KDL = """\
name "w"
parameters {
    i "1:20"
}
job "prep_{i:02d}" {
    command #"echo "quoted""#
    use_parameters "i"
    output_file "o_{i}"
    /- priority 5
}
job after {
    command \"\"\"
        true
        \"\"\"
    depends_on_regexes "^prep_"; cancel_on_blocking_job_failure #false
}
file "o_{i}" path="o/{i}" {
    use_parameters i
}
action {
    trigger_type on_workflow_start
    action_type run_commands
    command "true" // (note)
}
"""

TOKENS = [
    *"{}[]():,-?*&!|>'\"%@`#~\\/=;.+<^$ \t\n\r",
    *("\0", "\a", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff", "\ud800", "é", "😀", "日本", "\u0130"),
    *("---\n", "...\n", "<<: *first", "&first", "*first", "!!str", "!local", "? ", "- ", ": ", "|2\n", ">-\n"),
    *("/*", "*/", "//", "/-", '#"', '"#', '"""', "#true", "#null", "#inf", "(u8)", "\\u{110000}", "\\ud83d", "\\x41"),
    *(
        "null",
        "true",
        "no",
        "0o17",
        "0x1F",
        "1e400",
        "-0",
        ".nan",
        "1_000",
        "99999999999999999999",
        "-9223372036854775808",
    ),
    *("{i}", "{i:03d}", "{i:", "${files.input.", "${files.output.f}", "{root}", "{{i}}", "{}", "@list", "[a, 'b']"),
    *("0:9223372036854775807", "0:1e308:1e-308", "1:0", "0:10:0", "a:b", "0:1000000000000", "9223372036854775806:"),
    *("(a|b)*", "(?i)", "\\pL", "a{1000}{1000}", "(((((", "[^", "(?=x)", "\\1", "^$", "x{,3}", "(a*)*b"),
    *("name", "jobs", "command", "parameters", "depends_on", "files", "variables", "use_parameters", "parameters_file"),
]


def _seeds(format_: str, *own: str) -> list[str]:
    small = [path for path in sorted(PROBES.glob(f"*.{format_}")) if path.stat().st_size < 2_000]
    return [*own, *(path.read_text(encoding="utf-8") for path in small)]


SEEDS = {
    "yaml": _seeds("yaml", YAML),
    "json": _seeds("json", JSON),
    "json5": _seeds("json5", JSON5, JSON),
    "kdl": _seeds("kdl", KDL),
}

positions = st.floats(0, 1, exclude_max=True)
steps = st.tuples(
    st.sampled_from(["insert", "drop", "repeat", "swap", "splice", "cut", "word", "value", "line", "indent"]),
    positions,
    positions,
    st.sampled_from(TOKENS) | st.text(st.characters(), max_size=4),
)


def _mutate(text: str, step: tuple[str, float, float, str], other: str) -> str:
    kind, first, second, token = step
    start, end = sorted((int(first * len(text)), int(second * len(text))))
    near = min(end, start + 40)
    lines = text.split("\n")
    one, two = int(first * len(lines)), int(second * len(lines))
    if kind == "insert":
        return text[:start] + token + text[start:]
    if kind == "drop":
        return text[:start] + text[near:]
    if kind == "repeat":
        return text[:near] + text[start:near] * 3 + text[near:]
    if kind == "splice":
        return text[:start] + other[int(second * len(other)) :]
    if kind == "cut":
        return text[: max(start, end)]
    if kind in ("swap", "line", "indent"):
        if kind == "swap":
            lines[one], lines[two] = lines[two], lines[one]
        elif kind == "line":
            lines.insert(two, lines[one])
        else:
            lines[one] = lines[one][1:] if first < second else " " + lines[one]
        return "\n".join(lines)
    return _replace(text, start, token, string.ascii_letters + "_" if kind == "word" else string.digits)


def _replace(text: str, start: int, token: str, letters: str) -> str:
    """Put `token` in place of the first run of `letters` behind `start`."""
    while start < len(text) and text[start] not in letters:
        start += 1
    end = start
    while end < len(text) and text[end] in letters:
        end += 1
    return text[:start] + token + text[end:]


@contextmanager
def deadline() -> Iterator[None]:
    faulthandler.dump_traceback_later(SECONDS, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def findings_and_renderings(name: str, text: str) -> set[str]:
    """Check the text and write the report in every way; the codes of what was found."""
    with deadline():
        report = check(Source(name, text))
        terminal = Terminal(100, PLAIN)
        written = ["\n".join(render_text(report, terminal)), "\n".join(render_concise(report)), render_json(report)]
    assert sum(map(len, written)) < CHARACTERS
    shown = json.loads(written[2])["files"][0]
    assert len(shown["findings"]) == len(report.files[0].findings)
    for finding in report.files[0].findings:
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
    assert "\x1b" not in written[0]
    return {finding.code for finding in report.files[0].findings}


@pytest.mark.parametrize("format_", SEEDS)
@given(data=st.data())
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_mutated_specs(format_, data):
    seeds = SEEDS[format_]
    text = data.draw(st.just(seeds[0]) | st.sampled_from(seeds))
    other = data.draw(st.sampled_from(seeds))
    for step in data.draw(st.lists(steps, min_size=1, max_size=6)):
        text = _mutate(text, step, other)
    findings_and_renderings(f"x.{format_}", text)


@given(text=st.lists(st.sampled_from(TOKENS) | st.text(max_size=3), max_size=40).map("".join))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.parametrize("name", ["x.yaml", "x.json", "x.json5", "x.kdl", "-"])
def test_heaps_of_tokens(name, text):
    findings_and_renderings(name, text)


@pytest.mark.parametrize("format_", SEEDS)
def test_every_beginning_of_a_spec(format_):
    text = SEEDS[format_][0]
    for end in range(0, len(text), 7):
        findings_and_renderings(f"x.{format_}", text[:end])


@pytest.mark.parametrize("depth", [100, 127, 128, 129, 3_000, 50_000])
@pytest.mark.parametrize(
    ("name", "opening", "closing"),
    [
        ("x.yaml", "[", "]"),
        ("x.yaml", "{a: ", "}"),
        ("x.yaml", "- ", ""),
        ("x.json", "[", "]"),
        ("x.json", '{"a":', "}"),
        ("x.json5", "[", "]"),
        ("x.json5", "{a:", "}"),
        ("x.kdl", "a {\n", "}\n"),
        ("x.kdl", "/* ", " */"),
        ("-", "[", "]"),
    ],
)
def test_deep_nesting(name, opening, closing, depth):
    findings_and_renderings(name, opening * depth + closing * depth)
    findings_and_renderings(name, opening * depth)


@pytest.mark.parametrize("depth", [50, 1_000, 6_000])
def test_deep_patterns(depth):
    for pattern in ("(" * depth + ")" * depth, "[" * depth, "a" + "?" * depth, "a{9}" * min(depth, 5_000), "|" * depth):
        text = json.dumps(
            {"name": "w", "jobs": [{"name": "a", "command": "b", "depends_on_regexes": [pattern, "^" + pattern]}]}
        )
        findings_and_renderings("x.json", text)


def test_aliases_that_multiply():
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 12)]
    findings_and_renderings("x.yaml", "\n".join(["name: w", "jobs: []", *rows]))
    metadata = "\n".join(["name: w", "jobs: []", "metadata:", *(f"  {row}" for row in rows)])
    findings_and_renderings("x.yaml", metadata)


def test_an_anchor_within_itself():
    findings_and_renderings("x.yaml", "name: w\njobs: &a\n  - *a\n")
    findings_and_renderings("x.yaml", "&a {name: w, jobs: [], metadata: {x: *a}}")


@pytest.mark.parametrize(
    "value",
    [
        "0:9223372036854775807",
        "-9223372036854775808:9223372036854775807",
        "9223372036854775800:9223372036854775807:5",
        "0:1e308",
        "0:1:1e-320",
        "0:inf",
        "nan:nan",
        "1" * 5_000 + ":5",
        "[" + "1," * 5_000 + "]",
        "1:2:3:4",
        "@",
        "@/dev/null",
    ],
)
def test_big_parameters(value):
    job = {"name": "a_{i}_{j}", "command": "c", "parameters": {"i": value, "j": value}}
    after = {"name": "b", "command": "c", "depends_on_regexes": ["^a_.*", "_1$", "a_{k}"], "parameters": {"k": value}}
    findings_and_renderings("x.json", json.dumps({"name": "w", "jobs": [job, after]}))
    findings_and_renderings("x.json", json.dumps({"name": "w", "jobs": [job]}))


@pytest.mark.parametrize("digits", [20, 400, 5_000, 100_000])
def test_long_numbers(digits):
    number = "9" * digits
    for text in (number, f"-{number}", f"0x{number}", f"1e{number}", f"0.{number}", f"1e-{number}"):
        for name in SEEDS:
            head = "name w\npriority " if name == "kdl" else "name: w\npriority: "
            findings_and_renderings(
                f"x.{name}", head + text if name in ("yaml", "kdl") else '{"priority": ' + text + "}"
            )
