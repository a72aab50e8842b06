"""Hides every window of the program while it is locked, and shows them again as they were: nothing is closed, so nothing that
was typed is lost, but for passphrases and passwords: whoever unlocks need not be the one who typed them."""

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QToolTip, QWidget
from shiboken6 import isValid


def covering() -> "WindowCover | None":
    """The cover that hides everything now; None while the program is not locked."""
    app = QApplication.instance()
    only = Qt.FindChildOption.FindDirectChildrenOnly
    covers = app.findChildren(WindowCover, options=only) if app is not None else []
    return next((one for one in covers if one.on), None)


class WindowCover(QObject):
    """Over all windows but the door. What wants to appear meanwhile (a message, a dialog that a job opens) waits too; `lifted`
    with whether it was shown again."""

    lifted = Signal(bool)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._door: QWidget | None = None
        self._hidden: list[QWidget] = []

    @property
    def on(self) -> bool:
        """Whether all is hidden."""
        return self._door is not None

    def over(self, door: QWidget) -> None:
        """Hide everything but the door."""
        while (popup := self._app.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        self._door = door
        self._app.installEventFilter(self)
        for one in self._app.topLevelWidgets():
            if one is not door:
                _empty_secrets(one)
            if one is not door and one.isVisible():
                self._hide(one)

    def off(self, *, show: bool = True) -> None:
        """Show what was hidden; without `show` it stays hidden, because it is about to be closed."""
        self._app.removeEventFilter(self)
        self._door = None
        hidden, self._hidden = [one for one in self._hidden if isValid(one)], []
        for one in hidden:
            one.setWindowOpacity(1)
        if show:
            # owners before what they own: a dialog belongs over its window
            for one in sorted(hidden, key=_depth):
                one.show()
        self.lifted.emit(show)

    def wait(self) -> bool:
        """Until it is off, the door being usable meanwhile; whether everything is shown again."""
        loop, shown = QEventLoop(), [False]

        def end(show: bool) -> None:
            shown[0] = show
            loop.quit()

        self.lifted.connect(end)
        loop.exec()
        self.lifted.disconnect(end)
        return shown[0]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window that appears while all is hidden waits: it is hidden once it stands, and cannot be seen until then."""
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not self._of_door(watched)
        ):
            # hidden in the midst of being shown, its native window would stay on the screen
            watched.setWindowOpacity(0)
            QTimer.singleShot(0, watched, lambda: self._put_off(watched))
        return False

    def _of_door(self, window: QWidget) -> bool:
        above: QWidget | None = window
        while above is not None:
            if above is self._door:
                return True
            above = above.parentWidget()
        return False

    def hides(self, window: QWidget) -> bool:
        """Whether a window would be seen if this were not over it."""
        return any(one is window for one in self._hidden)

    def _put_off(self, window: QWidget) -> None:
        if self.on and window.isVisible():
            self._hide(window)
        else:
            window.setWindowOpacity(1)

    def _hide(self, window: QWidget) -> None:
        window.hide()
        if self.hides(window):
            return
        self._hidden.append(window)
        if isinstance(window, QDialog):  # done with meanwhile, it does not come back
            window.finished.connect(lambda _result: self._forget(window))

    def _forget(self, window: QWidget) -> None:
        self._hidden = [one for one in self._hidden if one is not window]
        window.setWindowOpacity(1)


def _empty_secrets(window: QWidget) -> None:
    """Empty every field whose letters are not shown. Such a field undoes nothing: the text does not come back by Ctrl+Z."""
    for field in window.findChildren(QLineEdit):
        if field.echoMode() is not QLineEdit.EchoMode.Normal:
            field.clear()


def _depth(window: QWidget) -> int:
    deep = 0
    above = window.parentWidget()
    while above is not None:
        deep += above.isWindow()
        above = above.parentWidget()
    return deep
