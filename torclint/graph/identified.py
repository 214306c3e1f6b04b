"""Files with an RO-Crate identifier that patterns pick out as outputs, or that no pattern picks out as inputs.

Torc 1.0.0, workflow_spec.rs:1989-2140; what can be said without patterns is in torclint.spec.checks.identifiers.
"""

from __future__ import annotations

from torclint.names import rust_regex
from torclint.record import TYPE_CHECKING, Record
from torclint.spec.checks.identifiers import NOT_READ, WRITTEN, Uses
from torclint.spec.texts import LIMIT, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.names.rust_regex.regex import RustRegex
    from torclint.spec.model import FileSpec, JobSpec, Workflow, Written

_SEARCHES = 200_000  # of one pattern in one name


class Misplaced(Record):
    """A file that cannot keep its identifier: what is wrong and what to do about it."""

    file: FileSpec
    identifier: Written
    message: str
    advice: str


def misplaced(workflow: Workflow) -> Iterator[Misplaced]:
    """At most one for each file item."""
    marked = [file for file in workflow.files if file.identifier is not None and file.domain.size]
    jobs = [job for job in workflow.jobs if job.domain.size]
    written = [pattern for job in jobs for pattern in _patterns(job, job.output_file_regexes)]
    read = [pattern for job in jobs for pattern in _patterns(job, job.input_file_regexes)]
    if not workflow.enable_ro_crate or not marked or not (written or read):
        return
    names = sum(min(file.domain.size, LIMIT) for file in marked)
    if names * (len(written) + len(read)) > _SEARCHES:
        return
    uses = Uses(workflow)
    all_known = all(item.domain.size <= LIMIT for item in (*workflow.files, *workflow.jobs))
    for file in marked:
        assert file.identifier is not None
        for found in texts(file, file.name.text):
            (name,) = found.texts
            if name in uses.written:
                continue  # bad-identifier says so
            if any(pattern.is_match(name) for pattern in written):
                yield Misplaced(file, file.identifier, *WRITTEN)
                break
            if not all_known or file.st_mtime is not None or name in uses.read:
                continue
            if read and not any(pattern.is_match(name) for pattern in read):
                yield Misplaced(file, file.identifier, *NOT_READ)
                break


def _patterns(job: JobSpec, written: tuple[Written, ...]) -> Iterator[RustRegex]:
    """The patterns as they are for each job, those left out that Torc cannot compile."""
    for each in written:
        for found in texts(job, each.text):
            try:
                yield rust_regex.compile(found.texts[0])
            except rust_regex.RegexError:
                continue
