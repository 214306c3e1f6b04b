"""`torclint graph` in a terminal: what stands above what, how many, and what it costs."""

from textwrap import dedent

import pytest

from tests.cli.specs import BROKEN, NAIVE


def test_stages_with_their_dependencies_before_and_after(torclint, tmp_path):
    (tmp_path / "w.yaml").write_text(NAIVE)
    code, out, _ = torclint("graph", "--before-after", "w.yaml")
    assert code == 0
    assert out == dedent("""\
        Before
        1,000,000 dependencies; 2,000 jobs from 2 job specs; torc create takes about 30 s

        ●  prep_{i:03d}  1,000 jobs
        │
        ●  work_{i:03d}  1,000 jobs
             ← prep_{i:03d}  1,000 × 1,000 = 1,000,000 dependencies

        After torclint fix --insert-barriers
        2,000 dependencies; 2,001 jobs from 3 job specs; torc create takes about 0.3 s

        ●  prep_{i:03d}  1,000 jobs
        │
        ◆  barrier_prep_complete
        │    ← prep_{i:03d}  1,000 dependencies
        │
        ●  work_{i:03d}  1,000 jobs
             ← barrier_prep_complete  1,000 dependencies
    """)
    assert (tmp_path / "w.yaml").read_text() == NAIVE


def test_nothing_to_put_in_is_said(torclint, tmp_path):
    (tmp_path / "w.yaml").write_text(NAIVE.replace("0:999", "0:9"))
    out = torclint("graph", "--before-after", "w.yaml").out
    assert "Before" not in out
    assert out.endswith("\ntorclint fix --insert-barriers leaves it as it is\n")


def test_jobs_that_wait_for_themselves_or_for_each_other(torclint, tmp_path):
    (tmp_path / "w.yaml").write_text("""\
name: selves
jobs:
  - {name: "a_{i}", command: x, parameters: {i: "1:20"}}
  - {name: a_complete, command: echo, depends_on_regexes: ["^a_"]}
  - {name: b, command: x, depends_on: [a_complete, b]}
  - {name: "c_{i}", command: x, depends_on_regexes: ["^c_"], parameters: {i: "1:3"}}
""")
    assert torclint("graph", "w.yaml").out.partition("\n\n")[2] == dedent("""\
        ●  a_{i}  20 jobs
        │
        ◆  a_complete  waits for itself
        │    ← a_{i}  20 dependencies
        │
        ●  b  1 job, waits for itself

        ●  c_{i}  3 jobs, 9 dependencies among them
    """)


def test_lanes_lead_around_what_does_not_wait(torclint, tmp_path):
    (tmp_path / "w.yaml").write_text("""\
name: lanes
jobs:
  - {name: a, command: x}
  - {name: b, command: x}
  - {name: c, command: x, depends_on: [a]}
  - {name: d, command: x, depends_on: [a, b]}
  - {name: e, command: x, depends_on: [a, c, d]}
""")
    assert torclint("graph", "w.yaml").out.partition("\n\n")[2] == dedent("""\
        ●  a  1 job
        │
        │ ●  b  1 job
        │ │
        ├─┼─●  c  1 job
        │ │ │
        ├─● │  d  1 job
        │ │ │
        ●─┴─╯  e  1 job
    """)


def test_files_and_user_data_stand_between_jobs(torclint, tmp_path):
    (tmp_path / "w.yaml").write_text("""\
name: items
files:
  - {name: "part_{i}", path: "part_{i}", parameters: {i: "1:200"}}
user_data:
  - {name: settings, data: {a: 1}}
jobs:
  - {name: "make_{i}", command: x, input_user_data: [settings], output_files: ["part_{i}"], parameters: {i: "1:200"}}
  - {name: "use_{i}", command: x, input_file_regexes: ["^part_"], parameters: {i: "1:100"}}
""")
    assert torclint("graph", "w.yaml").out.partition("\n\n")[2] == dedent("""\
        ○  settings
        │
        ●  make_{i}  200 jobs
        │
        ▫  part_{i}  200 files
        │
        ●  use_{i}  100 jobs
             ← part_{i}  100 × 200 = 20,000 dependencies
    """)


def test_a_cycle_is_drawn_as_one(torclint, tmp_path):
    (tmp_path / "w.yaml").write_text("""\
name: ring
files: [{name: f, path: f}, {name: g, path: g}]
jobs:
  - {name: a, command: x, input_files: [g], output_files: [f]}
  - {name: b, command: x, input_files: [f], output_files: [g]}
""")
    assert "↺ ← " in torclint("graph", "w.yaml").out


