"""The GitHub Action and the GitLab template: the very commands in them, run one after the other."""

import json
import os
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
import yaml

from tests.ci.conftest import ROOT

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
GITLAB = yaml.safe_load((ROOT / "templates" / "torclint.gitlab-ci.yml").read_text("utf-8"))


class Runner:
    """As much of GitHub's runner as a composite action needs: its files, inputs in `env`, and steps with `run`."""

    def __init__(self, program, tmp_path, project) -> None:
        self._program = program
        self._project = project
        self.temp = tmp_path / "runner"
        self.temp.mkdir()
        self.output, self.summary = tmp_path / "output", tmp_path / "summary"
        self._env = {
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(project),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
        }

    def step(self, name, **inputs):
        (step,) = [step for step in ACTION["runs"]["steps"] if step.get("name") == name]
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an input in a command could be a command"
        values = {key: each["default"] for key, each in ACTION["inputs"].items()} | inputs
        own = {
            key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: values[found[1]], text)
            for key, text in step.get("env", {}).items()
        }
        words = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"])
        return self._program(*words, cwd=self._project, env=self._env | own)


def test_the_action_checks_annotates_and_sums_up(program, tmp_path, project):
    runner = Runner(program, tmp_path, project)
    installed = runner.step("Install torclint")
    assert installed.returncode == 0, installed.stdout

    checked = runner.step("Check")
    assert checked.returncode == 1
    assert "::warning file=workflows/naive_stages.yaml,line=23,endLine=23," in checked.stdout
    assert runner.output.read_text() == f"sarif={runner.temp}/torclint.sarif\n"
    (run,) = json.loads((runner.temp / "torclint.sarif").read_text())["runs"]
    assert "TL501" in {result["ruleId"] for result in run["results"]}

    summed = runner.step("Summary")
    assert summed.returncode == 0, summed.stdout
    summary = runner.summary.read_text()
    assert "### `workflows/naive_stages.yaml`" in summary
    assert "| 23 | `compare_{i:03d}` | `^read_station_.*` | 1,000 x 1,000 | 1,000,000 | 55 MB, 30 s |" in summary

    inputs = {"paths": "workflows/diamond.yaml workflows/naive_stages.yaml", "args": "--fail-on error --isolated"}
    assert runner.step("Check", **inputs).returncode == 0
    (project / "workflows" / "wrong.yaml").write_text("name: w\njobs: [{name: a, comand: x}]\n")
    assert runner.step("Check", args="--fail-on error").returncode == 1
    assert runner.step("Summary").returncode == 0
    assert runner.step("Check", paths="nowhere").returncode == 2


def test_every_step_and_input_of_the_action_is_of_use():
    steps = ACTION["runs"]["steps"]
    assert ACTION["runs"]["using"] == "composite"
    assert all(("uses" in step) != ("run" in step) for step in steps)
    assert all(re.fullmatch(r"[\w-]+/[\w/-]+@v\d+", step["uses"]) for step in steps if "uses" in step)
    text = (ROOT / "action.yml").read_text("utf-8")
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == ACTION["inputs"].keys()


@pytest.mark.parametrize(("args", "code"), [("", 1), ("--fail-on error", 0)])
def test_the_gitlab_template(program, tmp_path, project, args, code, torclint_installed):
    job = GITLAB["torclint"]
    values = job["variables"] | {"TORCLINT_INSTALL": str(ROOT), "TORCLINT_ARGS": args}
    path = f"{torclint_installed}:{os.environ['PATH']}"
    env = values | {"PATH": path, "CI_PROJECT_DIR": str(project)}

    def run(lines):
        return program("bash", "-eo", "pipefail", "-c", "\n".join(lines), cwd=project, env=env)

    done = run(job["script"])
    assert done.returncode == code, done.stdout
    after = run(job["after_script"])
    assert after.returncode == 0, after.stdout
    reports = job["artifacts"]["reports"]
    found = json.loads((project / reports["codequality"]).read_text())
    assert {issue["location"]["path"] for issue in found} == {"workflows/naive_stages.yaml"}
    assert ElementTree.parse(project / reports["junit"]).getroot().get("failures") == str(
        code
    )  # those that fail the step
    assert "1,001,000 dependencies" in (project / job["artifacts"]["paths"][0]).read_text()


@pytest.fixture(scope="module")
def torclint_installed(tmp_path_factory):
    """The folder of the programs of a Python into which the template has installed torclint."""
    folder = tmp_path_factory.mktemp("image")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    values = {"TORCLINT_INSTALL": str(ROOT), "PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}
    lines = "\n".join(GITLAB["torclint"]["before_script"])
    subprocess.run(["bash", "-ec", lines], env=os.environ | values, check=True, timeout=300)
    return folder / "bin"
