"""Random small workflows as plain values, in which barriers gain something from two jobs on."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.graph.oracle import NOTHING_NEW, expand, resolve

STAGES = ["prep", "work", "post", "my_prep", "x"]
RANGES = ["1:3", "0:4", "1:4", "8:11", "0:6:2"]
TAILS = ["", "", "", "_.*", ".*", r"_\d+", r"_\d$", "_[0-3]", "_(1|2)"]
PLAIN_TAILS = ["", "", "$", ".*"]

seldom = st.integers(0, 7).map(lambda number: number == 0)
often = st.integers(0, 5).map(lambda number: number > 0)


@st.composite
def workflows(draw: st.DrawFn, kdl: bool = False) -> dict:
    """Stages that wait for earlier ones by patterns, names and files; `kdl`: only what can be written in KDL."""
    spec: dict = {"name": "w"}
    classes = draw(st.sampled_from([(), (), ("big",), ("big", "small"), ("tiny",)]))
    if classes:
        spec["resource_requirements"] = [resource_class(name) for name in classes]
    labels = draw(st.sampled_from([None, None, None, ["gpu"], ["a", "b c"]]))
    jobs: list[dict] = []
    for number in range(draw(st.integers(2, 5))):
        jobs.append(draw(job(STAGES[number], jobs, classes, labels, kdl)))
    if draw(seldom):
        jobs = draw(st.permutations(jobs))
    spec["jobs"] = jobs
    if draw(often):
        drop_idle_patterns(jobs)
    files = [name for each in jobs for name in each.get("output_files", []) + each.get("input_files", [])]
    if files:
        spec["files"] = [{"name": name, "path": f"out/{name}"} for name in dict.fromkeys(files)]
    if draw(seldom):
        pattern = draw(st.sampled_from(["^prep", "^(prep|barrier)", "prep|complete", ".", "^work", "p"]))
        spec["actions"] = [
            {
                "trigger_type": "on_jobs_complete",
                "action_type": "run_commands",
                "commands": ["date"],
                "job_name_regexes": [pattern],
            }
        ]
    return spec


def drop_idle_patterns(jobs: list[dict]) -> None:
    """Leave out the patterns that add nothing for some job: Torc refuses a spec with such."""
    names = [each["name"] for item in jobs for each in expand(item)]
    for item in jobs:
        kept: list[str] = []
        for pattern in item.pop("depends_on_regexes", ()):
            refusals: set[str] = set()
            for each in expand({**item, "depends_on_regexes": [*kept, pattern]}):
                resolve(each.get("depends_on", []), each["depends_on_regexes"], names, refusals)
            if NOTHING_NEW not in refusals:
                kept.append(pattern)
        if kept:
            item["depends_on_regexes"] = kept


def resource_class(name: str) -> dict:
    if name == "big":
        return {"name": name, "num_cpus": 8, "memory": "64g", "runtime": "PT4H"}
    if name == "tiny":
        return {"name": name, "num_cpus": 4, "memory": "100m", "runtime": "PT1M"}
    return {"name": name, "num_cpus": 1, "memory": "100m", "runtime": "PT1M"}


@st.composite
def job(draw: st.DrawFn, stage: str, earlier: list[dict], classes: tuple, labels: list | None, kdl: bool) -> dict:
    found: dict = {"name": stage + "_{i}" if draw(often) else stage}
    found["command"] = draw(st.sampled_from(["true", "echo é", "python a.py --x 'y: z' # no comment", 'sh -c "\\n"']))
    if classes and draw(often):
        found["resource_requirements"] = draw(st.sampled_from(classes))
    if earlier and draw(often):
        patterns = [draw(pattern(earlier, found)) for _ in range(draw(st.sampled_from([1, 1, 1, 1, 2, 3])))]
        found["depends_on_regexes"] = list(dict.fromkeys(patterns))
    plain = [each["name"] for each in earlier if "{" not in each["name"]]
    if plain and draw(seldom):
        found["depends_on"] = [draw(st.sampled_from(plain))]
    if draw(seldom):
        found["output_files"] = [f"f_{stage}"]
    written = [name for each in earlier for name in each.get("output_files", [])]
    if written and draw(often):
        found["input_files"] = [draw(st.sampled_from(written))]
    if labels and not draw(seldom):
        found["labels"] = labels
    if not kdl and draw(seldom):
        found["priority"] = draw(st.integers(0, 9))
    if draw(seldom):
        found["cancel_on_blocking_job_failure"] = draw(st.booleans())
    if "{" in found["name"]:
        found["parameters"] = {"i": draw(st.sampled_from(RANGES))}
    return found


@st.composite
def pattern(draw: st.DrawFn, earlier: list[dict], consumer: dict) -> str:
    target = draw(st.sampled_from(earlier))["name"]
    stage = target.removesuffix("_{i}")
    if stage != target and "{" in consumer["name"] and draw(seldom):
        return f"^{stage}_{{i}}$"
    anchor = "^" if draw(often) else ""
    other = draw(st.sampled_from(earlier))["name"].removesuffix("_{i}")
    body = f"({stage}|{other})" if draw(seldom) else stage
    return anchor + body + draw(st.sampled_from(TAILS if stage != target else PLAIN_TAILS))
