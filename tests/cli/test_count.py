import json
from textwrap import dedent

from tests.cli.specs import NAIVE

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
    assert "work_with..." in out
    assert max(map(len, out.splitlines())) <= 90


def test_a_trillion_takes_no_longer(torclint, tmp_path):
    (tmp_path / "w.yaml").write_text(SPEC.replace("0:999", "0:999999"))
    assert "1,000,001,000,002 dependencies in total" in torclint("count", "w.yaml").out


def test_a_missing_file(torclint):
    assert torclint("count", "none.yaml") == (2, "", "torclint: none.yaml: no such file\n")
