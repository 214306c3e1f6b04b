"""Configuration files and options of the command line, together."""

import json

import pytest

from tests.cli.specs import CLEAN, NAIVE
from torclint.config.discovery import Configurations


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "naive.yaml").write_text(NAIVE)
    (tmp_path / ".git").mkdir()
    return tmp_path


def codes(torclint, *words):
    out = torclint("check", "-f", "concise", *words).out
    return [line.split(": ")[1].split()[0] for line in out.splitlines()]


def test_a_configuration_switches_a_rule_off(torclint, folder):
    assert codes(torclint) == ["TL501"]
    (folder / "torclint.toml").write_text('ignore = ["TL501"]')
    assert codes(torclint) == []
    assert codes(torclint, "--isolated") == ["TL501"]
    assert codes(torclint, "--select", "TL5") == ["TL501"]


def test_options_choose_rules(torclint, folder):
    assert codes(torclint, "--ignore", "quadratic-dependencies") == []
    assert codes(torclint, "--select", "TL1,TL2") == []
    assert codes(torclint, "--extend-select", "missing-description") == ["TL802", "TL501"]
    assert codes(torclint, "--select", "TL1", "--select", "TL5") == ["TL501"]


def test_what_cannot_be_read_is_told_whatever_is_selected(torclint, folder):
    """Else a spec that nobody looked at would pass for a clean one."""
    (folder / "typed.yaml").write_text("name: w\njobs: 5\n")
    (folder / "broken.yaml").write_text("name: w\njobs: [\n")
    assert "TL101" in torclint("check", "--select", "TL5", "typed.yaml").out
    assert "TL001" in torclint("check", "--select", "TL5", "broken.yaml").out
    (folder / "unknown.yaml").write_text("name: w\njobs: []\nx: 1\n")
    assert torclint("check", "--select", "TL5", "unknown.yaml").code == 0


def test_thresholds(torclint, folder):
    (folder / "torclint.toml").write_text("[thresholds]\nmin-jobs = 5000")
    assert codes(torclint) == []
    assert codes(torclint, "--min-jobs", "100") == ["TL501"]


def test_severity_and_fail_level(torclint, folder):
    (folder / "torclint.toml").write_text('severity = { TL501 = "info" }')
    assert torclint("check").code == 0
    assert torclint("check", "--fail-on", "info").code == 1
    (folder / "torclint.toml").write_text('fail-on = "error"')
    assert torclint("check").code == 0
    assert torclint("check", "--fail-on", "warning").code == 1


def test_each_file_has_the_settings_of_its_folder(torclint, folder):
    (folder / "strict").mkdir()
    (folder / "strict" / "naive.yaml").write_text(NAIVE)
    (folder / "strict" / "torclint.toml").write_text('fail-on = "info"')
    (folder / "torclint.toml").write_text('ignore = ["TL5"]')
    assert codes(torclint) == ["TL501"]


def test_excluded_files_are_left_out_of_folders_only(torclint, folder):
    (folder / "torclint.toml").write_text('exclude = ["naive.*"]')
    (folder / "clean.yaml").write_text(CLEAN)
    assert torclint("check").out == "1 file checked: no findings\n"
    assert codes(torclint, "naive.yaml") == ["TL501"]


def test_globs_and_nothing_at_all(torclint, folder):
    assert codes(torclint, "*.yaml") == ["TL501"]
    assert codes(torclint, "**/n*.yaml") == ["TL501"]
    code, _, err = torclint("check", "*.kdl")
    assert (code, err) == (2, "torclint: *.kdl: no such file\n")
    (folder / "empty").mkdir()
    assert torclint("check", "empty").code == 3
    assert torclint("check", "--allow-no-files", "empty").code == 0


def test_a_wrong_configuration_is_told_and_nothing_is_checked(torclint, folder):
    (folder / "torclint.toml").write_text("\nselct = []")
    for words in (
        ["check"],
        ["check", "naive.yaml"],
        ["count", "naive.yaml"],
        ["fix", "--insert-barriers", "naive.yaml"],
    ):
        code, out, err = torclint(*words)
        assert (code, out) == (2, "")
        assert err == "torclint: torclint.toml:2: there is no setting selct; did you mean select?\n"


def test_a_configuration_that_is_not_there(torclint, folder):
    assert torclint("check", "--config", "gone.toml")[::2] == (2, "torclint: gone.toml: no such file\n")


def test_a_configuration_and_none_at_all(torclint, folder):
    (folder / "other.toml").write_text("")
    code, out, err = torclint("check", "--config", "other.toml", "--isolated")
    assert (code, out) == (2, "")
    assert "--isolated" in err


def test_ignores_for_json(torclint, folder):
    spec = {
        "name": "w",
        "jobs": [
            {"name": "p_{i}", "command": "x", "parameters": {"i": "1:500"}},
            {"name": "q_{i}", "command": "x", "parameters": {"i": "1:500"}, "depends_on_regexes": ["^p_"]},
        ],
    }
    (folder / "naive.yaml").unlink()
    (folder / "a.json").write_text(json.dumps(spec))
    config = folder / "torclint.toml"
    for where in ('job = "q_{i}"', 'pointer = "/jobs/1"', 'pointer = "/jobs/1/depends_on_regexes/0"'):
        config.write_text(f'[[ignores]]\npath = "*.json"\nrules = ["TL501"]\n{where}\n')
        assert codes(torclint) == [], where
        assert codes(torclint, "--no-ignores") == ["TL501"]
    config.write_text('[[ignores]]\npath = "*.json"\nrules = ["TL501"]\njob = "p_{i}"\n')
    assert codes(torclint) == ["TL501"]
    config.write_text('[[ignores]]\npath = "a.json"\nrules = ["TL501"]\njob = "gone"\n')
    assert codes(torclint) == ["TL005", "TL501"]


def test_config_shows_where_settings_come_from(torclint, folder):
    (folder / "torclint.toml").write_text('ignore = ["TL602"]\n[thresholds]\nmin-jobs = 50\n')
    out = torclint("config", "naive.yaml").out
    assert "# from: torclint.toml" in out
    assert " TL602, TL801" in out
    assert "min-jobs = 50  # torclint.toml:3" in out
    assert "min-saving = 1000  # default" in out
    plain = json.loads(torclint("config", "-f", "json").out)
    assert plain["thresholds"]["min-jobs"] == 50
    assert "TL602" in plain["off"]


def test_config_tells_all_there_is(torclint):
    out = torclint("config", "--reference").out
    assert "per-file-ignores: " in out
    assert json.loads(torclint("config", "--schema").out)["properties"]["select"]


def test_init_writes_a_file_that_changes_nothing(torclint, folder):
    assert torclint("init").code == 0
    settings = Configurations(lambda given: given).of("naive.yaml")
    assert settings.files == ("torclint.toml",)
    assert settings.selection == Configurations(lambda given: given, isolated=True).of("naive.yaml").selection
    assert torclint("init").code == 2


def test_every_example_that_init_shows_can_be_used(torclint, folder):
    torclint("init")
    text = (folder / "torclint.toml").read_text()
    lines = [line[2:] for line in text.splitlines() if " = " in line and not line.startswith("# extend =")]
    (folder / "torclint.toml").write_text("\n".join(lines))
    assert torclint("check").code in (0, 1)
    assert len(lines) > 8
