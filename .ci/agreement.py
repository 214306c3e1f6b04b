#!/usr/bin/env python3
"""Hold torclint against recorded behaviour of Torc, and let the number of agreements only grow.

usage: agreement.py [--update] CORPUS

CORPUS has tools/, corpus/ and vectors/ (see CONTRIBUTING.md). agreement.json beside this script says how many records
agreed when it was last changed; fewer fail. --update writes what is there now.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

LANDED = Path(__file__).with_name("agreement.json")
TORCLINT = str(Path(sys.executable).with_name("torclint"))


def commands(corpus: Path) -> dict[str, list[str]]:
    """What to run, by the name under which its number is kept."""
    tools = corpus / "tools"
    specs = {
        folder.name: ["agree.py", "--torclint", TORCLINT, "--expand", str(folder)]
        for folder in sorted((corpus / "corpus").iterdir())
        if folder.name != "runs" and (folder / "verdicts.json").exists()
    }
    others = {
        "runs": ["agree_run.py", "--torclint", TORCLINT, str(corpus / "corpus" / "runs")],
        "vectors": ["agree_vectors.py", str(corpus / "vectors")],
    }
    return {name: [str(tools / words[0]), *words[1:]] for name, words in (specs | others).items()}


def agreed(command: list[str]) -> int:
    """How many records agree; what does not is printed by the tool."""
    done = subprocess.run([sys.executable, *command], stdout=subprocess.PIPE, text=True, check=False, timeout=1200)
    print(done.stdout, end="", flush=True)
    found = re.search(r"^agree (\d+) of \d+$", done.stdout, re.MULTILINE)
    return int(found[1]) if found else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--update", action="store_true")
    args = parser.parse_args()
    landed: dict[str, int] = json.loads(LANDED.read_text()) if LANDED.exists() else {}
    now = {name: agreed(command) for name, command in commands(args.corpus).items()}
    if args.update:
        LANDED.write_text(json.dumps(now, indent=2) + "\n")
    lost = [name for name in landed if now.get(name, 0) < landed[name]]
    for name in sorted(landed | now):
        was, gets = landed.get(name, 0), now.get(name, 0)
        verdict = "FEWER" if name in lost else "more: run agreement.py --update" if gets > was else "as before"
        print(f"{name}: {gets} agree, {was} when it last landed: {verdict}")
    return 1 if lost and not args.update else 0


if __name__ == "__main__":
    sys.exit(main())
