"""Mermaid itself, as its authors publish it, of the two major versions that pages draw diagrams with."""

import hashlib
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.browser import chromium

VERSIONS = {
    "11.17.2": "581ed7d74bd9048d0e3a91363927d72ef22942d7722546b27f7cc29e35390eb8",
    "12.3.0": "336df803d87a38b70a01e736e666c8f7601d2ce42f5e47c8fafe5d721074b9a3",
}


def script(version: str, folder: Path) -> Path:
    """The script of that version, by npm; kept in `folder`. Skips the test where that cannot be had."""
    kept = folder / f"mermaid-{version}.min.js"
    if not kept.exists():
        kept.write_bytes(_fetched(version, folder))
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == VERSIONS[version], kept
    return kept


def _fetched(version: str, folder: Path) -> bytes:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm here, which Mermaid comes by: install it (Debian: npm)")
    words = [npm, "pack", "--silent", "--pack-destination", str(folder), f"mermaid@{version}"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        chromium.missing(f"npm has no mermaid@{version}: {done.stderr}")
    packed = folder / f"mermaid-{version}.tgz"
    with tarfile.open(packed) as archive:
        member = archive.extractfile("package/dist/mermaid.min.js")
        assert member is not None
        text = member.read()
    packed.unlink()
    return text
