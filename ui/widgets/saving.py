"""Asks where a file is to be written; over another file only where the system's own question was answered with yes."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QFileDialog, QWidget


class FilePlace(NamedTuple):
    """Where to write a file, and whether the person agreed to overwrite what is there."""

    path: Path
    replace: bool


def ask_place(parent: QWidget, title: str, suggested: str, kinds: str, ending: str) -> FilePlace | None:
    """The place chosen, None when given up.

    `ending` is added to a name that lacks it; the system's question was about the name without it, so nothing is
    replaced.
    """
    chosen, _filter = QFileDialog.getSaveFileName(parent, title, suggested, kinds)
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() == Path(f"x{ending}").suffix:
        return FilePlace(path, replace=True)
    return FilePlace(Path(chosen + ending), replace=False)
