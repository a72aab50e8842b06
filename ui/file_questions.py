"""The system's questions for files and folders, and our own that are waited for: a lock ends such a question when it hides it,
so it is asked again once the window is unlocked."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from ui.cover import covering

T = TypeVar("T")


def existing_file(parent: QWidget | None, title: str, start: str, kinds: str) -> str:
    """One file that is there; '' when given up."""
    return outlasting(lambda: QFileDialog.getOpenFileName(parent, title, start, kinds)[0], "")


def existing_files(parent: QWidget | None, title: str, start: str, kinds: str) -> list[str]:
    """Files that are there; none when given up."""
    return outlasting(lambda: QFileDialog.getOpenFileNames(parent, title, start, kinds)[0], [])


def new_file(parent: QWidget | None, title: str, suggested: str, kinds: str) -> tuple[str, str]:
    """A place for a file, which the system asks about when something lies there, and the kind chosen; '' when given up."""

    def ask() -> tuple[str, str]:
        chosen, kind = QFileDialog.getSaveFileName(parent, title, suggested, kinds)
        return (chosen, kind) if chosen else ("", "")

    return outlasting(ask, ("", ""))


def existing_folder(parent: QWidget | None, title: str) -> str:
    """A folder that is there; '' when given up."""
    return outlasting(lambda: QFileDialog.getExistingDirectory(parent, title), "")


def accepted(dialog: QDialog) -> bool:
    """Wait until a dialog of ours was answered; whether it was accepted."""

    def ask() -> bool:
        dialog.hide()  # the cover shows it again without its modality, which it gets only while it is hidden
        return dialog.exec() == QDialog.DialogCode.Accepted

    return outlasting(ask, otherwise=False)


def outlasting(ask: Callable[[], T], otherwise: T) -> T:
    """What `ask` answers; when a lock came between, it is asked again after the unlocking. `otherwise` is the answer of who gives
    up, and when the book is closed at the locked door."""
    while True:
        if (cover := covering()) is not None and not cover.wait():
            return otherwise
        answer = ask()
        if answer != otherwise or covering() is None:
            return answer
