"""`${files.input.NAME}` and its kin, after the parameters are put in."""

from torclint import Source, check, count


def test_a_row_without_the_value_ends_the_token_too_early(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rows.jsonl").write_text('{"a": 1, "c": "x"}\n{"a": 2}\n')
    counts = count(
        Source(
            "spec.yaml",
            """
name: w
jobs:
  - {name: "make_{a}", command: "touch ${files.output.f_{a}_{c}}", parameters_file: rows.jsonl}
  - {name: "take_{a}", command: "true", parameters_file: rows.jsonl, input_files: ["f_{a}_{c}"]}
files:
  - {name: "f_{a}_{c}", path: "out/{a}", parameters_file: rows.jsonl}
""",
        )
    )
    # the second job says ${files.output.f_2_{c}}, and Torc looks for a file called `f_2_{c`
    assert (counts.jobs, counts.total) == (4, 1)


def test_tokens_that_are_never_closed_are_looked_at_once():
    text = "${files.input." * 100_000  # for hours, if each were searched for its end
    spec = f'name: w\njobs:\n  - {{name: a, command: "{text}", invocation_script: "{text}"}}\n'
    report = check(Source("spec.yaml", spec))
    assert not any(found.effect == "rejected" for found in report.findings)
    assert count(Source("spec.yaml", spec)).jobs == 1
