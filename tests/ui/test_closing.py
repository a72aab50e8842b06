"""A book that was closed is gone with all that showed it: opening and closing all day takes no more memory than once."""

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.bot import delivered
from tests.ui.conftest import PASSPHRASE
from ui.app import Program
from ui.memory import keep_still
from ui.registry import LISTED
from workbench.app import Workbench


def test_a_closed_book_leaves_no_page_button_or_figure_behind(
    qtbot: QtBot, start: Callable[[Path], Program], path: Path
) -> None:
    gc.collect()
    keep_still()  # what stands now is never collected; the program does it once, when its first window rests
    program = start(path)
    before = set(QApplication.topLevelWidgets())
    workbench = Workbench.open(path, PASSPHRASE)
    program.enter(workbench)
    window = program.window
    assert window is not None
    for entry in LISTED:
        window.open_page(entry.name)
        qtbot.waitUntil(lambda: not program.tasks.busy)
    books = weakref.ref(workbench)
    del workbench, window
    program.lock()
    delivered()
    gc.collect()
    left = {one for one in QApplication.topLevelWidgets() if one not in before} - {program.door}
    assert [(type(one).__name__, getattr(one, "text", str)()) for one in left] == []
    assert books() is None
