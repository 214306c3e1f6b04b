"""`${files.input.NAME}` and its kin, after the parameters are put in."""

from torclint import Source, count


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
