"""Write the JSON schemas that derive from code: of a spec, from the table of fields, and of a configuration file."""

from __future__ import annotations

import json
from pathlib import Path

from torclint.config.schema import build_config_schema
from torclint.spec.schema import build_schema

FOLDER = Path(__file__).resolve().parent.parent / "schemas"
SCHEMAS = {"workflow-spec.schema.json": build_schema, "config.schema.json": build_config_schema}


def render(name: str) -> str:
    """The text of the schema in the file `name`."""
    return json.dumps(SCHEMAS[name](), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in SCHEMAS:
        (FOLDER / name).write_text(render(name), encoding="utf-8")
        print(f"wrote {FOLDER / name}")
