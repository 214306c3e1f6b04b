"""RO-Crate identifiers of files (Torc 1.0.0, workflow_spec.rs:1989-2140), as far as no pattern has to be searched.

Files that patterns pick out are looked at in torclint.graph.identified.
"""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.checks.tokens import names_used
from torclint.spec.checks.wording import example
from torclint.spec.model import Problem
from torclint.spec.rust_text import trim
from torclint.spec.texts import LIMIT, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.model import FileSpec, Workflow, Written

WRITTEN = "a job writes this file; identifiers are for input files only", "remove the identifier"
NOT_READ = "no job reads this file, so that its identifier belongs to nothing", "name it in input_files of a job"

_NAME = "bad-identifier"
_RESERVED_BEGINNINGS = ("#torc-", "#software-", "#job-")
_RESERVED = ("ro-crate-metadata.json", "./")


def problems(workflow: Workflow) -> Iterator[Problem]:
    marked = [file for file in workflow.files if file.identifier is not None and file.domain.size]
    if not marked:
        return
    if not workflow.enable_ro_crate:
        for file in marked:
            assert file.identifier is not None
            yield _problem(file, file.identifier, "`identifier` needs enable_ro_crate: true", "set it at the top level")
        return
    uses = Uses(workflow)
    seen: dict[str, Written] = {}
    for file in marked:
        assert file.identifier is not None
        yield from _of(file, file.identifier, uses, seen)


class Uses:
    """Which files jobs name, and where paths lead. Without `whole` there are more than these."""

    def __init__(self, workflow: Workflow) -> None:
        self.whole = all(file.domain.size <= LIMIT for file in workflow.files) and not any(
            job.domain.size > LIMIT or (job.domain.size and job.input_file_regexes) for job in workflow.jobs
        )
        # of files with the same path the last one counts
        self.of_path: dict[str, str] = {}
        for file in workflow.files:
            for found in texts(file, file.path.text, file.name.text):
                self.of_path[found.texts[0]] = found.texts[1]
        known = frozenset(self.of_path.values())
        self.read: set[str] = set()
        self.written: set[str] = set()
        for job in workflow.jobs:
            self.read |= names_used(job, "files", "input", job.input_files, known)
            self.written |= names_used(job, "files", "output", job.output_files, known)


def _problem(file: FileSpec, identifier: Written, message: str, advice: str) -> Problem:
    return Problem(_NAME, message, identifier.node.span, f"file {file.name.text}", (advice,))


def _of(file: FileSpec, identifier: Written, uses: Uses, seen: dict[str, Written]) -> Iterator[Problem]:
    for found in texts(file, identifier.text, file.name.text):
        text, name = found.texts
        place = example(file, found.point)
        if text in seen:
            yield _problem(file, identifier, f"identifier {text!r} is given to two files{place}", "make them differ")
            return
        seen[text] = identifier
        wrong = _complaint(file, text, name, uses)
        if wrong is not None:
            yield _problem(file, identifier, wrong[0] + place, wrong[1])
            return


def _complaint(file: FileSpec, text: str, name: str, uses: Uses) -> tuple[str, str] | None:
    if not trim(text):
        return "the identifier is blank", "write a DOI, PURL or URN, or remove it"
    if text in _RESERVED or text.startswith(_RESERVED_BEGINNINGS):
        return f"identifier {text!r} is one of Torc's own", "write a DOI, PURL or URN"
    other = uses.of_path.get(text, name)
    if other != name:
        return f"identifier {text!r} is the path of file {other!r}", "choose another identifier"
    if name in uses.written:
        return WRITTEN
    if uses.whole and name not in uses.read and file.st_mtime is None:
        return NOT_READ
    return None
