"""The one way a file comes into being outside the book: made beside its place, never over a book, over nothing unasked."""

import math
import os
import stat
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db import vault
from db.connection import PAGE
from db.errors import BookError, from_system
from db.schema import SUFFIX

#: What SQLite and the lock keep beside a book.
COMPANIONS = (*vault.TAILS, ".lock")
#: Bits a byte: 4,096 bytes of a cipher tell about 7.95; text, tables, packed files and pictures of that size below 7.9.
_OF_A_CIPHER = 7.9


def sealed(content: bytes) -> bool:
    """Whether bytes look like a cipher's."""
    shares = (count / len(content) for count in Counter(content).values())
    return -sum(share * math.log2(share) for share in shares) > _OF_A_CIPHER


def is_book(path: Path) -> bool:
    """Whether a file that is there must be taken for a book: by its name, its companions, or its sealed first page."""
    if path.suffix.lower() == SUFFIX or any(Path(f"{path}{tail}").exists() for tail in COMPANIONS):
        return True
    try:
        size = path.stat().st_size
        if not size or size % PAGE:
            return False
        with path.open("rb") as stream:
            return sealed(stream.read(PAGE))
    except OSError:
        return False


def check_free(target: Path, *, replace: bool = False) -> Path:
    """The real place of a file that is to be written; a symlink leads to the file behind it.

    Raises BookError no_folder, name_too_long, not_a_file (a folder, a device, a pipe), over_book (also with
    `replace`), file_exists (without it), and what the system refuses.
    """
    real = vault.real(target)
    owner = next(
        (Path(str(real).removesuffix(tail)) for tail in COMPANIONS if real.name.endswith(tail)), None
    )
    try:
        if owner is not None and owner.is_file() and is_book(owner):
            raise BookError("over_book", path=str(target))
        status = real.lstat()
    except FileNotFoundError:
        if not real.parent.is_dir():
            raise BookError("no_folder", path=str(target)) from None
        return real
    except OSError as error:
        raise from_system(error, target) from error
    if not stat.S_ISREG(status.st_mode):
        raise BookError("not_a_file", path=str(target))
    if is_book(real):
        raise BookError("over_book", path=str(target))
    if not replace:
        raise BookError("file_exists", path=str(target))
    return real


@contextmanager
def beside(target: Path, *, replace: bool = False) -> Iterator[Path]:
    """A scratch file, readable by its owner alone, that takes the target's place when the block ends well.

    On any failure the scratch file goes and what was at the target stays. Raises as `check_free` does, and disk_full,
    read_only, no_permission.
    """
    real = check_free(target, replace=replace)
    scratch: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=real.parent, prefix=".", suffix=".part", delete=False) as stream:
            scratch = Path(stream.name)
        yield scratch
        with scratch.open("rb+") as stream:
            os.fsync(stream.fileno())
        check_free(target, replace=replace)
        scratch.replace(real)
    except OSError as error:
        raise from_system(error, target) from error
    finally:
        if scratch is not None:
            for tail in ("", *COMPANIONS):
                Path(f"{scratch}{tail}").unlink(missing_ok=True)
