"""The quiet notice of promises that are due: a count beside the page, a line in the window, a message where there is a tray."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from ui.tasks import Tasks
from ui.widgets.icons import icon
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.base.pc import PcSettings

if TYPE_CHECKING:
    from workbench.app import Workbench
    from workbench.outreach.promises.room import Promise

#: milliseconds between two looks: a promise falls due at midnight, and the program may run for days
_EVERY = 600_000


class PromiseNotice(QObject):
    """`counted(promises due)` after every look, `due(words)` once a day for each promise.

    `say(title, words)` shows a message outside the window; it names no customer, as anybody may see it.
    """

    counted = Signal(int)
    due = Signal(str)

    def __init__(
        self,
        window: QWidget,
        workbench: "Workbench",
        tasks: Tasks,
        pc: PcSettings,
        say: Callable[[str, str], object] | None = None,
    ) -> None:
        super().__init__(window)
        self._workbench, self._tasks, self._pc = workbench, tasks, pc
        self._tray = Tray(window)
        self._say = say or self._tray.say
        #: (day, promise) of which was spoken
        self._spoken: set[tuple[str, int]] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)

    def look(self) -> None:
        """Read what is due, in the background."""
        self._timer.start()
        day = today().isoformat()
        self._tasks.run(
            lambda: self._workbench.outreach.promises.open(day),
            lambda promises: self._tell(day, promises),
            failed=lambda _error: None,
            owner=self,
        )

    def _tell(self, day: str, promises: "tuple[Promise, ...]") -> None:
        self.counted.emit(len(promises))
        new = {(day, one.id) for one in promises} - self._spoken
        self._spoken |= new
        if not new or not self._pc.promise_notice:
            return
        words = _("答应客户的事有 {n} 件到期,排在今日清单最前面。").format(n=len(promises))
        self.due.emit(words)
        self._say(_("今日清单"), words)


class Tray(QObject):
    """Messages through the tray of the system, where it has one; never waits for an answer."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._icon: QSystemTrayIcon | None = None

    def say(self, title: str, words: str) -> None:
        """Show a message; without a tray nothing happens."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._icon is None:
            self._icon = QSystemTrayIcon(icon("today"), self)
        self._icon.show()
        self._icon.showMessage(title, words)
