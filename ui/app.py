"""The program with a window: from the passphrase to the main window, and back when it is locked or changes language."""

import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui import clipboard, theme
from ui.cover import WindowCover
from ui.errors import ErrorEdge, log, start_log
from ui.first_steps import FirstSteps
from ui.habits import OF_HABIT, watch
from ui.key_tips import AltKeys
from ui.loading import load_first_page
from ui.locked_door import LockedDoor
from ui.main_window import MainWindow
from ui.memory import Collector
from ui.qt_words import QtWords
from ui.registry import FIRST
from ui.safety import LookThrough, RestoreOrder, back_up_while_leaving, carry_out, greeting
from ui.steps import Steps
from ui.tasks import Tasks, no_reading
from ui.unlock import UnlockDialog
from ui.zoom import Zoom
from workbench.app import Workbench
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, use_language
from workbench.base.pc import PcSettings, last_book
from workbench.trust import entering
from workbench.trust.seen import changed_since_seen, saw

#: events that show somebody is at the PC; a tuple made once, because every event of the program is compared with it
_AWAKE = (QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress)

#: milliseconds without them after which the program may do what makes it stand still for a moment
_REST = 700


class Program(QObject):
    """Owns what outlives a window: the settings of this PC, the worker, the open book."""

    def __init__(
        self,
        app: QApplication,
        book: Path | None = None,
        language: str | None = None,
        passphrase: str | None = None,
    ) -> None:
        super().__init__()
        self._passphrase = passphrase
        self.app = app
        self.pc = PcSettings.load()
        self._qt_words = QtWords(app, self)
        self._speak(language or self.pc.language)
        theme.load_fonts()
        theme.apply(app, self.pc.theme, self.pc.zoom)
        clipboard.clipboard()  # from now on it follows what is copied by hand
        self.alt = AltKeys()
        self.zoom = Zoom(app, self._in_sight)
        self.zoom.changed.connect(self._keep_zoom)
        app.setQuitOnLastWindowClosed(False)
        self.path = book or last_book()
        self.tasks = Tasks()
        self.steps = Steps(self.tasks)
        self.edge = ErrorEdge()
        self.tasks.failed.connect(self.edge.show)
        self.workbench: Workbench | None = None
        self.window: MainWindow | None = None
        self.door: UnlockDialog | None = None
        self.cover = WindowCover(app)
        self.locked_door: LockedDoor | None = None
        self._look: LookThrough | None = None
        self._first_steps = FirstSteps(self.tasks, lambda: self.window, self)
        self._idle = QTimer(self)
        self._idle.timeout.connect(self._lock_when_idle)
        app.installEventFilter(self)
        self._collector = Collector(self, self._at_rest)
        QTimer.singleShot(5_000, self._collector, self._collector.start)

    # -- doors ---------------------------------------------------------------------------------------------

    def ask(self, *, try_kept: bool = True) -> UnlockDialog:
        """Show the door. A passphrase given at the start (a demonstration, the environment) is entered by itself.

        `try_kept` also allows one kept in the system's key ring; after locking neither is used.
        """
        passphrase = self._passphrase if try_kept else None
        if self.door is not None:
            self.door.deleteLater()
        door = UnlockDialog(
            self.path, self.tasks, try_kept=try_kept and not passphrase, recent=self.pc.recent
        )
        self.edge.over = door
        door.opened.connect(self.enter)
        door.rejected.connect(self.leave)
        door.show()
        self.door = door
        if passphrase:
            door.first.setText(passphrase)
            door.again.setText(passphrase)
            door.accept_words()
        QTimer.singleShot(0, self, load_first_page)
        return door

    def enter(self, workbench: Workbench) -> None:
        """Show the window of a book that was opened; the door has done its work."""
        fresh = self.door is not None and self.door.made
        if self.door is not None:
            self.door.deleteLater()
            self.door = None
        try:
            self._show(workbench)
            if self.window is not None and self._passphrase is None:
                self._first_steps.begin(workbench, self.window, made=fresh)
        except Exception as error:  # noqa: BLE001  (without a window the book could be neither closed nor opened again)
            self.lock()
            self.edge.show(error)

    def _show(self, workbench: Workbench) -> None:
        """Open the window and report settings that could not be saved and files that were moved aside."""
        self.workbench = workbench
        self.tasks.stop_reading = workbench.book.stop_reading
        self.steps.begin(workbench)
        self.path = workbench.book.path
        unkept = None
        if self._passphrase is None:  # a demonstration's book is not what this PC opens next time
            self.pc.opened(self.path, next_time=not workbench.is_sample)
            unkept = self._keep_settings()
        self._start_idle_clock(workbench)
        window = self.open_window()
        if unkept is not None:
            window.notice.tell(Change.nothing(), unkept.sentence())
        if words := " ".join(filter(None, (workbench.moved_aside(), greeting(workbench, self.pc)))):
            window.notice.tell(Change.nothing(), words)
        if older := changed_since_seen(workbench.book):
            self.edge.show(older)
        self._look = LookThrough(workbench, self.pc, window, partial(window.notice.tell, Change.nothing()))

    def open_window(self, page: str = FIRST, geometry: QByteArray | None = None) -> MainWindow:
        """A window on the open book, in the language and theme in force."""
        if self.workbench is None:
            raise RuntimeError("no book is open")
        window = MainWindow(self.workbench, self.tasks, self.pc, self.steps)
        self.edge.over = window
        window.lock_requested.connect(self.hide_all)
        window.zoom_stepped.connect(self.zoom.step)
        window.zoom_requested.connect(self.zoom.ask)
        window.rebuild_requested.connect(self.rebuild)
        window.book_requested.connect(self.turn_to)
        window.restore_requested.connect(self.restore)
        window.closing.connect(self.leave)
        self.window = window
        if geometry is not None:
            window.restoreGeometry(geometry)
        window.show()
        window.open_page(page)
        return window

    def rebuild(self) -> None:
        """Language or theme changed: the same place in a new window. The old one goes first: fonts and colours of the
        application are laid on every widget there is, which takes long once all pages were open.
        """
        page, geometry = FIRST, None
        old, self.window = self.window, None
        if old is not None:
            page, geometry = old.current, old.saveGeometry()
            self.edge.over = None
            old.done()
        self._speak(self.pc.language)
        theme.apply(self.app, self.pc.theme, self.pc.zoom)
        self.open_window(page, geometry)

    def _speak(self, language: str) -> None:
        """Our words and Qt's in one language."""
        use_language(language)
        self._qt_words.speak(language)
        self.app.setApplicationName(_("客户工作台"))

    def hide_all(self) -> None:
        """Lock: hide every window behind a door until the passphrase is typed. The book stays open, and what was typed stays."""
        if self.workbench is None or self.cover.on:
            return
        self._idle.stop()
        clipboard.empty()
        door = LockedDoor(self.workbench, self.tasks)
        door.unlocked.connect(self.show_all)
        door.book_closed.connect(self.lock)
        self.locked_door = door
        self.cover.over(door)
        door.show()
        door.activateWindow()
        book = self.workbench.book
        self.tasks.run(lambda: entering.locked(book))

    def show_all(self) -> None:
        """The right passphrase was typed: everything is as it was."""
        self._take_door_away(show=True)
        if self.workbench is not None:
            self._start_idle_clock(self.workbench)

    def _take_door_away(self, *, show: bool) -> None:
        door, self.locked_door = self.locked_door, None
        if door is not None:
            self.cover.off(show=show)
            door.hide()
            door.deleteLater()

    def lock(self) -> None:
        """Close the book and ask for the passphrase again: others may open it then."""
        if self.workbench is None:
            return  # already closed
        self._take_door_away(show=False)
        self._idle.stop()
        self._shut()
        self.ask(try_kept=False)

    def turn_to(self, book: Path) -> None:
        """Close the book and ask for the passphrase of another."""
        self._idle.stop()
        self._shut()
        self.path, self._passphrase = book, None
        self.ask()

    def restore(self, order: RestoreOrder) -> None:
        """Close the book, put a backup in its place and ask for the passphrase; what stood there is kept beside it."""
        self._idle.stop()
        self._shut()
        door = self.ask(try_kept=False)
        carry_out(order, self.tasks, door, door.first, door.fault.setText)

    def leave(self) -> None:
        """End the program; the day's backup is made when the window is gone."""
        self._shut(leaving=True)
        self.app.quit()

    def close(self) -> None:
        """End the program for good: stop the timers, close window, book and worker. Tests call it too."""
        self._take_door_away(show=False)
        self._idle.stop()
        self._collector.stop()
        self.app.removeEventFilter(self)
        self._shut()
        if self.door is not None:
            self.door.blockSignals(True)
            self.door.close()
        self.tasks.close()
        self._qt_words.be_still()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch every event of the program: restart the idle clock, and what `habits` acts on."""
        kind = event.type()  # asked once: this runs for every event that there is
        if kind in _AWAKE and self._idle.isActive():
            self._idle.start()
        return kind in OF_HABIT and watch(self, kind, watched, event)

    def _start_idle_clock(self, workbench: Workbench) -> None:
        self._idle.start(workbench.rules.whole("window.lock_minutes") * 60_000)

    def _at_rest(self) -> bool:
        """Whether nobody is at the keyboard or the mouse for the moment."""
        clock = self._idle
        return not clock.isActive() or clock.interval() - clock.remainingTime() > _REST

    def _lock_when_idle(self) -> None:
        self.hide_all()

    def _in_sight(self) -> list[QWidget]:
        """What follows another zoom at once: open dialogs, and of the window all but the pages behind."""
        dialogs = [one for one in self.app.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        return [*(self.window.in_sight() if self.window is not None else ()), *dialogs]

    def _keep_zoom(self, percent: int) -> None:
        self.pc.zoom = percent
        unkept = self._keep_settings()
        if self.window is not None:
            self.window.make_room()
            words = (
                unkept.sentence() if unkept is not None else _("显示比例 {percent} %").format(percent=percent)
            )
            self.window.notice.tell(Change.nothing(), words)

    def _keep_settings(self) -> WorkbenchError | None:
        """Save what this PC opens next time. The error is returned, not raised: it must not keep a book from opening."""
        try:
            self.pc.save()
        except WorkbenchError as error:
            log.warning("settings not kept: %s", error.code)
            return error
        return None

    def _shut(self, *, leaving: bool = False) -> None:
        """Close window and book. The worker is drained first: nothing may run on a closed book."""
        clipboard.empty()
        self._first_steps.end()
        window, self.window = self.window, None
        if window is not None:
            self.edge.over = None  # a message box must not belong to the window that closes
            self.pc.window = window.place_on_screen()
            self._keep_settings()
            window.done()
        if self.workbench is not None:
            self.tasks.drain()
            self.steps.begin(None)
            if self._look is not None:
                self._look.end()
                self._look = None
            if leaving:
                back_up_while_leaving(self.workbench, self.pc)
            with suppress(WorkbenchError):  # a book that cannot be read any more is closed all the same
                saw(self.workbench.book)
            self.workbench.close()
            self.tasks.stop_reading = no_reading
            self.workbench = None
            self._collector.ask()


def run(book: Path | None = None, language: str | None = None, passphrase: str | None = None) -> int:
    """Open the window; the passphrase is asked for unless it is given. The exit status is returned."""
    start_log()
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    program = Program(app, book, language, passphrase)
    program.edge.catch_all()
    program.ask()
    status = app.exec()
    program.close()
    return status
