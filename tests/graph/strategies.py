"""Random small specs: groups with ranges, lists and zips, tied by names, patterns, files, user data and tokens."""

from __future__ import annotations

from hypothesis import strategies as st

PREFIXES = ["prep_", "my_prep_", "step_", "a", "a_b_", "x-1_", "job1", "s_"]
RANGES = ["1:4", "1:4", "0:3", "0:5", "0:6:2", "5:1:-2", "8:12", "-2:2", "98:101"]
LISTS = [["a", "b"], ["a", "b", "ab"], ["x.y", "xzy"], [1, 2, 10], ["n1", "n10", 7]]
FORMATS = ["", "", ":02d", ":03d"]
SHORT = ["1:3", "0:2", ["a", "b"], [1, 2]]
ZIPS = [("1:4", "0:3"), ("1:3", "2:4"), ("0:6:2", "1:4"), (["a", "b"], ["b", "c"]), ("1:3", ["u", "v", "w"])]
TAILS = ["", "", "", ".*", ".*", r"\d+", r"\d+$", "[0-3]", "(1|2|a)", "[^1]", ".*_end$", "0?1", "$"]

often = st.integers(0, 9).map(lambda number: number < 7)
seldom = st.integers(0, 9).map(lambda number: number == 0)
rarely = st.integers(0, 39).map(lambda number: number == 0)


@st.composite
def parameters(draw: st.DrawFn) -> dict:
    """The fields `parameters` and `parameter_mode`, of i and perhaps j; or none."""
    kind = draw(st.sampled_from(["none", "range", "range", "range", "list", "two", "zip", "empty"]))
    if kind == "none":
        return {}
    if kind == "range":
        return {"parameters": {"i": draw(st.sampled_from(RANGES))}}
    if kind == "list":
        return {"parameters": {"i": draw(st.sampled_from(LISTS))}}
    if kind == "two":
        return {"parameters": {"i": draw(st.sampled_from(RANGES[:5])), "j": draw(st.sampled_from(SHORT))}}
    if kind == "zip":
        one, other = draw(st.sampled_from(ZIPS))
        return {"parameters": {"i": one, "j": other}, "parameter_mode": "zip"}
    return {"parameters": {"i": "3:1"}} if draw(seldom) else {}


@st.composite
def names(draw: st.DrawFn, prefix: str, fields: dict) -> str:
    """A template with all parameters in it, mostly."""
    known = list(fields.get("parameters", ()))
    if fields.get("parameter_mode") == "zip" and draw(often):
        known = known[:1]
    elif draw(rarely):
        known = known[1:]
    slots = [slot(name, draw(st.sampled_from(FORMATS))) for name in known]
    ending = draw(st.sampled_from(["", "", "", "_end"]))
    return prefix + draw(st.sampled_from(["_", "_", "-x", ""])).join(slots) + ending


@st.composite
def named_items(draw: st.DrawFn, prefixes: list[str], most: int) -> list[dict]:
    chosen = draw(st.permutations(prefixes))[: draw(st.integers(1, most))]
    if draw(rarely):
        chosen.append(chosen[0])
    items = []
    for prefix in chosen:
        # items that share their parameters are what makes references with parameters in them valid
        same = items and draw(often)
        fields = kept(items[draw(st.integers(0, len(items) - 1))]) if same else draw(parameters())
        items.append({"name": draw(names(prefix, fields)), **fields})
    return items


def kept(item: dict) -> dict:
    return {field: item[field] for field in ("parameters", "parameter_mode") if field in item}


@st.composite
def references(draw: st.DrawFn, target: dict, consumer: dict) -> str:
    """A name of `target`, with the consumer's parameters in it if it has such; sometimes wrongly padded or out of range."""
    name = target["name"]
    mine = list(consumer.get("parameters", ()))
    for parameter, written in target.get("parameters", {}).items():
        if parameter in mine and draw(often):
            if draw(seldom):
                name = name.replace(slot(parameter, ":03d"), slot(parameter))
            if draw(seldom) or (consumer.get("parameter_mode") == "zip" and draw(st.booleans())):
                name = name.replace("{" + parameter, "{" + draw(st.sampled_from(mine)))
            continue
        first = written[0] if isinstance(written, list) else int(written.split(":")[0])
        if draw(seldom):
            first = 77
        for form in FORMATS:
            padded = isinstance(first, int) and form
            name = name.replace(slot(parameter, form), f"{first:0{form[2]}d}" if padded else str(first))
    return name


