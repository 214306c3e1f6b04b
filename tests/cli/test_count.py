import json
import re
from textwrap import dedent

import pytest

from tests.cli.specs import NAIVE
from torclint.report.markdown import code

SPEC = (
    NAIVE
    + """\
  - name: report
    command: "true"
    depends_on_regexes: ["^work_"]
  - name: last
    command: "true"
    depends_on: [report, work_000]
"""
)


def test_the_table_as_it_is_and_after_the_fix(torclint, tmp_path):
    (tmp_path / "w.yaml").write_text(SPEC)
    code, out, _ = torclint("count", "w.yaml")
    assert code == 0
    now, after = out.split("\nAfter torclint fix --insert-barriers:\n\n")
    assert now == dedent("""\
        2,002 jobs from 4 job specs

        line  jobs          wait for    each x each  dependencies            cost
           8  work_{i:03d}  ^prep_    1,000 x 1,000     1,000,000     55 MB, 30 s
          12  report        ^work_        1 x 1,000         1,000  55 kB, < 0.1 s
          15  last          2 names           1 x 2             2  110 B, < 0.1 s

        1,001,002 dependencies in total; torc create takes about 30 s
    """)
    assert after.startswith("2,003 jobs from 5 job specs\n")
    assert "\n3,002 dependencies in total" in after


def test_one_is_no_plural(torclint, tmp_path):
    (tmp_path / "one.yaml").write_text("{name: w, jobs: [{name: a, command: ls}]}")
    assert torclint("count", "one.yaml").out.startswith("1 job from 1 job spec\n")
    (tmp_path / "two.yaml").write_text(
        "{name: w, jobs: [{name: a, command: ls}, {name: b, command: ls, depends_on: [a]}]}"
    )
    assert "\n1 dependency in total; torc create takes less than 0.1 s\n" in torclint("count", "two.yaml").out
    assert "**1 dependency** of 2 jobs from" in torclint("count", "--format", "markdown", "two.yaml").out


def test_a_spec_that_needs_no_fix_has_one_table(torclint, tmp_path):
    (tmp_path / "w.yaml").write_text(SPEC.replace("0:999", "0:9"))
    assert "After" not in torclint("count", "w.yaml").out


def test_json(torclint, tmp_path):
    (tmp_path / "w.yaml").write_text(SPEC)
    plain = json.loads(torclint("count", "--format", "json", "w.yaml").out)
    assert plain["summary"]["edges"]["total"] == 1_001_002
    assert plain["blocks"][0] == {
        "line": 8,
        "kind": "pattern",
        "jobs": ["work_{i:03d}"],
        "waits_for": "^prep_",
        "sides": [1000, 1000],
        "edges": 1_000_000,
        "bytes": 55_000_000,
        "create_seconds": 30.0,
    }


def test_names_are_cut_where_the_terminal_is_narrow(torclint, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    (tmp_path / "w.yaml").write_text(SPEC.replace("work_", "work_with_a_long_name_"))
    out = torclint("count", "w.yaml").out
    assert "work_with_...i:03d}" in out
    assert max(map(len, out.splitlines())) <= 90


def test_a_trillion_takes_no_longer(torclint, tmp_path):
    (tmp_path / "w.yaml").write_text(SPEC.replace("0:999", "0:999999"))
    assert "1,000,001,000,002 dependencies in total" in torclint("count", "w.yaml").out


def test_a_missing_file(torclint):
    assert torclint("count", "none.yaml") == (2, "", "torclint: none.yaml: no such file\n")


def test_markdown(torclint, tmp_path):
    (tmp_path / "w.yaml").write_text(SPEC.replace('"^prep_"', '"^prep_(0|[1-9])"').replace("0:999", "0:299"))
    out = torclint("count", "--format", "markdown", "w.yaml").out
    assert out.splitlines()[:8] == [
        "### `w.yaml`",
        "",
        "**90,302 dependencies** of 602 jobs from 4 job specs; `torc create` takes about 1.8 s",
        "",
        "| line | jobs | wait for | each x each | dependencies | cost |",
        "|---:|---|---|---:|---:|---:|",
        "| 8 | `work_{i:03d}` | `^prep_(0\\|[1-9])` | 300 x 300 | 90,000 | 5.0 MB, 1.8 s |",
        "| 12 | `report` | `^work_` | 1 x 300 | 300 | 16 kB, < 0.1 s |",
    ]
    assert "After `torclint fix --insert-barriers w.yaml`:" in out


@pytest.mark.parametrize("text", ["a", "`", "a`b", "``a", "|", "` `"])
def test_any_text_is_one_code_span_in_markdown(text):
    written = code(text)
    fence = re.match("`+", written)[0]
    inside = written[len(fence) : -len(fence)]
    assert written == fence + inside + fence
    assert fence not in re.findall("`+", inside)
    assert inside in (text, f" {text} ")


def test_all_specs_of_a_folder(torclint, tmp_path):
    (tmp_path / "a.yaml").write_text(SPEC)
    (tmp_path / "b.yaml").write_text(SPEC.replace("0:999", "0:9"))
    (tmp_path / "other.yaml").write_text("not: a spec\n")
    code, out, err = torclint("count", ".")
    assert (code, err) == (0, "")
    assert [line for line in out.splitlines() if line.endswith(".yaml")] == ["a.yaml", "b.yaml"]
    assert "102 dependencies in total" not in out.split("b.yaml")[0]
    plain = json.loads(torclint("count", "--format", "json", "a.yaml", "b.yaml").out)
    assert [(each["path"], each["summary"]["jobs"]) for each in plain["files"]] == [("a.yaml", 2002), ("b.yaml", 22)]


def test_what_cannot_be_counted_keeps_nothing_else_from_being_counted(torclint, tmp_path):
    (tmp_path / "a.yaml").write_text(SPEC)
    code, out, err = torclint("count", "none.yaml", "a.yaml")
    assert (code, err) == (2, "torclint: none.yaml: no such file\n")
    assert out.startswith("a.yaml\n2,002 jobs")


def test_a_folder_without_specs(torclint, tmp_path):
    (tmp_path / "other.yaml").write_text("not: a spec\n")
    assert torclint("count", ".") == (3, "", "torclint: nothing to count: no Torc spec in .\n")


def test_nothing_waits_for_anything(torclint, tmp_path):
    (tmp_path / "w.yaml").write_text("name: w\njobs:\n  - {name: a, command: 'true'}\n")
    out = torclint("count", "w.yaml").out
    assert out == "1 job from 1 job spec\n\n0 dependencies in total; torc create takes less than 0.1 s\n"
