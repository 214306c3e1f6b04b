"""What configuration files say, and what is said about wrong ones."""

from __future__ import annotations

import json

import jsonschema
import pytest

from torclint.config.discovery import Configurations
from torclint.config.keys import KEYS
from torclint.config.schema import build_config_schema
from torclint.config.settings import ConfigError
from torclint.config.shown import as_plain

SCHEMA = build_config_schema()


@pytest.fixture
def settings_of(tmp_path, monkeypatch):
    """settings_of({path: text}, spec): the settings for a spec among these files."""
    monkeypatch.chdir(tmp_path)

    def settings_of(files: dict[str, str], spec: str = "spec.yaml", **options):
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        (tmp_path / ".git").mkdir(exist_ok=True)
        return Configurations(lambda settings: settings, **options).of(spec)

    return settings_of


def off(settings, path="spec.yaml"):
    return as_plain(settings, path)["off"]


def default_off(settings_of):
    return off(settings_of({}))


def test_without_a_file_all_are_defaults(settings_of):
    settings = settings_of({})
    assert (settings.files, settings.fail_on, settings.thresholds.min_jobs) == ((), "warning", 100)


def test_the_nearest_file_holds(settings_of):
    files = {"torclint.toml": 'fail-on = "error"', "a/b/torclint.toml": 'fail-on = "info"'}
    assert settings_of(files, "a/spec.yaml").fail_on == "error"
    assert settings_of({}, "a/b/c/spec.yaml").fail_on == "info"


def test_a_project_file_counts_with_a_table_for_torclint_only(settings_of):
    files = {"torclint.toml": 'fail-on = "error"', "a/pyproject.toml": "[project]\nname = 'torclint'\n"}
    assert settings_of(files, "a/spec.yaml").fail_on == "error"
    assert settings_of({"a/pyproject.toml": '[tool.torclint]\nfail-on = "info"\n'}, "a/spec.yaml").fail_on == "info"
    assert settings_of({"b/pyproject.toml": '[tool]\ntorclint = {fail-on = "info"}\n'}, "b/spec.yaml").fail_on == "info"


def test_files_above_the_checkout_do_not_count(settings_of, tmp_path):
    (tmp_path / "inner/.git").mkdir(parents=True)
    assert settings_of({"torclint.toml": 'fail-on = "error"'}, "inner/spec.yaml").fail_on == "warning"


def test_a_file_may_be_named_or_none_be_used(settings_of):
    files = {"torclint.toml": 'fail-on = "error"', "other.toml": 'fail-on = "info"'}
    assert settings_of(files, file="other.toml").fail_on == "info"
    assert settings_of({}, isolated=True).fail_on == "warning"


def test_rules_are_selected(settings_of):
    usually = default_off(settings_of)
    assert off(settings_of({"torclint.toml": 'ignore = ["TL602", "unanchored-pattern"]'})) == sorted(
        {*usually, "TL403", "TL602"}
    )
    on = as_plain(settings_of({"torclint.toml": 'select = ["TL40", "TL501"]\nignore = ["TL405"]'}), "a")["rules"]
    assert "TL405" not in on
    assert {code[:4] for code in on} == {"TL40", "TL50"}
    assert off(settings_of({"torclint.toml": 'select = ["ALL"]'})) == []


def test_an_extended_file_holds_where_the_nearer_one_says_nothing(settings_of):
    files = {
        "base/torclint.toml": 'ignore = ["TL601"]\nextend-ignore = ["TL602"]\n[thresholds]\nmin-jobs = 5\nmin-saving = 6\n',
        "torclint.toml": 'extend = "base/torclint.toml"\nextend-ignore = ["TL603"]\n[thresholds]\nmin-jobs = 7\n',
    }
    settings = settings_of(files)
    assert {"TL601", "TL602", "TL603"} <= set(off(settings))
    assert settings.thresholds[:2] == (7, 6)
    assert dict(settings.origins)["thresholds.min-saving"] == "base/torclint.toml:5"


def test_rules_can_be_off_in_some_files(settings_of):
    settings = settings_of({"torclint.toml": 'per-file-ignores = { "old/**" = ["TL5"], "*.json" = ["TL601"] }'})
    usually = set(off(settings, "new/a.yaml"))
    assert "TL501" in off(settings, "old/deep/a.yaml")
    assert "TL601" in off(settings, "new/a.json")
    assert not {"TL501", "TL601"} & usually