def slot(parameter: str, form: str = "") -> str:
    return "{" + parameter + form + "}"


@st.composite
def patterns(draw: st.DrawFn, target: dict, consumer: dict) -> str:
    """A pattern for names of `target`: its beginning, or the template with holes."""
    name = target["name"]
    beginning = name.partition("{")[0]
    kind = draw(st.integers(0, 19))
    if kind < 9:
        tail = draw(st.sampled_from(TAILS))
        return draw(st.sampled_from(["^", "^", ""])) + beginning + tail
    if kind < 18:
        text = draw(references(target, consumer))
        text = draw(st.sampled_from(["^", "^", "^", ""])) + text
        return text + draw(st.sampled_from(["$", "$", "", r"\b", ".*", "[0-9]*$", "_"]))
    if kind == 18:
        return draw(st.sampled_from([".*", "", "1$", "_", "^a|^s", "prep", r"\d", "(?i)PREP", "e"]))
    return draw(st.sampled_from(["^prep_{i}", "{i}", "(", "a{2}", "^{j}", "[{i}]", "x{i"]))


@st.composite
def lists(draw: st.DrawFn, targets: list[dict], consumer: dict, most: int = 2) -> tuple[list[str], list[str]]:
    exact, searched = [], []
    for _ in range(draw(st.integers(0, most))):
        target = draw(st.sampled_from(targets))
        if draw(st.booleans()):
            exact.append(draw(references(target, consumer)))
        else:
            searched.append(draw(patterns(target, consumer)))
    return exact, searched


def put(job: dict, field: str, regexes: str, found: tuple[list[str], list[str]]) -> None:
    if found[0]:
        job[field] = found[0]
    if found[1]:
        job[regexes] = found[1]


@st.composite
def chains(draw: st.DrawFn) -> list[dict]:
    """Jobs that each wait for the one before them in their own group, and the first of them; or two such groups."""
    length = draw(st.integers(1, 5))
    shift = draw(st.sampled_from([-1, -1, -1, 0, 1, -2]))
    zipped = {
        "parameters": {"i": f"1:{length}", "j": f"{1 + shift}:{length + shift}"},
        "parameter_mode": "zip",
    }
    one = {"name": "chain_{i}", "command": "true", "depends_on": ["chain_{j}"], **zipped}
    ends = {f"chain_{number}" for number in range(1 + shift, length + shift + 1)}
    ends -= {f"chain_{number}" for number in range(1, length + 1)}
    jobs = [{"name": name, "command": "true"} for name in sorted(ends)]
    if draw(st.booleans()):
        return [*jobs, one]
    one["depends_on"] = ["link_{i}"]
    other = {"name": "link_{i}", "command": "true", "depends_on": ["chain_{j}"], **zipped}
    return [*jobs, one, other]


@st.composite
def specs(draw: st.DrawFn) -> dict:
    """A whole spec, often one that Torc accepts."""
    jobs = [{**item, "command": "true"} for item in draw(named_items(PREFIXES, 4))]
    with_artifacts = draw(st.booleans())
    files = draw(named_items(["f_", "g_", "out"], 2)) if with_artifacts else []
    user_data = draw(named_items(["d_", "e_"], 2)) if with_artifacts and draw(st.booleans()) else []
    for place, job in enumerate(jobs):
        earlier = jobs if draw(rarely) else jobs[:place]
        if earlier and draw(often):
            put(job, "depends_on", "depends_on_regexes", draw(lists(earlier, job, 3)))
        for kind, items in (("file", files), ("user_data", user_data)):
            if not items:
                continue
            plural = "files" if kind == "file" else kind
            for direction in ("input", "output"):
                if draw(st.integers(0, 2)):
                    put(job, f"{direction}_{plural}", f"{direction}_{kind}_regexes", draw(lists(items, job, 1)))
                if draw(seldom):
                    field = draw(st.sampled_from(["command", "command", "invocation_script"]))
                    name = draw(references(draw(st.sampled_from(items)), job))
                    space = "files" if kind == "file" else kind
                    job[field] = job.get(field, "") + f" ${{{space}.{direction}.{name}}}"
    if draw(seldom):
        jobs += draw(chains())
    spec = {"name": "w", "jobs": jobs}
    if files:
        spec["files"] = [{**item, "path": "p/" + item["name"]} for item in files]
    if user_data:
        spec["user_data"] = [{**item, "data": "text"} if draw(often) else item for item in user_data]
    return spec
