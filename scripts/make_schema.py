"""Write the JSON schemas that derive from code: of a spec, from the table of fields, and of a configuration file; and the
entries for the catalogue of SchemaStore, by which editors find them."""

from __future__ import annotations

import json
from pathlib import Path

from torclint.config.schema import build_config_schema
from torclint.spec.schema import build_schema
from torclint.version import PROJECT

FOLDER = Path(__file__).resolve().parent.parent / "schemas"


def catalogue() -> dict[str, object]:
    """What SchemaStore's catalog.json needs to know: which files each schema is for, and where it is."""
    entries = (
        (
            "Torc workflow spec",
            "A workflow for Torc: jobs, their dependencies, files and resources",
            [f"*.torc.{ending}" for ending in ("yaml", "yml", "json", "json5")],
            "workflow-spec.schema.json",
        ),
        (
            "torclint",
            "Settings of torclint, the linter for Torc workflow specs",
            ["torclint.toml"],
            "config.schema.json",
        ),
    )
    keys = ("name", "description", "fileMatch", "url")
    return {
        "schemas": [
            dict(zip(keys, (*entry, f"{PROJECT}/raw/main/schemas/{name}"), strict=True)) for *entry, name in entries
        ]
    }


SCHEMAS = {
    "workflow-spec.schema.json": build_schema,
    "config.schema.json": build_config_schema,
    "schemastore.json": catalogue,
}


def render(name: str) -> str:
    """The text of the schema in the file `name`."""
    return json.dumps(SCHEMAS[name](), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in SCHEMAS:
        (FOLDER / name).write_text(render(name), encoding="utf-8")
        print(f"wrote {FOLDER / name}")
