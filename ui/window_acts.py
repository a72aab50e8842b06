"""What can be done from everywhere in the window, and what the search box offers of it."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow

from ui.copying import Copying
from ui.palette import PaletteEntry, SearchBox
from ui.registry import LISTED
from ui.widgets.adverse_events import open_events
from ui.widgets.handbook import open_handbook
from workbench.base.i18n import _

if TYPE_CHECKING:
    from ui.page import Page
    from ui.tasks import Tasks
    from ui.widgets.notice import Notice
    from workbench.app import Workbench


class ActingWindow(QMainWindow, Copying):
    """What the acts ask of the window."""

    lock_requested = Signal()
    #: another zoom: by so many levels, in percent
    zoom_stepped = Signal(int)
    zoom_requested = Signal(int)
    workbench: "Workbench"
    tasks: "Tasks"
    notice: "Notice"
    search: "SearchBox"

    def open_page(self, name: str, argument: object = None) -> "Page":
        """Show a page; `argument` is what to show on it (a customer number, a light, a file)."""
        raise NotImplementedError

    def back(self) -> None:
        """To the page before."""
        raise NotImplementedError

    def refresh_page(self) -> None:
        """Read the page in front again."""
        raise NotImplementedError

    def log_touch(self, customer_no: str | None = None) -> None:
        """Log a contact from anywhere; without a number with the customer under the keyboard."""
        raise NotImplementedError

    def put_on_plan(self, customer_no: str | None = None) -> None:
        """Put a customer on the week's plan; without a number the one under the keyboard, or one who is asked for."""
        raise NotImplementedError


def window_acts(window: ActingWindow) -> tuple[PaletteEntry, ...]:
    """What can be done from everywhere; without `words` only by its shortcut."""
    return (
        PaletteEntry(
            _("记一次联系"), "jl jilu lianxi log touch contact", "touch", window.log_touch, "Ctrl+N"
        ),
        PaletteEntry(_("放进本周计划"), "fj fangjin jihua plan add", "plan", window.put_on_plan, "Ctrl+B"),
        PaletteEntry(
            _("打印本周晨会材料"), "dy dayin print", "print", lambda: window.open_page("week", "print")
        ),
        PaletteEntry(_("口径手册"), "kj koujing shouce handbook", "handbook", lambda: open_handbook(window)),
        PaletteEntry(
            _("声誉不利事件"),
            "sy shengyu buli shijian events",
            "events",
            lambda: open_events(window, window.workbench, window.tasks),
        ),
        PaletteEntry(_("锁定"), "sd suoding lock", "lock", window.lock_requested.emit, "Ctrl+L"),
        PaletteEntry(
            _("放大"), "fd fangda zoom in larger", "larger", partial(window.zoom_stepped.emit, 1), "Ctrl++"
        ),
        PaletteEntry(
            _("缩小"),
            "sx suoxiao zoom out smaller",
            "smaller",
            partial(window.zoom_stepped.emit, -1),
            "Ctrl+-",
        ),
        PaletteEntry(
            _("原来大小"),
            "yl yuanlai daxiao zoom reset",
            "size",
            partial(window.zoom_requested.emit, 100),
            "Ctrl+Alt+0",
        ),
        PaletteEntry("", "", "", partial(window.zoom_stepped.emit, 1), "Ctrl+="),
        PaletteEntry("", "", "", window.search.setFocus, "Ctrl+K"),
        PaletteEntry("", "", "", window.refresh_page, "F5"),
        PaletteEntry("", "", "", window.back, "Alt+Left"),
        PaletteEntry(_("撤销上一步"), "cx chexiao undo", "undo", window.notice.ask_undo, "Ctrl+Z"),
        PaletteEntry(_("重做"), "cz chongzuo redo", "redo", window.notice.ask_redo, "Ctrl+Shift+Z"),
    )


def entries(window: ActingWindow, acts: Sequence[PaletteEntry]) -> list[PaletteEntry]:
    """What the search box offers beside customers: pages and acts."""
    pages = [
        PaletteEntry(
            entry.title(), entry.words, entry.name, partial(window.open_page, entry.name),
            next(iter(entry.shortcuts), ""),
        )
        for entry in LISTED
    ]  # fmt: skip
    return [*pages, *(act for act in acts if act.words)]
