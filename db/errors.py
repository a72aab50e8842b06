"""What can go wrong with a book or another file, as codes; the middle floor puts them into words."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.values import Json

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
    errno.ELOOP: "no_folder",
    errno.EISDIR: "not_a_file",
    errno.ENXIO: "not_a_file",
    errno.ENODEV: "not_a_file",
}
#: Those that no program is to blame for, wherever they come from.
_REFUSES = frozenset(_OF_SYSTEM) - {
    errno.ENOENT,
    errno.ENOTDIR,
    errno.ELOOP,
    errno.EISDIR,
    errno.ENXIO,
    errno.ENODEV,
}


class BookError(Exception):
    """A failure of the book itself or of a file beside it.

    Codes of a book: missing, exists, unfinished, wrong_passphrase, not_a_book, newer, locked, same_file, read_only_file,
    changed_later, needed_later, state, no_such_change, damaged, nothing_left. Codes of any file (see `from_system`): disk_full,
    read_only, no_permission, name_too_long, no_folder, not_a_file, device_failed. Codes of a file to be written (see
    `placing`): file_exists, over_book. Codes of a book on a server: bad_address, insecure_address, no_driver, no_server,
    server_gone, server_busy, server_read_only, no_database, wrong_encoding, not_admitted, not_empty, not_alike, and
    where only a file will do file_only, window_needs_file.
    """

    def __init__(self, code: str, **facts: Json) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def from_system(error: OSError, path: Path) -> BookError:
    """The failure that the system named when `path` was read or written."""
    return BookError(_OF_SYSTEM.get(error.errno or 0, "device_failed"), path=str(path))


@contextmanager
def system_says(path: Path) -> Iterator[None]:
    """What the system refuses within leaves as the BookError of `path`."""
    try:
        yield
    except OSError as error:
        raise from_system(error, path) from error


def refused_by_system(error: BaseException) -> BookError | None:
    """The failure of whatever file an OSError speaks of, if the system refused it; None: it tells of a fault instead."""
    if not isinstance(error, OSError) or error.errno not in _REFUSES:
        return None
    return from_system(error, Path(str(error.filename or "")))
