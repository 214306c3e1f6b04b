#!/usr/bin/env python3
"""Fix every spec that a real Torc created, and hold the outcome against what Torc recorded of it.

usage: fixes.py CORPUS

CORPUS has corpus/*/verdicts.json (see CONTRIBUTING.md). Each spec is fixed twice, safely and with unsafe fixes, with barriers
wherever they save anything. The fixed text has to be one that Torc creates, with the same jobs; once barriers are looked
through these wait for the recorded jobs. After unsafe fixes they wait for the same directly or through others, unless a
pattern was narrowed, which is meant to change that.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

from torclint.api import Source, load, verify
from torclint.config.settings import Settings
from torclint.fix.both import mend
from torclint.fix.repairs.passes import Wishes
from torclint.graph.listing import Listing
from torclint.rules.base import REJECTED
from torclint.rules.selection import codes_of, selection_of
from torclint.rules.thresholds import Thresholds
from torclint.syntax.detect import read

CODES = codes_of(["ALL"])
SETTINGS = Settings(selection_of(CODES), Thresholds(2, 1))
NARROWING = {"TL403"}
MOST_JOBS = 3000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    corpus = parser.parse_args().corpus.resolve() / "corpus"
    told: Counter[str] = Counter()
    wrong = []
    for verdicts in sorted(corpus.glob("*/verdicts.json")):
        os.chdir(verdicts.parent)  # as Torc did
        for name, verdict in sorted(json.loads(verdicts.read_text("utf-8")).items()):
            if verdict.get("create") != "ok" or verdict["jobs"] > MOST_JOBS:
                continue
            for unsafe in (False, True):
                fault = checked(name, verdict, unsafe, told)
                if fault:
                    wrong.append(f"{verdicts.parent.name}/{name}{' --unsafe-fixes' * unsafe}: {fault}")
    print("\n".join(wrong))
    print(", ".join(f"{number} {what}" for what, number in sorted(told.items())))
    print(f"wrong {len(wrong)}")
    return 1 if wrong else 0


def checked(name: str, verdict: dict, unsafe: bool, told: Counter[str]) -> str:
    """What is wrong with the fixed spec; "" if nothing is."""
    text = Path(name).read_text("utf-8")
    mended = mend(read(text, name), name, SETTINGS, Wishes(CODES, unsafe), with_barriers=True)
    repaired, fixed = mended.repaired, mended.fixed
    if repaired.failed or (fixed and fixed.failed):
        return f"not fixed: {repaired.failed or fixed.failed}"
    told["specs"] += 1
    told["changed"] += mended.is_changed
    told["barriers"] += len(fixed.barriers) if fixed else 0
    told.update(each.finding.code for each in repaired.made)
    if not mended.is_changed:
        return ""
    graph = load(Source(name, mended.text))
    again = mend(graph.workflow.document, name, SETTINGS, Wishes(CODES, unsafe), with_barriers=True)
    if again.is_changed:
        return "a second fix changes it again"
    # a spec that Torc creates may hold a cycle through files all the same; then it holds it still
    refusing = [each for each in again.repaired.state.findings if each.effect == REJECTED]
    if refusing:
        return f"no longer created: {refusing[0].code} {refusing[0].message}"
    if not unsafe and not verify(Source(name, text), Source(name, mended.text)).is_proven:
        return "torclint verify does not agree"
    before, after = load(Source(name, text)).listing, graph.listing
    if digest(edges(before, set())) != verdict["edges_sha256"]:
        told["not as recorded before any fix"] += 1
        return ""
    # a barrier that saves nothing is taken out with unsafe fixes
    old = edges(before, set(before.jobs.names) - set(after.jobs.names) if unsafe else set())
    new = edges(after, set(after.jobs.names) - set(before.jobs.names))
    codes = {each.finding.code for each in repaired.made}
    if codes & NARROWING:
        return "" if new <= old else "waits for more"
    if old == new or (unsafe and closed(old) == closed(new)):
        return ""
    return f"waits for others: {sorted(old ^ new)[:3]}"


def edges(listing: Listing, new: set[str]) -> set[tuple[str, str]]:
    """(job, job it waits for) with the `new` jobs looked through."""
    names = listing.jobs.names
    found = set()
    for number, name in enumerate(names):
        if name in new:
            continue
        pending, seen = list(listing.total(number)), set()
        while pending:
            other = pending.pop()
            if other in seen:
                continue
            seen.add(other)
            if names[other] in new:
                pending += listing.total(other)
            else:
                found.add((name, names[other]))
    return found


def digest(pairs: set[tuple[str, str]]) -> str:
    return sha256("\n".join(sorted(f"{job}\t{other}" for job, other in pairs)).encode()).hexdigest()


def closed(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """All that each job waits for, directly or through others."""
    direct: dict[str, set[str]] = {}
    for job, other in pairs:
        direct.setdefault(job, set()).add(other)
    found = set()
    for job in direct:
        pending, seen = list(direct[job]), set()
        while pending:
            other = pending.pop()
            if other not in seen:
                seen.add(other)
                pending += direct.get(other, ())
        found |= {(job, other) for other in seen}
    return found


if __name__ == "__main__":
    sys.exit(main())
