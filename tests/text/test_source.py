import io
import os
import sys

import pytest

from torclint.text import source
from torclint.text.source import NotText, SourceError, decode, read_file, read_stdin


def test_reads_utf8_and_keeps_a_byte_order_mark(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufeffname: ä\r\n".encode())
    assert read_file(str(path)) == "\ufeffname: ä\r\n"


def test_a_missing_file(tmp_path):
    path = str(tmp_path / "none.yaml")
    with pytest.raises(SourceError) as caught:
        read_file(path)
    assert str(caught.value) == f"{path}: no such file"


def test_a_folder(tmp_path):
    with pytest.raises(SourceError, match="is a directory, not a file"):
        read_file(str(tmp_path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(SourceError, match="permission denied"):
        read_file(str(path))


def test_a_path_through_a_file(tmp_path):
    (tmp_path / "a.yaml").write_text("x")
    with pytest.raises(SourceError, match="cannot be read: Not a directory"):
        read_file(str(tmp_path / "a.yaml" / "b"))


def test_a_path_with_a_nul():
    with pytest.raises(SourceError, match="a path cannot hold a NUL character"):
        read_file("a\0b")


def test_a_binary_file_is_named_with_the_place_of_its_first_nul():
    with pytest.raises(NotText) as caught:
        decode(b"name: w\r\njo\0bs", "a.yaml")
    assert str(caught.value) == "a.yaml:2:3: holds a NUL byte: this is a binary file, not a spec"


def test_bad_utf8_is_named_with_its_place_in_code_points():
    with pytest.raises(NotText) as caught:
        decode("name: w\n# ää ".encode() + b"\xe4\n", "a.yaml")
    assert str(caught.value) == "a.yaml:2:6: is not UTF-8: invalid continuation byte 0xe4"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_called_by_its_name(encoding):
    with pytest.raises(NotText, match="is UTF-16; Torc reads UTF-8 only"):
        decode("\ufeffname: w".encode(encoding), "a.yaml")


def test_an_endless_input_is_given_up_at_the_limit(monkeypatch):
    monkeypatch.setattr(source, "MAX_BYTES", 1_000_000)
    with pytest.raises(NotText, match="larger than 1 MB"):
        read_file("/dev/zero")


def test_stdin(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("ä".encode())))
    assert read_stdin() == "ä"
