"""Whatever a store says about a run, there is a page that can be read, or a line that refuses it."""

from __future__ import annotations

import json
import re
import tempfile
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from torclint.page.making import render
from torclint.page.run.page import page_of
from torclint.page.run.story import story_of
from torclint.run.store.database import StoreError, create
from torclint.run.store.schema import MACHINE, PLACES, About
from torclint.run.store.summary import summary_of

NOW = 2000.0
SPEC = json.dumps(
    {
        "name": "w",
        "jobs": [
            {"name": "a_{i}", "command": "<&'\"> {i}", "parameters": {"i": "0:3"}},
            {"name": "b", "command": "true", "depends_on_regexes": ["^a_"]},
        ],
    }
)
NAMES = ("a_0", "a_1", "a_2", "a_3", "b")
MOMENTS = st.one_of(st.none(), st.floats(900, 2100), st.sampled_from([float("inf"), float("-inf"), 1e300]))
SPANS = st.one_of(st.none(), st.floats(0, 500), st.sampled_from([-5.0, float("inf"), 1e300]))


@st.composite
def attempts(draw, names=None):
    number = draw(st.integers(0, 5))
    name = NAMES[number % 5] if draw(st.booleans()) else draw(st.sampled_from(["gone", "<b>\x1b[31m", "a_0"]))
    status = draw(st.sampled_from([*range(8), 16, 17]))
    code = draw(st.sampled_from([None, -1, 0, 3, 137, 999]))
    reason = draw(st.sampled_from([None, "", "</script><b>", "out of time 17"]))
    attempt, run = draw(st.integers(0, 3)), draw(st.integers(1, 3))
    seconds, started = draw(SPANS), draw(MOMENTS)
    return (number, name, number + 1, status, code, attempt, run, seconds, started, None, None, None, None, reason)


@given(
    st.lists(attempts(), max_size=6, unique_by=lambda row: row[0]),
    st.lists(attempts(), max_size=6),
    st.lists(st.tuples(st.floats(900, 2100), st.one_of(st.none(), st.floats(900, 2100))), min_size=1, max_size=3),
    st.booleans(),
)
def test_a_page_or_a_line(newest, past, sessions, whole) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder, "store.sqlite"))
        options = {"torc": "1.0", "only": [], "until": []} if whole else {}
        about = About("uid", "", "w.json", SPEC, folder, json.dumps(options), "0.1.0", "w", 5, "out", 1)
        with closing(create(store, about)) as database:
            database.execute("BEGIN")
            database.executemany(f"INSERT INTO job VALUES ({PLACES})", newest)
            database.executemany(f"INSERT INTO past VALUES ({PLACES})", past)
            for run, (began, ended) in enumerate(sessions, 1):
                database.execute("INSERT INTO run VALUES (?, 1, '', ?, ?, 'running', '', '{}')", (run, began, ended))
            database.execute(MACHINE)
            database.execute("INSERT INTO machine VALUES (1, 4, 1000000, 0, NULL)")
            database.execute("COMMIT")
        try:
            text = render(page_of(story_of(summary_of(store), NOW)))
        except StoreError as error:
            assert "\n" not in str(error)
            return
        assert "\x1b" not in text
        for drawing in re.findall(r'<svg class="chart" width="100%".*?</svg>(?=\s*</div>)', text, re.DOTALL):
            every = ElementTree.fromstring(drawing).iter()
            assert not [each for each in every if {"nan%", "inf%"} & set(each.attrib.values())]
