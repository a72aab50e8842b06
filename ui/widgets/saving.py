"""Asks where a file is to be written; over another file only where the system's own question was answered with yes."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QFileDialog, QWidget


class FilePlace(NamedTuple):
    """A file's place, and whether the person agreed that what is there goes."""

    path: Path
    replace: bool


def ask_place(parent: QWidget, title: str, suggested: str, kinds: str, ending: str) -> FilePlace | None:
    """The place chosen, None when given up. `ending` is added to a name that lacks it: the question was not about that."""
    chosen, _filter = QFileDialog.getSaveFileName(parent, title, suggested, kinds)
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() == Path(f"x{ending}").suffix:
        return FilePlace(path, replace=True)
    return FilePlace(Path(chosen + ending), replace=False)
