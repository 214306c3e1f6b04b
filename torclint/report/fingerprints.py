"""What makes a finding the same one after the text around it has changed: its file, rule and subject, never its line."""

from __future__ import annotations

from hashlib import sha256

from torclint.record import TYPE_CHECKING
from torclint.report.places import from_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.report.model import Report


def fingerprints(report: Report) -> Iterator[str]:
    """64 hexadecimal digits for each finding, in the order of `report.findings`, all different.

    Findings with the same file, rule and subject are told apart by their order.
    """
    seen: dict[tuple[str, ...], int] = {}
    for file in report.files:
        path = from_root(file.path)
        for finding in file.findings:
            key = path, finding.code, finding.subject
            seen[key] = seen.get(key, 0) + 1
            yield digest(*key, str(seen[key]))


def digest(*parts: str) -> str:
    """The fingerprint of what `parts` name together."""
    # the length of each part goes with it, so that no two lists of parts make the same text
    whole = "".join(f"{len(part)} {part}" for part in parts)
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
