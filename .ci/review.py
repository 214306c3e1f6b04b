#!/usr/bin/env python3
"""Hold the review in docs/false-alarms.md against what torclint finds: every finding has a row that counts it.

usage: review.py CORPUS

CORPUS has corpus/torc-docs/verdicts.json (see CONTRIBUTING.md). A rule that finds more there than the table says has to be
looked at by a person, and the table changed; one that finds less, too.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter
from pathlib import Path

from torclint import check

PAGE = Path(__file__).resolve().parents[1] / "docs" / "false-alarms.md"
ROW = re.compile(r"^\|.*?\b(?P<code>TL\d{3})\b.*?\|\s*(?P<number>\d+)\s*\|", re.MULTILINE)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    folder = parser.parse_args().corpus.resolve() / "corpus" / "torc-docs"
    verdicts = json.loads((folder / "verdicts.json").read_text("utf-8"))
    created = sorted(name for name, verdict in verdicts.items() if verdict.get("create") == "ok")
    os.chdir(folder)
    found = Counter(finding.code for finding in check(*created).findings)
    reviewed: Counter[str] = Counter()
    for row in ROW.finditer(PAGE.read_text("utf-8")):
        reviewed[row["code"]] += int(row["number"])
    wrong = [code for code in sorted(found | reviewed) if found[code] != reviewed[code]]
    for code in wrong:
        print(f"{code}: found {found[code]} times, the review tells of {reviewed[code]}")
    print(f"{len(created)} specs, {found.total()} findings, {reviewed.total()} reviewed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
