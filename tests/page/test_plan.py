"""The plan: what `torclint plan` works out, as charts and as tables."""

SPEC = """\
name: w
resource_requirements: [{name: r, num_cpus: 2, memory: 1g, runtime: PT10M}]
jobs:
  - {name: "a_{i}", command: x, resource_requirements: r, parameters: {i: "1:8"}}
  - {name: b, command: x, depends_on_regexes: ["^a_"]}
"""


def test_how_long_it_takes_and_on_how_many_nodes(page_of):
    part = page_of(SPEC).one(id="plan")
    assert "9 jobs on one node with 4 CPUs, 8 GiB, no GPUs. It is done after 41 min" in part.words
    assert "1 job without a requirement counts with 1 CPU, 1 MiB and one minute" in part.words
    assert [row[:1] + row[1].split(" as")[:1] for row in part.one("table", kind="nodes").rows] == [
        ["1", "41 min"],
        ["2", "21 min"],
        ["4", "11 min"],
    ]
    assert "More nodes make it no faster." in part.words


def test_the_charts_have_their_numbers_in_tables(page_of):
    part = page_of(SPEC).one(id="plan")
    along, at_once = part.find("svg", kind="chart")
    assert [bar.one("title").words for bar in along.find("svg", kind="bar")] == [
        "a_{i}: 8 jobs, from 0 s to 40 min, on the critical path",
        "b: 1 job, from 40 min to 41 min, on the critical path",
    ]
    assert at_once.one(kind="plot")["data-steps"] == "0 2,2400 1"
    stages = part.find("table")[-1]
    assert stages.rows[0] == ["a_{i}", "8", "2 CPUs, 1 GiB", "10 min", "2", "0 s", "40 min"]


def test_other_machines(page_of):
    part = page_of(SPEC, "--nodes", "2").one(id="plan")
    assert "9 jobs on 2 nodes with 4 CPUs, 8 GiB, no GPUs each. It is done after 21 min" in part.words


def test_a_job_that_fits_nowhere(page_of):
    part = page_of(SPEC.replace("num_cpus: 2", "num_cpus: 64")).one(id="plan")
    assert "It never ends: a_{i} needs 64 CPUs" in part.words


def test_jobs_that_wait_for_each_other(page_of):
    part = page_of("name: w\njobs: [{name: a, command: x, depends_on: [b]}, {name: b, command: x, depends_on: [a]}]\n")
    assert "The plan is missing: it could not be worked out: " in part.one(id="plan").words


def test_a_long_chain_is_drawn_in_parts(page_of):
    jobs = "".join(f"  - {{name: j{i}, command: x, depends_on: [j{i - 1}]}}\n" for i in range(1, 500))
    page = page_of(f"name: w\njobs:\n  - {{name: j0, command: x}}\n{jobs}")
    steps = page.find("svg", kind="chart")[1].one(kind="plot")["data-steps"].split(",")
    assert len(steps) <= 400
    assert {step.split()[1] for step in steps} == {"1"}
