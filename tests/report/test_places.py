import pytest

from torclint.report.places import address, from_root


@pytest.fixture(autouse=True)
def no_root(monkeypatch):
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)


@pytest.mark.parametrize("path", ["a.yaml", "./a.yaml", "././a.yaml", ".//a.yaml"])
def test_a_relative_path_has_one_form(path):
    assert from_root(path) == "a.yaml"


@pytest.mark.parametrize("name", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_in_a_folder_of_the_checkout_the_path_begins_at_its_root(monkeypatch, tmp_path, name):
    folder = tmp_path / "flows"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv(name, str(tmp_path))
    assert from_root("./a.yaml") == "flows/a.yaml"
    assert from_root("../b.yaml") == "b.yaml"
    assert from_root(str(folder / "c.yaml")) == "flows/c.yaml"
    assert from_root("<stdin>") == "<stdin>"


def test_what_lies_outside_of_the_checkout_keeps_a_path_that_leads_there(monkeypatch, tmp_path):
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "checkout"))
    assert from_root(str(tmp_path / "a.yaml")) == str(tmp_path / "a.yaml")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("./a b.yaml", "a%20b.yaml"),
        ("/x/ä.yaml", "file:///x/%C3%A4.yaml"),
        ("a:b%20?#.yaml", "a%3Ab%2520%3F%23.yaml"),
        ("𝒳\n.yaml", "%F0%9D%92%B3%0A.yaml"),
        ("caf\udce9.yaml", "caf%E9.yaml"),
        ("\ud800.yaml", "%ED%A0%80.yaml"),
        ("<stdin>", "%3Cstdin%3E"),
    ],
)
def test_addresses(path, expected):
    assert address(path) == expected
