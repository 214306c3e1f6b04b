"""Write schemas/workflow-spec.schema.json from the table of fields."""

from __future__ import annotations

import json
from pathlib import Path

from torclint.spec.schema import build_schema

TARGET = Path(__file__).resolve().parent.parent / "schemas" / "workflow-spec.schema.json"


def render() -> str:
    return json.dumps(build_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(render(), encoding="utf-8")
    print(f"wrote {TARGET}")
