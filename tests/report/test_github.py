from tests.report.reports import NAIVE, finding, quadratic, report
from torclint.report import github
from torclint.report.model import Report
from torclint.syntax.node import Span
from torclint.text.source import SourceError


def printed(text: str, *findings, path: str = "spec.yaml") -> list[str]:
    return list(github.render(report(text, *findings, path=path)))


def test_an_annotation_and_the_summary():
    assert printed(NAIVE, quadratic()) == [
        "::warning file=spec.yaml,line=8,endLine=8,col=26,endColumn=42,title=TL501 quadratic-dependencies"
        "::1,000 jobs each wait for 1,000 jobs: 1,000,000 dependencies%0ATorc stores one row for each; creating this "
        "takes it about 45 s. One barrier job makes it 2,000.",
        "1 file checked: 1 warning (1 fixable with torclint fix --insert-barriers)",
    ]


def test_levels():
    lines = printed(NAIVE, *(finding(Span(0, 1), severity=severity) for severity in ("error", "warning", "info")))
    assert [line.split()[0] for line in lines[:-1]] == ["::error", "::warning", "::notice"]


def test_signs_with_a_meaning_are_escaped():
    (line, _) = printed("a", finding(Span(0, 1), message="100%: a,b\r\n::error::c"), path="./a,b:c%.yaml")
    assert line == (
        "::warning file=a%2Cb%3Ac%25.yaml,line=1,endLine=1,col=1,endColumn=2,title=TL501 quadratic-dependencies"
        "::100%25: a,b\\r\\n::error::c"
    )


def test_an_annotation_stays_on_the_first_of_its_lines():
    assert "line=1,endLine=1,col=2,endColumn=4," in printed("abc\ndef\n", finding(Span(1, 6)))[0]
    assert "line=1,endLine=1,col=4,endColumn=4," in printed("abc\r\ndef\n", finding(Span(3, 6)))[0]


def test_a_spec_cannot_steer_the_log():
    assert "\x1b" not in printed("a", finding(Span(0, 1), message="\x1b[31m"))[0]


def test_what_could_not_be_read():
    unreadable = SourceError("gone.yaml", "no such file"), SourceError("./b.yaml", "is UTF-16", 1, 1)
    assert list(github.render(Report((), unreadable))) == [
        "::error file=gone.yaml,title=unreadable::no such file",
        "::error file=b.yaml,line=1,col=1,title=unreadable::is UTF-16",
        "0 files checked: no findings; 2 files could not be read",
    ]


def test_paths_begin_at_the_root_of_the_checkout(monkeypatch, tmp_path):
    folder = tmp_path / "flows"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert printed("a", finding(Span(0, 1)))[0].startswith("::warning file=flows/spec.yaml,")