def test_severities(settings_of):
    settings = settings_of({"torclint.toml": '[severity]\nunanchored-pattern = "error"\nTL60 = "info"\n'})
    assert dict(settings.severities)["TL403"] == "error"
    assert dict(settings.severities)["TL601"] == "info"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("\nselct = []", 2, "there is no setting selct; did you mean select"),
        ("zzz = 1", 1, "there is no setting zzz; there are extend, select"),
        ('select = "TL5"', 1, "select is a list of texts, such as select = ["),
        ('select = ["TL5", 7]', 1, "select is a list of texts"),
        ('ignore = ["TL999"]', 1, "there is no rule TL999"),
        ('ignore = ["unanchored-patern"]', 1, "did you mean unanchored-pattern"),
        ('fail-on = "fatal"', 1, 'fail-on is one of "error", "warning", "info"'),
        ('torc-version = "9"', 1, 'torc-version is one of "1.0"'),
        ("exclude = 'a'", 1, "exclude is a list of texts"),
        ("\n[thresholds]\nmin-job = 5", 3, "there is no setting min-job in thresholds; did you mean min-jobs"),
        ("[thresholds]\nmin-jobs = 0", 2, "min-jobs is a whole number from 1 on"),
        ("[thresholds]\nmin-jobs = true", 2, "min-jobs is a whole number from 1 on"),
        ("thresholds = 5", 1, "thresholds is a table"),
        ('[severity]\nTL403 = "high"', 2, 'TL403 is one of "error", "warning", "info"'),
        ('[severity]\nTL999 = "info"', 2, "there is no rule TL999"),
        ('[per-file-ignores]\n"a" = "TL5"', 2, "these are rules for a glob"),
        ("ignores = 1", 1, "ignores is a list of tables"),
        ('[[ignores]]\npath = "a"\nrules = ["TL501"]', 1, "has path, rules, and one of job and pointer"),
        ('[[ignores]]\npath = "a"\nrules = ["TL501"]\nname = "b"', 4, "an entry of ignores has no name"),
        ('[[ignores]]\npath = "a"\nrules = ["TL5"]\njob = "b"', 3, "there is no rule TL5"),
        ('[[ignores]]\npath = "a"\nrules = []\njob = "b"', 3, "rules is a list of codes or names"),
        ('[[ignores]]\npath = "a"\nrules = ["TL501"]\npointer = "jobs"', 4, "a pointer begins with a slash"),
        ('extend = "nowhere.toml"', 1, "nowhere.toml: no such file"),
        ('extend = "torclint.toml"', 1, "extends this file in turn"),
        ("extend = 5", 1, "extend is the path of a configuration file"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(settings_of, text, line, message):
    with pytest.raises(ConfigError) as caught:
        settings_of({"torclint.toml": text})
    assert str(caught.value).startswith(f"torclint.toml:{line}: ")
    assert message in str(caught.value)


def test_lines_in_a_project_file(settings_of):
    text = "[project]\nselect = 1\n\n[tool.torclint]\nselect = 5\n"
    with pytest.raises(ConfigError, match=r"^pyproject\.toml:5: select is a list"):
        settings_of({"pyproject.toml": text})


def test_a_file_that_is_no_toml(settings_of):
    with pytest.raises(ConfigError, match=r"^torclint\.toml:2:\d+: not TOML: "):
        settings_of({"torclint.toml": "\nselect = ?"})


def test_the_schema_knows_every_key_and_takes_every_example():
    from tomllib import loads

    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == {key.name for key in KEYS}
    for key in KEYS:
        jsonschema.validate(loads(key.example), SCHEMA)
        for inner in key.keys:
            assert inner.example


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_every_example_is_taken(settings_of, key):
    files = {"torclint.toml": "", "sub/torclint.toml": key.example}
    assert settings_of(files, "sub/spec.yaml").files[0] == "sub/torclint.toml"


@pytest.mark.parametrize(
    "wrong", [{"selct": []}, {"select": ["TL999x"]}, {"thresholds": {"min-job": 1}}, {"fail-on": "x"}]
)
def test_the_schema_refuses_what_reading_refuses(wrong):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, SCHEMA)


def test_what_is_shown_is_json(settings_of):
    plain = as_plain(settings_of({"torclint.toml": '[[ignores]]\npath="a.json"\nrules=["TL501"]\njob="b"\n'}), "a")
    assert json.loads(json.dumps(plain))["ignores"] == [{"path": "a.json", "rules": ["TL501"], "job": "b"}]
