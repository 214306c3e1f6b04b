"""What the tests of CI have in common: a project with specs in it, and programs run as a CI server would."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KEPT = ("PATH", "LANG", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE")


@pytest.fixture
def surroundings(tmp_path):
    """The environment of a machine that knows nothing of this one but how to reach the package index."""
    home = tmp_path / "home"
    home.mkdir()
    pip = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | pip | {"HOME": str(home), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


@pytest.fixture
def project(tmp_path):
    """A folder with a spec that gains by a barrier, and one that has nothing to be found."""
    folder = tmp_path / "project"
    (folder / "workflows").mkdir(parents=True)
    for name in ("naive_stages.yaml", "diamond.yaml"):
        shutil.copy(ROOT / "examples" / name, folder / "workflows" / name)
    return folder


@pytest.fixture
def program(surroundings):
    """program("git", "status", cwd=...): what it printed, and its exit code."""

    def run(*words, cwd, env=None):
        return subprocess.run(
            [str(word) for word in words],
            cwd=cwd,
            env=surroundings | (env or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=300,
        )

    return run
