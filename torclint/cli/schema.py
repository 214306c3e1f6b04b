"""`torclint schema`: print the JSON schema of a workflow spec, for editors."""

from __future__ import annotations

from json import dumps

from torclint.cli.output import print_utf8
from torclint.record import Record
from torclint.spec.schema import build_schema


class Options(Record):
    pass


def run(_options: Options) -> int:
    print_utf8([dumps(build_schema(), indent=2, ensure_ascii=False)])
    return 0
