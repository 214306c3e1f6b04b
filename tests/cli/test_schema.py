from pathlib import Path

PUBLISHED = Path(__file__).parents[2] / "schemas" / "workflow-spec.schema.json"


def test_the_schema_is_the_published_one(torclint):
    assert torclint("schema") == (0, PUBLISHED.read_text(encoding="utf-8"), "")
