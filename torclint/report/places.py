"""Paths as those who collect reports want them: seen from the root of the repository, and as addresses."""

# os.path, since pathlib takes longer to import than all of torclint's own modules
# ruff: noqa: PTH109, PTH118
from __future__ import annotations

import os

from torclint.text.source import STDIN

ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")  # where GitHub and GitLab tell the root of the checkout


def from_root(path: str) -> str:
    """`path` seen from the root of the repository, so far as a CI server tells which that is; never with `./` in front."""
    while path.startswith("./"):
        path = path[2:].lstrip("/")
    root = next(filter(None, map(os.environ.get, ROOTS)), "")
    if not root or path == STDIN:
        return path
    start = os.path.realpath(root).rstrip("/") + "/"
    try:
        whole = os.path.normpath(os.path.join(os.getcwd(), path))
    except OSError:  # the current folder is gone
        return path
    return whole.removeprefix(start)


def address(path: str) -> str:
    """`path` as a URI: relative for a path below the root, with `file:` for an absolute one."""
    from urllib.parse import quote

    seen = from_root(path)
    # a file name is bytes, which Python keeps as surrogates where they are no text
    try:
        raw = seen.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raw = seen.encode("utf-8", "surrogatepass")
    return ("file://" if seen.startswith("/") else "") + quote(raw, safe="/")
