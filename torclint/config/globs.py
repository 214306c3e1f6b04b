"""Patterns for paths, as .gitignore writes them: `*` stays within a folder, `**` does not."""

from __future__ import annotations

import re


def matches(glob: str, path: str) -> bool:
    """Whether `path` (with `/`, relative to where `glob` was written) is meant, itself or by a folder that it lies in.

    A glob without a slash in it is looked for at every depth.
    """
    return re.match(_regex(glob), path) is not None


def _regex(glob: str) -> str:
    glob = glob.removeprefix("./")
    anywhere = "/" not in glob.rstrip("/")
    parts = ["(?:.*/)?"] if anywhere else []
    place = 1 if glob.startswith("/") else 0
    while place < len(glob.rstrip("/")):
        if glob.startswith("**/", place):
            parts.append("(?:.*/)?")
            place += 3
        elif glob.startswith("**", place):
            parts.append(".*")
            place += 2
        elif glob[place] == "*":
            parts.append("[^/]*")
            place += 1
        elif glob[place] == "?":
            parts.append("[^/]")
            place += 1
        elif glob[place] == "[" and (end := glob.find("]", place + 2)) > 0:
            inner = glob[place + 1 : end].replace("\\", "\\\\").replace("[", "\\[")
            parts.append(f"[{'^' + inner[1:] if inner[0] == '!' else inner}]")
            place = end + 1
        else:
            parts.append(re.escape(glob[place]))
            place += 1
    return "".join(parts) + r"(?:/.*)?\Z"
