"""Whatever is asked about, the page stays small enough for a browser."""

MILLION = """\
name: w
jobs:
  - {name: "a_{i}", command: x, parameters: {i: "1:1000000"}}
  - {name: "b_{i}", command: x, depends_on_regexes: ["^a_"], parameters: {i: "1:1000000"}}
"""


def test_a_million_times_a_million(page_of):
    page = page_of(MILLION)
    assert "1,000,000,000,000 dependencies" in page.one(kind="verdict").words
    assert page.size < 100_000


def test_thousands_of_job_specs_with_findings_at_each(page_of):
    jobs = "".join(f"  - {{name: j{i}, command: 'a | tee b &', depends_on: [n{i}, n{i}]}}\n" for i in range(1500))
    page = page_of(f"name: w\njobs:\n{jobs}")
    assert page.size < 1_000_000


def test_long_lines_and_long_names(page_of):
    jobs = ", ".join(
        f'{{"name": "{"n" * 2000}{i}", "command": "{"c" * 5000}", "depends_on": ["{"m" * 3000}"]}}' for i in range(50)
    )
    page = page_of(f'{{"name": "{"w" * 10000}", "jobs": [{jobs}]}}', name="w.json")
    assert page.size < 1_000_000
