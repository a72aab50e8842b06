"""Small files that a person may put in place or edit: rules, tags, notices, what this PC remembers. No more is read than such a
file can hold, and nothing that is no regular file: a pipe would not answer, a device never ends."""

import os
import stat
from importlib.resources.abc import Traversable
from pathlib import Path

from workbench.base.i18n import _

#: bytes; the largest file that is shipped has a tenth of it
LARGEST = 2_000_000


class NotSmall(OSError):
    """A file that is too large, or no regular file; its text is the sentence for a person."""


def small_bytes(file: Path | Traversable, most: int = LARGEST) -> bytes:
    """The content of a file of at most `most` bytes, whatever links lead there. Raises NotSmall, and OSError of the system."""
    if not isinstance(file, Path):  # of the program itself
        return file.read_bytes()
    if not stat.S_ISREG(os.stat(file).st_mode):  # noqa: PTH116  (follows links; `Path.is_file` hides what the system says)
        raise NotSmall(_("不是普通文件,没有读。"))
    with file.open("rb") as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise NotSmall(_("文件超过 {n} MB,没有读。").format(n=max(1, most // 1_000_000)))
    return content


def small_text(file: Path | Traversable, most: int = LARGEST) -> str:
    """The text of a file as UTF-8, a mark at its head left out. Raises NotSmall, OSError, UnicodeDecodeError."""
    return small_bytes(file, most).decode("utf-8-sig")
