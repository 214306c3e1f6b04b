"""From the keys around a place to the struct or field that may stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from torclint.editor.spot import STRUCTURED
from torclint.spec import fields as table
from torclint.spec.fields import WORKFLOW, Field, Struct

if TYPE_CHECKING:
    from torclint.editor.context import Context

# nodes of KDL that are called otherwise than the field they make, by struct
KDL_NODES = {
    "WorkflowSpec": {
        "job": "jobs",
        "file": "files",
        "failure_handler": "failure_handlers",
        "slurm_scheduler": "slurm_schedulers",
        "action": "actions",
    },
    "JobSpec": {"input_file": "input_files", "output_file": "output_files"},
    "WorkflowActionSpec": {"job": "jobs", "command": "commands"},
    "FailureHandlerSpec": {"rule": "rules"},
}


class Target(NamedTuple):
    """What may stand at a place: `struct` where keys of one go, `field` where its value goes.

    `name` is the key that the field has in the text; `owner` the struct that has the field.
    """

    struct: Struct | None
    field: Field | None
    owner: Struct | None = None


def target_of(context: Context, version: str, is_kdl: bool) -> Target | None:
    """None where the keys are none of a spec."""
    struct: Struct | None = WORKFLOW.at(version)
    owner: Struct | None = None
    field: Field | None = None
    any_key = False
    for key in context.path:
        if struct is None:
            return None
        if any_key:  # a key of a map of structs
            any_key = False
            continue
        name = KDL_NODES.get(struct.name, {}).get(key, key) if is_kdl else key
        field = next((each for each in struct.fields if each.name == name), None)
        if field is None:
            return None
        owner = struct
        struct = table.ALL_STRUCTS[field.of].at(version) if field.kind in STRUCTURED else None
        any_key = field.kind == table.STRUCT_MAP
    return Target(None if any_key else struct, field, owner)
