"""Judges of what is printed for programs: the schemas under tests/data/schemas."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import jsonschema

_FOLDER = Path(__file__).parents[1] / "data" / "schemas"
_XS = "{http://www.w3.org/2001/XMLSchema}"

# torclint promises RFC 3986 addresses; the schema's own formats are not looked at without more packages
_URI = re.compile(r"(?:[a-z]+://)?(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+")


def _schema(name: str) -> dict:
    return json.loads((_FOLDER / name).read_text(encoding="utf-8"))


_SARIF = jsonschema.Draft7Validator(_schema("sarif-schema-2.1.0.json"))
_GITLAB = jsonschema.Draft202012Validator(_schema("gitlab-code-quality.schema.json"))


def sarif_of(text: str) -> dict:
    """A SARIF log that holds what its schema wants, and whose addresses and indexes lead somewhere."""
    log = json.loads(text)
    _SARIF.validate(log)
    for run in log["runs"]:
        rules = run["tool"]["driver"]["rules"]
        for artifact in run["artifacts"]:
            assert _URI.fullmatch(artifact["location"]["uri"])
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            for place in (*result["locations"], *result.get("relatedLocations", ())):
                where = place["physicalLocation"]["artifactLocation"]
                assert run["artifacts"][where["index"]]["location"]["uri"] == where["uri"]
    return log


def gitlab_of(text: str) -> list[dict]:
    """A code quality report without two equal fingerprints."""
    issues = json.loads(text)
    _GITLAB.validate(issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    return issues


class _Shape:
    """What one element may have: attributes, those it must have, and elements below it."""

    def __init__(self, element: ElementTree.Element) -> None:
        attributes = list(element.iter(f"{_XS}attribute"))
        self.attributes = {one.get("name") for one in attributes}
        self.required = {one.get("name") for one in attributes if one.get("use") == "required"}
        self.below = {one.get("ref") for one in element.iter(f"{_XS}element") if one.get("ref")}


_JUNIT = {
    element.get("name"): _Shape(element)
    for element in ElementTree.parse(_FOLDER / "junit-10.xsd").getroot()
    if element.tag == f"{_XS}element"
}


def junit_of(text: str) -> ElementTree.Element:
    """A JUnit document of elements and attributes that its schema knows, with counts that are true."""
    root = ElementTree.fromstring(text.encode("utf-8"))
    assert root.tag == "testsuites"
    for element in root.iter():
        shape = _JUNIT[element.tag]
        assert set(element.attrib) <= shape.attributes, element.tag
        assert set(element.attrib) >= shape.required, element.tag
        assert {child.tag for child in element} <= shape.below, element.tag
    for counted in (root, *root):
        assert int(counted.get("tests")) == len(list(counted.iter("testcase")))
        assert int(counted.get("failures")) == len(list(counted.iter("failure")))
        assert int(counted.get("errors")) == len(list(counted.iter("error")))
    return root
