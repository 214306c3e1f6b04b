"""The source distribution and the wheel made of it: what is in them, and that they work in an environment of their own."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import torclint

ROOT = Path(__file__).parents[2]
NAME = f"torclint-{torclint.__version__}"
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
}


def succeeds(*words, cwd, **env):
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=ENVIRONMENT | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """The folder with both; the wheel is built from the source distribution, as an index would have it."""
    folder = tmp_path_factory.mktemp("dist")
    succeeds(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def installed(dist, tmp_path_factory):
    """The folder of an environment into which the wheel was installed, and nothing else but what it asks for."""
    folder = tmp_path_factory.mktemp("environment")
    succeeds(sys.executable, "-m", "venv", folder, cwd=folder)
    (wheel,) = dist.glob("*.whl")
    succeeds(folder / "bin" / "pip", "install", "--quiet", wheel, cwd=folder)
    return folder


def test_the_source_distribution_has_all_that_tests_and_pages_need(dist):
    with tarfile.open(dist / f"{NAME}.tar.gz") as archive:
        names = {name.removeprefix(f"{NAME}/") for name in archive.getnames()}
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout.decode()
    wanted = {name for name in tracked.split("\0") if name and not name.startswith((".ci/", ".git"))}
    assert wanted
    assert {name for name in wanted if (ROOT / name).exists()} <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith((".venv", "torc_output"))]


def test_the_wheel_has_the_package_and_the_man_page_only(dist):
    (wheel,) = dist.glob("*.whl")
    assert wheel.name == f"{NAME}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"torclint", f"{NAME}.dist-info", f"{NAME}.data"}
    assert {"torclint/py.typed", f"{NAME}.data/data/share/man/man1/torclint.1"} <= set(names)
    assert not [name for name in names if "test" in name.split("/")[1] or name.endswith(".pyc")]


def test_the_wheel_works_alone(installed, tmp_path):
    program = installed / "bin" / "torclint"
    (tmp_path / "w.yaml").write_text("name: w\ndescription: d\njobs: [{name: a, command: 'true'}]\n")
    assert succeeds(program, "--version", cwd=tmp_path) == f"torclint {torclint.__version__}\n"
    assert "1 file checked" in succeeds(program, "check", "w.yaml", cwd=tmp_path)
    assert "<svg" in succeeds(program, "graph", "--format", "svg", "w.yaml", cwd=tmp_path)
    assert "</html>" in succeeds(program, "report", "-o", "-", "w.yaml", cwd=tmp_path)
    succeeds(program, "run", "w.yaml", cwd=tmp_path)
    assert (tmp_path / "torc_output").is_dir()
    assert '"title": "Torc workflow spec 1.0"' in succeeds(program, "schema", cwd=tmp_path)
    assert '"title": "Configuration of torclint"' in succeeds(program, "config", "--schema", cwd=tmp_path)
    assert "quadratic" in succeeds(program, "explain", "TL501", cwd=tmp_path)
    for shell in ("bash", "zsh", "fish"):
        assert "_TORCLINT_COMPLETE" in succeeds(program, "completion", shell, cwd=tmp_path)
    assert (installed / "share" / "man" / "man1" / "torclint.1").exists()


def test_every_module_can_be_imported_with_what_the_wheel_asks_for(installed, tmp_path):
    code = (
        "import importlib, pkgutil, torclint\n"
        "for each in pkgutil.walk_packages(torclint.__path__, 'torclint.'):\n"
        "    if not each.name.endswith('__main__'):\n"
        "        try: importlib.import_module(each.name)\n"
        "        except ModuleNotFoundError as error: print(each.name, error.name)\n"
    )
    lacking = succeeds(installed / "bin" / "python", "-c", code, cwd=tmp_path).split("\n")
    assert not [line for line in lacking if line and "torclint.editor" not in line]  # that is the extra `server`
