"""Asks where a file is to be written; over another file only where the system's own question was answered with yes."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.file_questions import accepted, new_file
from ui.widgets.lock_dialog import LockDialog
from workbench.base.file_names import file_name
from workbench.base.i18n import _
from workbench.trust.locked_files import locked_place

if TYPE_CHECKING:
    from workbench.trust.register import Register

#: endings of files that may hold customers
_CUSTOMERS = frozenset({".xlsx", ".pdf", ".csv", ".ics"})


class FilePlace(NamedTuple):
    """Where to write a file, and whether the person agreed to overwrite what is there."""

    path: Path
    replace: bool


def ask_place(parent: QWidget, title: str, suggested: str, kinds: str, ending: str) -> FilePlace | None:
    """The place chosen, None when given up.

    `ending` is added to a name that lacks it; the system's question was about the name without it, so nothing is
    replaced.
    """
    suggested = _sound(suggested, ending)
    lock = _lock_kind(ending)
    offered = ";;".join(filter(None, [kinds, lock if _register_of(parent) else ""]))
    chosen, kind = new_file(parent, title, suggested, offered)
    if not chosen:
        return None
    path = Path(chosen)
    if lock and kind == lock:
        return _locked_place(parent, path, ending)
    if path.suffix.lower() == Path(f"x{ending}").suffix:
        return FilePlace(path, replace=True)
    return FilePlace(Path(chosen + ending), replace=False)


def _sound(suggested: str, ending: str) -> str:
    """What is suggested as one file: a name made of words in no folder of theirs, a whole place in its own."""
    place = Path(suggested)
    if place.is_absolute():
        return str(place.with_name(file_name(place.stem, place.suffix))) if place.name else suggested
    return file_name(suggested, ending)


def _lock_kind(ending: str) -> str:
    """What the question calls a file under a password; '' for endings that are never locked."""
    if ending not in _CUSTOMERS:
        return ""
    return _("加口令的 Excel (*.xlsx)") if ending == ".xlsx" else _("加口令的压缩包 (*.zip)")


def _register_of(widget: QWidget | None) -> "Register | None":
    """The door of the book that a widget shows."""
    while widget is not None:
        if (workbench := getattr(widget, "workbench", None)) is not None:
            register: Register = workbench.register
            return register
        widget = widget.parentWidget()
    return None


def _locked_place(parent: QWidget, chosen: Path, ending: str) -> FilePlace | None:
    """Ask for the password; the door locks the file when it is written. None when given up."""
    path = chosen.with_suffix("") if chosen.suffix.lower() == ".zip" else chosen
    if path.suffix.lower() != ending:
        path = path.with_name(path.name + ending)
    register = _register_of(parent)
    dialog = LockDialog(locked_place(path), parent)
    given = accepted(dialog)
    password = dialog.password() if given and register is not None else ""
    if isValid(dialog):  # it goes with the book when that was closed at the locked door
        dialog.deleteLater()
    if register is None or not given:
        return None
    register.lock(path, password)
    return FilePlace(path, replace=locked_place(path) == chosen)
