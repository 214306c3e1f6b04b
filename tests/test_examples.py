"""Every example shows what the comment at its top says: the findings, the numbers, what the fix leaves, and the run."""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import torclint
from torclint.api import load

EXAMPLES = Path(__file__).parents[1] / "examples"


class Lesson(NamedTuple):
    codes: tuple[str, ...]
    jobs: int
    edges: int
    fixed: int | None = None  # edges after the fix, where it changes anything


LESSONS = {
    "barrier_demo": Lesson((), 202, 300),
    "campaign": Lesson((), 1_846, 2_940),
    "catch_all": Lesson(("TL404", "TL405"), 21, 21),
    "comments_and_style": Lesson(("TL501",), 501, 62_750, 750),
    "diamond": Lesson((), 4, 4),
    "ensemble": Lesson(("TL501",), 313, 11_411, 621),
    "heavy_barrier": Lesson(("TL601", "TL604"), 401, 400),
    "naive_stages": Lesson(("TL501",), 2_001, 1_001_000, 3_000),
    "needless_barrier": Lesson(("TL603",), 202, 201),
    "neighbour": Lesson(("TL403",), 7, 6),
    "one_to_one_files": Lesson((), 200, 100),
    "self_match": Lesson(("TL405",), 41, 41),
    "shared_barrier": Lesson(("TL501",), 900, 200_000, 900),
    "small": Lesson((), 10, 25),
    "three_stages": Lesson((), 2_104, 4_200),
    "vague_names": Lesson(("TL602",), 152, 200),
    "with_barriers": Lesson((), 2_002, 3_000),
}
FIXABLE = [name for name, lesson in LESSONS.items() if lesson.fixed is not None]
REFUSED = ("catch_all", "self_match", "unknown_field")
NEEDS_A_SCRIPT_OF_YOURS = ("heavy_barrier",)
NEEDS_LARGE_NODES = ("campaign",)


def path_of(name: str) -> Path:
    return EXAMPLES / f"{name}.yaml"


def text_of(name: str) -> str:
    return path_of(name).read_bytes().decode()


def test_every_example_is_in_the_table():
    assert {path.stem for path in EXAMPLES.glob("*.yaml")} == {*LESSONS, "unknown_field"}


@pytest.mark.parametrize("name", [*LESSONS, "unknown_field"])
def test_a_comment_at_the_top_tells_the_lesson(name):
    first, second = text_of(name).splitlines()[:2]
    assert first.startswith("# Lesson: ")
    assert second == "#"


@pytest.mark.parametrize("name", LESSONS)
def test_findings_and_numbers(name):
    (report,) = torclint.check(path_of(name)).files
    counts = report.counts
    # a cycle of one job that a pattern makes may be told twice: as what it is, and as where it comes from
    codes = {finding.code for finding in report.findings} - {"TL502"}
    assert (codes, counts.jobs, counts.total) == (set(LESSONS[name].codes), LESSONS[name].jobs, LESSONS[name].edges)


def test_unknown_field_is_found_where_it_stands():
    (report,) = torclint.check(path_of("unknown_field")).files
    (finding,) = report.findings
    assert (finding.code, report.lines.position(finding.span.start).line) == ("TL103", 13)
    assert "depends_on" in " ".join(finding.help)


@pytest.mark.parametrize("name", [name for name, lesson in LESSONS.items() if lesson.fixed is None])
def test_what_needs_no_barrier_gets_none(name):
    assert torclint.fix(path_of(name)).text == text_of(name)


@pytest.mark.parametrize("name", FIXABLE)
def test_the_fix(name):
    before = text_of(name)
    fixed = torclint.fix(path_of(name))
    assert fixed.after is not None
    assert fixed.after.counts.total == LESSONS[name].fixed
    again = torclint.Source("fixed.yaml", fixed.text)
    assert torclint.fix(again).text == fixed.text
    assert not [finding for finding in torclint.check(again).findings if finding.code == "TL501"]
    kept = set(fixed.text.splitlines(keepends=True))
    changed = [line for line in before.splitlines(keepends=True) if line not in kept]
    assert all("depends_on_regexes" in line for line in changed)
    assert len(changed) <= 2


def test_small_is_found_with_smaller_thresholds():
    from torclint.rules.thresholds import Thresholds

    report = torclint.check(path_of("small"), thresholds=Thresholds(min_jobs=5, min_saving=10))
    assert [finding.code for finding in report.findings] == ["TL501"]


def test_comments_and_style_has_what_it_says():
    text = path_of("comments_and_style").read_bytes()
    assert text.count(b"\r\n") == text.count(b"\n")
    assert b"\t#" in text
    assert torclint.fix(path_of("comments_and_style")).text.count("\n") > text.count(b"\n")


@pytest.mark.parametrize(
    "name", [name for name in LESSONS if name not in (*REFUSED, *NEEDS_A_SCRIPT_OF_YOURS, *NEEDS_LARGE_NODES)]
)
def test_it_runs(name, tmp_path):
    short = text_of(name)
    for many in ("0:999", "0:249", "1:400", "1:300", "1:200"):
        short = short.replace(f'"{many}"', '"1:9"').replace(f"'{many}'", "'1:9'")
    (tmp_path / "spec.yaml").write_bytes(short.encode())
    done = run("spec.yaml", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"{load(tmp_path / 'spec.yaml').counts.jobs} completed" in done.stdout


@pytest.mark.parametrize("name", REFUSED)
def test_what_torc_refuses_is_not_started(name, tmp_path):
    done = run(str(path_of(name)), folder=tmp_path)
    assert done.returncode == 2
    assert not list(tmp_path.iterdir())


def test_the_demo_adds_up(tmp_path):
    assert run(str(path_of("barrier_demo")), folder=tmp_path).returncode == 0
    assert (tmp_path / "torc_output/job_stdio/job_wf1_j202_r1_a1.o").read_text() == "328350\n"


def run(spec: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "torclint", "run", "--quiet", spec]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
