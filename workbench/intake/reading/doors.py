"""Whether the system lets a file be read at all: checked before the reading process starts, and by it on failure."""

import errno
import os
import stat
import sys
from pathlib import Path

from db.errors import from_system

#: Windows error codes of a file that another program holds.
_IN_USE = (32, 33)
#: What other systems say then.
_BUSY = frozenset({errno.EBUSY, errno.ETXTBSY, errno.EAGAIN, errno.EDEADLK})


class Unopened(Exception):
    """A file that the system refuses, with the code of the reason.

    Codes: file_missing, is_folder, not_a_file, in_use, and of db.errors name_too_long, no_permission,
    device_failed.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def refusal_of(error: OSError) -> str:
    """The code for an error of the system on opening or reading a file."""
    if getattr(error, "winerror", None) in _IN_USE or error.errno in _BUSY:
        return "in_use"
    if error.errno == errno.ELOOP:
        return "file_missing"
    code = from_system(error, Path()).code
    named = {"no_folder": "file_missing", "disk_full": "device_failed", "read_only": "no_permission"}
    return "is_folder" if isinstance(error, IsADirectoryError) else named.get(code, code)


def readable(path: Path) -> Path:
    """The path as a person reads it; not for opening.

    A name whose bytes are not UTF-8 (unpacked from an archive made on Windows) is taken for GBK, or gets
    replacement characters.
    """
    return Path(*map(_readable, path.parts))


def _readable(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            return raw.decode("utf-8", "replace")
    return name


def opening_of(path: Path, count: int) -> tuple[bytes, int]:
    """The first `count` bytes of a file, and its size. Raises Unopened.

    Only plain files are opened: a pipe would block without end, a device has no end.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise Unopened("is_folder")
        if not stat.S_ISREG(mode):
            raise Unopened("not_a_file")
        with path.open("rb") as file:
            return file.read(count), path.stat().st_size
    except OSError as error:
        code = refusal_of(error)
        raise Unopened("in_use" if code == "no_permission" and _held(path) else code) from None


def _held(path: Path) -> bool:
    """Whether another program on Windows holds the file: Python's `open` calls that a lack of permission."""
    if sys.platform == "win32":
        import _winapi

        try:
            _winapi.CloseHandle(
                _winapi.CreateFile(str(path), _winapi.GENERIC_READ, 0, 0, _winapi.OPEN_EXISTING, 0, 0)
            )
        except OSError as error:
            return error.winerror in _IN_USE
    return False
