"""Whether the system gives a file to be read at all: asked before the reading process, and by it when it fails."""

import errno
import os
import stat
from pathlib import Path

from db.errors import from_system

#: Another program holds the file: what Windows says of it.
_IN_USE = (32, 33)


class Unopened(Exception):
    """A file that is not given, with the code that says why.

    Codes: file_missing, is_folder, not_a_file, in_use, and of db.errors name_too_long, no_permission, device_failed.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def refusal_of(error: OSError) -> str:
    """The code for what the system said when a file was opened or read."""
    if getattr(error, "winerror", None) in _IN_USE:
        return "in_use"
    if error.errno == errno.ELOOP:
        return "file_missing"
    code = from_system(error, Path()).code
    named = {"no_folder": "file_missing", "disk_full": "device_failed", "read_only": "no_permission"}
    return "is_folder" if isinstance(error, IsADirectoryError) else named.get(code, code)


def readable(path: Path) -> Path:
    """The path as a person reads it: a name whose bytes are no UTF-8 (unpacked from an archive made on Windows) is
    GBK, or gets signs in place of what nobody can read. Not for opening."""
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
    """The first `count` bytes of a file, and how many it has. Raises Unopened.

    Only plain files are opened: a pipe would be waited for without end, a device has none.
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
        raise Unopened(refusal_of(error)) from None
