"""What makes a finding the same one after the text around it has changed: its file, rule and subject, never its line."""

from __future__ import annotations

from hashlib import sha256

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.report.model import FileReport
    from torclint.rules.base import Finding


def fingerprints(file: FileReport) -> Iterator[tuple[Finding, str]]:
    """Each finding of a file with its fingerprint, 64 hexadecimal digits; equal ones are told apart by their order."""
    seen: dict[tuple[str, str], int] = {}
    for finding in file.findings:
        key = finding.code, finding.subject
        seen[key] = seen.get(key, 0) + 1
        whole = "\0".join((file.path, *key, str(seen[key])))
        yield finding, sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
