"""Random small workflows whose consumers wait for parts, unions and shares of each other's producers."""

from __future__ import annotations

from hypothesis import strategies as st

SHARED = {"s": "[a, b, cc]", "i": "1:9", "k": "1:7"}
PRODUCERS = ["prep_{s}_{i}", "gen_{i}", "load_{k}", "one", "two", "three"]
PREP, GEN, LOAD, ONE, TWO, THREE = PRODUCERS
# what there has to be for them to match; those that match more come later, since Torc refuses a pattern that adds nothing
SHARES = {"^prep_{s}_[1-6]$": [PREP], "^prep_{s}_": [PREP], "^(gen|prep_{s})_": [PREP]}
PATTERNS = {
    "^prep_a": [PREP], "^prep_[ab]_": [PREP], "^prep_.*_[1-5]$": [PREP], "^prep_": [PREP], "^gen_[1-4]$": [GEN],
    "^gen_": [GEN], "^load_": [LOAD], "^(gen|load)_": [GEN, LOAD], "^(prep|gen)_": [PREP, GEN], "^t": [TWO],
    "^(one|two)$": [ONE],
}  # fmt: skip
NAMES = {
    "one": [ONE], "two": [TWO], "three": [THREE], "gen_1": [GEN], "gen_2": [GEN], "gen_3": [GEN],
}  # fmt: skip
OWN = {f"prep_{{s}}_{number}": [PREP] for number in range(1, 6)}
CONSUMERS = ["work_{i}", "post_{s}_{k}", "check_{s}", "sum_{k}", "last", "most_{i}_{k}"]

often = st.integers(0, 3).map(lambda number: number > 0)
seldom = st.integers(0, 5).map(lambda number: number == 0)


@st.composite
def intricate(draw: st.DrawFn, kdl: bool = False) -> dict:
    """`kdl`: only what can be written in KDL."""
    spec: dict = {"name": "w", "parameters": dict(SHARED)}
    labels = draw(st.sampled_from([None, None, ["gpu"]]))
    producers = draw(st.lists(st.sampled_from(PRODUCERS), min_size=2, unique=True))
    jobs = [{"name": name, "command": "ls", **draw(parameters(name))} for name in producers]
    for name in draw(st.lists(st.sampled_from(CONSUMERS), min_size=1, unique=True)):
        found = {"name": name, "command": "ls", **draw(parameters(name))}
        with_s = "{s}" in name
        found["depends_on_regexes"] = draw(some({**(SHARES if with_s else {}), **PATTERNS}, producers, 3))
        if draw(often):
            found["depends_on"] = draw(some({**NAMES, **(OWN if with_s else {})}, producers, 5))
        if not kdl and draw(seldom):
            found["priority"] = draw(st.integers(0, 3))
        jobs.append({field: value for field, value in found.items() if value != []})
    if labels and draw(often):
        for job in jobs:
            if draw(often):
                job["labels"] = labels
    spec["jobs"] = jobs
    return spec


@st.composite
def some(draw: st.DrawFn, entries: dict[str, list[str]], producers: list[str], most: int) -> list[str]:
    """Entries that match something."""
    known = [entry for entry, needed in entries.items() if set(needed) <= set(producers)]
    drawn = draw(st.lists(st.sampled_from(known), max_size=most, unique=True)) if known else []
    return sorted(drawn, key=known.index)


@st.composite
def parameters(draw: st.DrawFn, name: str) -> dict:
    """Those of the workflow, or some of its own."""
    used = [each for each in SHARED if f"{{{each}}}" in name]
    if not used:
        return {}
    if draw(st.booleans()):
        return {"use_parameters": used}
    if "s" in used and len(used) == 2 and draw(seldom):
        return {"parameters": {"s": "[a, a, b, cc]", used[1]: "1:4"}, "parameter_mode": "zip"}
    values = {
        "s": draw(st.sampled_from(["[a, b, cc]", "[a, b]", "['a', \"cc\"]"])),
        "i": "1:9",
        "k": draw(st.sampled_from(["1:7", "0:18:3"])),
    }
    return {"parameters": {each: values[each] for each in used}}
