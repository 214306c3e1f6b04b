"""The hooks, run by the real pre-commit in a repository of their own, with this checkout as the repository of hooks."""

import re
import subprocess
import sys

from tests.ci.conftest import ROOT


def test_the_hooks_fix_and_then_check(tmp_path, project, program):
    hooks = tmp_path / "hooks"
    rev = _commit(program, _copy(hooks))
    (block,) = re.findall(r"```yaml\n(repos:\n.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    config = block.replace("https://git.example.org/torclint", hooks.as_uri()).replace("v0.1.0", rev)
    (project / ".pre-commit-config.yaml").write_text(config)
    _commit(program, project)

    first = _run(program, tmp_path, project)
    assert first.returncode == 1, first.stdout
    assert re.search(r"^torclint fix\.+Failed$", first.stdout, re.MULTILINE)
    assert "files were modified by this hook" in first.stdout
    assert re.search(r"^torclint check\.+Passed$", first.stdout, re.MULTILINE)
    assert "barrier_read_station_complete" in (project / "workflows" / "naive_stages.yaml").read_text()

    second = _run(program, tmp_path, project)
    assert second.returncode == 0, second.stdout

    (project / "workflows" / "wrong.yaml").write_text("name: w\njobs: [{name: a, comand: x}]\n")
    _commit(program, project)
    third = _run(program, tmp_path, project)
    assert third.returncode == 1
    assert "workflows/wrong.yaml:1:" in third.stdout.replace("wrong.yaml:2:", "wrong.yaml:1:")


def _run(program, tmp_path, project):
    words = (sys.executable, "-m", "pre_commit", "run", "--all-files", "--color=never")
    return program(*words, cwd=project, env={"PRE_COMMIT_HOME": str(tmp_path / "pre-commit")})


def _copy(folder):
    """The checkout as a repository has it."""
    names = (
        subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    )
    for name in names:
        if (
            name.startswith(("torclint/", "README", "LICENSE", "pyproject", ".pre-commit-hooks"))
            and (ROOT / name).exists()
        ):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    return folder


def _commit(program, folder):
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "all")):
        done = program("git", *words, cwd=folder)
        assert done.returncode == 0, done.stdout
    return program("git", "rev-parse", "HEAD", cwd=folder).stdout.strip()