def test_many_alike_are_folded_into_one_box(torclint, tmp_path):
    literal = [f"  - {{name: prep_{k}, command: x}}\n" for k in range(500)]
    literal += [f"  - {{name: work_{k}, command: x, depends_on: [prep_{k}]}}\n" for k in range(500)]
    spec = "name: literal\njobs:\n" + "".join(literal) + '  - {name: end, command: x, depends_on_regexes: ["^work"]}\n'
    (tmp_path / "w.yaml").write_text(spec)
    assert torclint("graph", "w.yaml").out.partition("\n\n")[2] == dedent("""\
        ●  prep_0 and 499 more  500 jobs
        │
        ●  work_0 and 499 more  500 jobs
        │    ← prep_0 and 499 more  500 dependencies
        │
        ●  end  1 job
             ← work_0 and 499 more  500 dependencies

        1,001 job specs are folded into 3 boxes; --limit N shows more
    """)
    assert torclint("graph", "--limit", "5000", "w.yaml").out.count("●") == 1001


@pytest.mark.parametrize("limit", ["1", "2", "7", "30"])
def test_a_limit_is_kept_whatever_the_spec_is_like(torclint, tmp_path, limit):
    chain = [f"  - {{name: {'abcdefg'[k % 7]}{k}, command: x, depends_on: [{before}]}}\n" for k, before in _before(60)]
    (tmp_path / "w.yaml").write_text("name: chain\njobs:\n  - {name: first, command: x}\n" + "".join(chain))
    out = torclint("graph", "--limit", limit, "w.yaml").out
    assert 1 <= out.count("●") <= int(limit)
    assert "↺" not in out


def _before(size):
    return [(k, f"{'abcdefg'[(k - 1) % 7]}{k - 1}" if k else "first") for k in range(size)]


def test_long_names_lose_their_middle_in_a_narrow_terminal(torclint, tmp_path, monkeypatch):
    (tmp_path / "w.yaml").write_text("name: w\njobs: [{name: " + "a" * 60 + "z, command: x}]\n")
    monkeypatch.setenv("COLUMNS", "40")
    (line,) = [line for line in torclint("graph", "w.yaml").out.splitlines() if "●" in line]
    assert len(line) <= 40
    assert "a…a" in line and "az  1 job" in line


def test_a_terminal_without_these_characters_gets_others(program, tmp_path):
    (tmp_path / "w.yaml").write_text(NAIVE)
    done = program("graph", "w.yaml", env={"PYTHONIOENCODING": "ascii"})
    assert done.stdout.decode("ascii").splitlines()[4:6] == ["|", "o  work_{i:03d}  1,000 jobs"]


def test_what_cannot_be_read(torclint, tmp_path):
    (tmp_path / "w.yaml").write_text(BROKEN)
    code, out, err = torclint("graph", "w.yaml")
    assert (code, out) == (2, "")
    assert err.startswith("torclint: w.yaml:")


@pytest.mark.parametrize("command", ["true", "echo all read"])
def test_a_barrier_is_told_by_what_it_does(torclint, tmp_path, command):
    (tmp_path / "w.yaml").write_text(f"""\
name: w
jobs:
  - {{name: "a_{{i}}", command: x, parameters: {{i: "1:50"}}}}
  - {{name: between, command: "{command}", depends_on_regexes: ["^a_"]}}
  - {{name: "b_{{i}}", command: x, depends_on: [between], parameters: {{i: "1:50"}}}}
  - {{name: working, command: "python merge.py", depends_on_regexes: ["^b_"]}}
  - {{name: "c_{{i}}", command: x, depends_on: [working], parameters: {{i: "1:50"}}}}
""")
    out = torclint("graph", "w.yaml").out
    assert "◆  between\n" in out
    assert "●  working  1 job\n" in out


def test_a_barrier_with_parameters(torclint, tmp_path):
    (tmp_path / "w.yaml").write_text("""\
name: w
jobs:
  - {name: "a_{s}_{i}", command: x, parameters: {s: "1:4", i: "1:50"}}
  - {name: "gate_{s}", command: "true", depends_on_regexes: ["^a_{s}_"], parameters: {s: "1:4"}}
  - {name: "b_{s}_{i}", command: x, depends_on: ["gate_{s}"], parameters: {s: "1:4", i: "1:50"}}
""")
    assert "◆  gate_{s}  4 jobs\n" in torclint("graph", "w.yaml").out


def test_a_stage_of_which_each_job_after_it_needs_all_is_no_barrier(torclint, tmp_path):
    (tmp_path / "w.yaml").write_text("""\
name: w
jobs:
  - {name: "a_{s}_{i}", command: x, parameters: {s: "1:4", i: "1:50"}}
  - {name: "mean_{s}", command: "echo mean", depends_on_regexes: ["^a_{s}_"], parameters: {s: "1:4"}}
  - {name: "b_{s}_{i}", command: x, depends_on_regexes: ["^mean_"], parameters: {s: "1:4", i: "1:50"}}
""")
    assert "●  mean_{s}  4 jobs\n" in torclint("graph", "w.yaml").out
