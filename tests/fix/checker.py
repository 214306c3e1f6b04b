"""What a fix may do to a spec, checked by brute force on small specs: with no code of torclint's graph or fix."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from tests.fix.writing.pen import numbers
from tests.graph.oracle import Model, expand, model
from torclint.names import rust_regex
from torclint.syntax import Mapping, parse

WAITS = ("depends_on", "depends_on_regexes")
PARAMETERS = {"parameters", "parameter_mode", "use_parameters"}
BARRIER_FIELDS = {"name", "command", "resource_requirements", *WAITS, "priority", "labels", *PARAMETERS}
TOKEN = re.compile(r"\w+|[^\w,]")  # a comma goes with what it parts, over a comment in between, too
MARKS = re.compile(r"(?:[\"'?,;\s]|\(t\))*\Z")
LIGHT = re.compile(r"echo '\w+: (\d+|all) jobs complete' && date")


def check_fix(before: str, after: str, format: str = "yaml") -> list[dict[str, Any]]:
    """Assert that `after` is `before` with light jobs in between, and nothing else; gives the new jobs."""
    old, new = load(before, format), load(after, format)
    barriers = new_jobs(old, new)
    same_elsewhere(old, new)
    same_text(before, after, format)
    assert numbers(before) == numbers(after)
    if format == "yaml":
        assert yaml_comments(before) == yaml_comments(after)
    for barrier in barriers:
        is_light(barrier, new)
    one, other = model(old), model(new)
    assert not other.refusals
    assert not other.has_cycle
    names = [each["name"] for barrier in barriers for each in expand(barrier, new.get("parameters"))]
    assert sorted(one.jobs + names) == sorted(other.jobs)
    through = looked_through(other, set(names))
    assert through <= one.total
    lights = lights_of(old)
    for job, awaited in one.total - through:
        assert any((job, light) in through and (light, awaited) in through for light in lights)
    assert len(other.total) + len(names) <= len(one.total)
    same_actions(old, new, one, other)
    for barrier in barriers:
        fits_in(barrier, new, other)
    return barriers


def load(text: str, format: str) -> dict[str, Any]:
    if format == "yaml":
        return yaml.load(text, yaml.CSafeLoader)
    if format == "json":
        return json.loads(text)
    return parse(text, format).value


def new_jobs(old: dict, new: dict) -> list[dict]:
    """The jobs that only `new` has; the others are the same, in the same order, but for what they wait for."""
    names = [job["name"] for job in old["jobs"]]
    kept = [job for job in new["jobs"] if job["name"] in names]
    assert list(map(without_waits, kept)) == list(map(without_waits, old["jobs"]))
    return [job for job in new["jobs"] if job["name"] not in names]


def without_waits(job: dict) -> list[tuple[str, Any]]:
    return [(field, value) for field, value in job.items() if field not in WAITS]


def same_elsewhere(old: dict, new: dict) -> None:
    assert list(old) == list(new)
    for field in old.keys() - {"jobs", "resource_requirements"}:
        assert old[field] == new[field]
    classes = old.get("resource_requirements", [])
    assert [each for each in new.get("resource_requirements", []) if each in classes] == classes


def same_text(before: str, after: str, format: str) -> None:
    """What is written around the lists of dependencies is still there, in the same order, with new jobs in between."""
    left = iter(TOKEN.findall(after))
    done = 0
    for start, end in [*lists_in(before, format), (len(before), len(before))]:
        for token in TOKEN.findall(before[done:start]):
            assert token in left, f"{token!r} of {before[done:start]!r} is gone"
        done = end


def lists_in(text: str, format: str) -> list[tuple[int, int]]:
    """Where the lists of dependencies are, with their keys and the marks and blanks around them."""
    found: list[tuple[int, int]] = []
    root = parse(text, format).root
    assert isinstance(root, Mapping)
    for job in root.get("jobs").items:
        for key, value in job.entries:
            if key.value not in WAITS:
                continue
            if format == "kdl":
                found += [(text.rindex("depends_on", 0, item.start), item.end) for item in value.items]
            else:
                found.append((key.start, max(key.end, value.end)))
    return sorted(with_marks(text, *span) for span in found)


def with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    start = len(MARKS.sub("", text[:start]))
    while text[end : end + 1] and text[end] in ",; \t\r\n":
        end += 1
    return start, end


def yaml_comments(text: str) -> list[str]:
    """All comments, found as what is left between the tokens."""
    comments: list[str] = []
    done = 0
    for token in yaml.scan(text, yaml.CLoader):
        start, end = token.start_mark.index, token.end_mark.index
        comments += re.findall(r"#[^\r\n]*", text[done:start])
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            header = re.match(r"[|>][-+\d]*[ \t]+(#[^\r\n]*)", text[start:end])
            comments += [header[1]] if header else []
        done = max(done, end)
    return comments + re.findall(r"#[^\r\n]*", text[done:])


def is_light(barrier: dict, spec: dict) -> None:
    assert barrier.keys() <= BARRIER_FIELDS
    assert LIGHT.fullmatch(barrier["command"])
    classes = {each["name"]: each for each in spec.get("resource_requirements", [])}
    if not classes:
        assert "resource_requirements" not in barrier
        return
    needs = classes[barrier["resource_requirements"]]
    assert (needs.get("num_cpus", 1), needs.get("num_gpus", 0), needs.get("num_nodes", 1)) == (1, 0, 1)


def looked_through(fixed: Model, barriers: set[str]) -> set[tuple[str, str]]:
    """The pairs of old jobs that are tied directly or through new jobs."""
    behind: dict[str, set[str]] = {}
    for job, other in fixed.total:
        behind.setdefault(job, set()).add(other)
    pairs = set()
    for job in behind.keys() - barriers:
        pending, seen = list(behind[job]), set()
        while pending:
            other = pending.pop()
            if other in seen:
                continue
            seen.add(other)
            if other in barriers:
                pending += behind.get(other, ())
            else:
                pairs.add((job, other))
    return pairs


def lights_of(spec: dict) -> set[str]:
    """The single jobs that do nothing, cannot fail and treat failures as they come."""
    return {
        job["name"]
        for job in spec["jobs"]
        if "parameters" not in job
        and re.fullmatch(r"true|echo \w+", job["command"])
        and job.get("cancel_on_blocking_job_failure", True)
        and "output_files" not in job
    }


def same_actions(old: dict, new: dict, one: Model, other: Model) -> None:
    for action in old.get("actions", []):
        for pattern in action.get("job_name_regexes", []):
            regex = rust_regex.compile(pattern)
            assert list(filter(regex.is_match, one.jobs)) == list(filter(regex.is_match, other.jobs)), pattern


def fits_in(barrier: dict, spec: dict, fixed: Model) -> None:
    """Labels as all around it, a priority no lower than that of any consumer, and several jobs on both sides."""
    names = [each["name"] for each in expand(barrier, spec.get("parameters"))]
    consumers = {job for job, other in fixed.explicit if other in names}
    producers = {other for job, other in fixed.explicit if job in names}
    assert len(consumers) > 1 < len(producers)
    for job in spec["jobs"]:
        own = {each["name"] for each in expand(job, spec.get("parameters"))}
        if own & consumers:
            assert job.get("priority", 0) <= barrier.get("priority", 0)
        if own & (consumers | producers):
            assert set(job.get("labels", [])) == set(barrier.get("labels", []))
