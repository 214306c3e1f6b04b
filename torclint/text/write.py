"""The atomic write: whatever happens, the file holds either all of the old text or all of the new one."""

# os.path, since pathlib takes longer to import than all of torclint's own modules
# ruff: noqa: PTH105, PTH108, PTH116, PTH118, PTH120
from __future__ import annotations

import os
import stat


class WriteError(OSError):
    """The file could not be written and is as it was. `str()` is one line: the path and why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: not written: {reason}")
        self.path = path
        self.reason = reason


def write(path: str, text: str) -> bool:
    """Make `text`, in UTF-8, what the file at `path` holds; a symbolic link stays one and its target is written.

    Mode is kept, owner and group too where the system allows; a hard link under another name keeps the old text.
    True if something was written, False if the file held just that text already: then it is not touched at all.
    Raises WriteError.
    """
    try:
        return _write(os.path.realpath(path, strict=False), text.encode("utf-8"))
    except OSError as error:
        raise WriteError(path, error.strerror or str(error)) from None
    except ValueError as error:  # a lone surrogate in the text, a NUL in the path
        raise WriteError(path, str(error)) from None


def _write(target: str, content: bytes) -> bool:
    before = _stat(target)
    if before is not None and not stat.S_ISREG(before.st_mode):
        raise OSError(0, "is not a regular file")
    if before is not None and before.st_size == len(content) and _holds(target, content):
        return False
    if before is not None and not os.access(target, os.W_OK):
        raise PermissionError(0, "is read-only")  # a rename would get around it, which nobody asked for
    folder = os.path.dirname(target)
    temporary = os.path.join(folder, f".torclint-{os.getpid()}-{os.urandom(4).hex()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        try:
            _write_all(descriptor, content)
            _take_over(descriptor, before)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(temporary, target)
    except BaseException:
        _remove(temporary)
        raise
    _sync_folder(folder)
    return True


def _stat(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _holds(path: str, content: bytes) -> bool:
    with open(path, "rb") as stream:
        return stream.read() == content


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _take_over(descriptor: int, before: os.stat_result | None) -> None:
    """Give the new file the owner and mode of the old one, or those of any new file."""
    if before is None:
        mask = os.umask(0)
        os.umask(mask)
        os.fchmod(descriptor, 0o666 & ~mask)
        return
    now = os.fstat(descriptor)
    if (now.st_uid, now.st_gid) != (before.st_uid, before.st_gid):
        try:
            os.fchown(descriptor, before.st_uid, before.st_gid)
        except PermissionError:
            _take_over_group(descriptor, before.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(before.st_mode))


def _take_over_group(descriptor: int, group: int) -> None:
    try:
        os.fchown(descriptor, -1, group)
    except PermissionError:
        return  # only root may give files away; the text is worth more than the owner


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return


def _sync_folder(folder: str) -> None:
    """Make the rename itself last; some file systems know no fsync of a folder, and the file is written anyway."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        return
    finally:
        os.close(descriptor)
