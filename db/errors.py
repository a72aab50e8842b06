"""What can go wrong with a book or another file, as codes; the middle floor puts them into words."""

import errno
from pathlib import Path
from typing import Any

#: What the system refuses, by its error number. A size limit of the account (EFBIG, EDQUOT) is a full disk to a person.
_OF_SYSTEM = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EROFS: "read_only",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.ENAMETOOLONG: "name_too_long",
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.EISDIR: "not_a_file",
    errno.ENXIO: "not_a_file",
    errno.ENODEV: "not_a_file",
}


class BookError(Exception):
    """A failure of the book itself or of a file beside it.

    Codes of a book: missing, exists, wrong_passphrase, not_a_book, newer, locked, changed_later, needed_later, state,
    no_such_change, damaged. Codes of any file (see `from_system`): disk_full, read_only, no_permission, name_too_long,
    no_folder, not_a_file, device_failed. Codes of a file to be written (see `placing`): file_exists, over_book.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def from_system(error: OSError, path: Path) -> BookError:
    """The failure that the system named when `path` was read or written."""
    return BookError(_OF_SYSTEM.get(error.errno or 0, "device_failed"), path=str(path))
