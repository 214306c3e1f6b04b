"""`torclint export`: a workflow as a job file of another engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from torclint.api import Source, SpecRefused, load
from torclint.cli.inputs import source_of
from torclint.cli.output import print_error, print_unreadable, print_utf8
from torclint.report.cells import visible
from torclint.run.execution import plan_of
from torclint.run.plan import Refused
from torclint.run.policy import Policy
from torclint.text.source import SourceError, read_file
from torclint.text.write import WriteError, write

if TYPE_CHECKING:
    from collections.abc import Iterable

UNUSABLE = 2


class Options(NamedTuple):
    path: str
    to: str
    output: str | None
    output_dir: str
    enforce_runtime: bool
    order: str
    stdin_filename: str | None
    torc_version: str


def run(options: Options) -> int:
    from torclint.run.engines.hyperqueue.jobfile import job_file

    try:
        source = source_of(options.path, options.stdin_filename)
        text = source if isinstance(source, Source) else Source(source, read_file(source))
        plan = plan_of(text, load, {"torc": options.torc_version, "only": (), "until": ()})
        policy = Policy(enforces_runtime=options.enforce_runtime, order=options.order)
        _put(job_file(plan, policy, options.output_dir), options.output)
    except SourceError as error:
        print_unreadable([error])
        return UNUSABLE
    except (Refused, SpecRefused, WriteError) as error:
        for reason in error.reasons if isinstance(error, Refused) else (str(error),):
            print_error(visible(reason))
        return UNUSABLE
    return 0


def _put(lines: Iterable[str], output: str | None) -> None:
    if output is None:
        print_utf8(lines)
    else:
        write(output, "".join(f"{line}\n" for line in lines))
