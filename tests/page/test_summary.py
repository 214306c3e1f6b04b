"""The first thing that is read: a verdict, and the numbers now and with barriers."""

from tests.cli.specs import BROKEN, NAIVE


def test_the_verdict_and_the_numbers_before_and_after(page_of):
    part = page_of(NAIVE).one(id="summary")
    assert part.one(kind="verdict").words == (
        "It works, and costs too much: 2,000 jobs with 1,000,000 dependencies, created in about 30 s. "
        "With barriers it has 2,000 dependencies, 500 times fewer."
    )
    numbers = {row[0]: row[1:] for row in part.find("table")[0].rows}
    assert numbers["Jobs"] == ["2,000", "2,001"]
    assert numbers["Dependencies in total"] == ["1,000,000", "2,000"]
    effects = {row[0].split()[0]: row[1:] for row in part.find("table")[1].rows}
    assert effects["slow"] == ["", "1", ""]


def test_a_spec_without_findings(page_of):
    page = page_of("name: w\ndescription: 'one job'\njobs:\n  - {name: a, command: sleep 1}\n")
    verdict = page.one(kind="verdict")
    assert "good" in verdict.classes
    assert verdict.words == "Nothing is wrong with it: 1 job with 0 dependencies, created in less than 0.1 s."
    assert page.one("h1").words == "w"
    assert "one job" in page.one(kind="about").words


def test_a_spec_that_torc_refuses(page_of):
    page = page_of(BROKEN)
    verdict = page.one(kind="verdict")
    assert verdict.words.startswith("Torc refuses the spec: ")
    assert "Torc does not load this spec" in page.one(id="summary").words


def test_a_text_that_cannot_be_read(page_of):
    page = page_of("jobs: [\n")
    assert page.one(kind="verdict").words.startswith("Torc refuses the spec: ")
    assert page.one("h1").words == "w.yaml"
