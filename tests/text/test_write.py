import errno
import os
import stat
import subprocess
import sys

import pytest

from torclint.text import write as module
from torclint.text.write import WriteError, write

OLD, NEW = "name: old\n", "name: new ä\r\n"


@pytest.fixture
def spec(tmp_path):
    path = tmp_path / "spec.yaml"
    path.write_text(OLD)
    return path


def others(path):
    return [entry.name for entry in path.parent.iterdir() if entry != path]


def test_the_new_text_replaces_the_old_byte_for_byte(spec):
    assert write(str(spec), NEW) is True
    assert spec.read_bytes() == NEW.encode()
    assert others(spec) == []


def test_a_file_that_is_not_there_yet(tmp_path):
    path = tmp_path / "new.yaml"
    assert write(str(path), NEW) is True
    assert path.read_bytes() == NEW.encode()
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


def test_an_unchanged_text_leaves_the_file_alone(spec):
    before = spec.stat()
    assert write(str(spec), OLD) is False
    after = spec.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o775])
def test_the_mode_is_kept(spec, mode):
    spec.chmod(mode)
    write(str(spec), NEW)
    assert stat.S_IMODE(spec.stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_is_kept(spec):
    os.chown(spec, 12345, 23456)
    write(str(spec), NEW)
    assert (spec.stat().st_uid, spec.stat().st_gid) == (12345, 23456)


def test_the_target_of_a_link_is_written_and_the_link_stays(spec, tmp_path):
    folder = tmp_path / "links"
    folder.mkdir()
    link = folder / "link.yaml"
    link.symlink_to("../spec.yaml")
    write(str(link), NEW)
    assert link.is_symlink()
    assert spec.read_bytes() == NEW.encode()
    assert others(link) == []


def test_a_read_only_file_is_not_written_around(spec, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write everything
    with pytest.raises(WriteError, match="not written: is read-only"):
        write(str(spec), NEW)
    assert spec.read_text() == OLD


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), os.mkfifo])
def test_what_is_no_regular_file_is_not_written(tmp_path, make):
    path = tmp_path / "odd.yaml"
    make(path)
    with pytest.raises(WriteError, match="is not a regular file"):
        write(str(path), NEW)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(spec):
    spec.parent.chmod(0o555)
    with pytest.raises(WriteError, match="Permission denied"):
        write(str(spec), NEW)
    spec.parent.chmod(0o755)
    assert spec.read_text() == OLD


@pytest.mark.parametrize("call", ["open", "write", "fchmod", "fsync", "replace"])
def test_a_fault_at_any_step_leaves_the_old_text_and_no_litter(spec, monkeypatch, call):
    def fault(*_args, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module.os, call, fault)
    with pytest.raises(WriteError) as caught:
        write(str(spec), NEW)
    monkeypatch.undo()
    assert str(caught.value) == f"{spec}: not written: No space left on device"
    assert spec.read_text() == OLD
    assert others(spec) == []


def test_a_disk_that_fills_up_in_the_middle(spec, monkeypatch):
    real = os.write

    def some(descriptor, content):
        if len(content) < 4:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(descriptor, content[:3])

    monkeypatch.setattr(module.os, "write", some)
    with pytest.raises(WriteError):
        write(str(spec), NEW)
    assert spec.read_text() == OLD
    assert others(spec) == []


def test_short_writes_are_continued(spec, monkeypatch):
    real = os.write
    monkeypatch.setattr(module.os, "write", lambda descriptor, content: real(descriptor, content[:1]))
    write(str(spec), NEW)
    assert spec.read_bytes() == NEW.encode()


def test_text_that_is_no_text(spec):
    with pytest.raises(WriteError, match="surrogates not allowed"):
        write(str(spec), "\ud800")
    assert spec.read_text() == OLD


@pytest.mark.parametrize("step", ["write", "fchmod", "fsync", "replace"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_kill_at_any_step_leaves_all_of_one_text(spec, step, moment):
    """Only `replace` itself decides; whatever is killed earlier leaves the old text."""
    program = f"""
import os
from torclint.text.write import write
real = os.{step}
def killed(*arguments, **options):
    if {moment!r} == "after":
        real(*arguments, **options)
    os.kill(os.getpid(), 9)
os.{step} = killed
write({str(spec)!r}, {NEW!r})
"""
    done = subprocess.run([sys.executable, "-c", program], check=False)
    assert done.returncode == -9
    expected = NEW if (step, moment) == ("replace", "after") else OLD
    assert spec.read_bytes() == expected.encode()
