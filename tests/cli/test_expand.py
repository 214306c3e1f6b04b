import pytest

from tests.cli.specs import BROKEN, NAIVE

SPEC = """\
name: w
files: [{name: raw, path: raw}]
jobs:
  - {name: "a_{i}", command: "true", parameters: {i: "1:2"}}
  - {name: "tab\\tand é", command: "true", depends_on_regexes: ["^a_"], output_files: [raw]}
  - {name: reader, command: "true", input_files: [raw]}
"""


@pytest.fixture
def spec(tmp_path):
    (tmp_path / "w.yaml").write_text(SPEC)


def test_jobs(torclint, spec):
    assert torclint("expand", "--jobs", "w.yaml") == (0, "a_1\na_2\ntab\tand é\nreader\n", "")


def test_edges_are_those_after_initialisation(torclint, spec):
    out = torclint("expand", "--edges", "w.yaml").out
    assert sorted(out.splitlines()) == ["reader\ttab\tand é", "tab\tand é\ta_1", "tab\tand é\ta_2"]


def test_names_are_written_in_utf8_whatever_the_locale(program, spec):
    done = program("expand", "--jobs", "w.yaml", env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert "tab\tand é\n".encode() in done.stdout


@pytest.mark.parametrize("options", [[], ["--jobs", "--edges"]])
def test_it_needs_one_of_its_options(torclint, spec, options):
    assert torclint("expand", *options, "w.yaml") == (2, "", "torclint: expand needs one of --jobs and --edges\n")


def test_a_spec_that_torc_refuses(torclint, tmp_path):
    (tmp_path / "broken.yaml").write_text(BROKEN)
    code, out, err = torclint("expand", "--jobs", "broken.yaml")
    assert (code, out) == (2, "")
    assert err.startswith("torclint: broken.yaml:")
    (tmp_path / "wrong.yaml").write_text("name: w\njobs:\n  - {name: 5, command: x}\n")
    code, out, err = torclint("expand", "--jobs", "wrong.yaml")
    assert (code, out) == (2, "")
    assert err.startswith("torclint: wrong.yaml:3:")


def test_a_missing_file(torclint):
    assert torclint("expand", "--jobs", "none.yaml") == (2, "", "torclint: none.yaml: no such file\n")


def test_stdin(torclint):
    out = torclint("expand", "--jobs", "-", stdin=NAIVE.encode()).out
    assert len(out.splitlines()) == 2000


def test_edges_beyond_every_memory_are_refused_in_time(torclint, tmp_path):
    (tmp_path / "huge.yaml").write_text(NAIVE.replace("0:999", "0:9999999"))
    code, out, err = torclint("expand", "--edges", "huge.yaml")
    assert (code, out) == (2, "")
    assert err.startswith("torclint: too large to list")


@pytest.mark.parametrize(
    "command", [("expand", "--edges"), ("plan",), ("run", "--dry-run"), ("regex", "^1"), ("count",)], ids=" ".join
)
def test_a_name_of_thousands_of_parameters(torclint, tmp_path, command):
    slots = "".join(f"{{p{number}}}" for number in range(2000))
    values = ", ".join(f'p{number}: "1:1"' for number in range(2000))
    many = f'{{name: "{slots}", command: "true", parameters: {{{values}}}}}'
    one = '{name: x, command: "true", depends_on_regexes: ["^1"]}'
    (tmp_path / "w.yaml").write_text(f"{{name: w, jobs: [{many}, {one}]}}")
    assert torclint(*command, "w.yaml").code == 0
