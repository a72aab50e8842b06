"""Hides every window of the program while it is locked, and shows them again as they were: nothing is closed, so nothing that
was typed is lost, but for passphrases and passwords: whoever unlocks need not be the one who typed them."""

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QWidget


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
        #: what appeared meanwhile, kept off the screen
        self._late: list[QWidget] = []

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
        hidden, self._hidden = self._hidden, []
        late, self._late = self._late, []
        if not show:
            self.lifted.emit(False)
            return
        for one in late:
            one.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
            if one.isVisible():
                QWidget.setVisible(one, False)
                hidden.append(one)
        # owners before what they own: a dialog belongs over its window
        for one in sorted(hidden, key=_depth):
            one.show()
        self.lifted.emit(True)

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
        """A window that appears while all is hidden waits."""
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not self._of_door(watched)
            and not watched.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        ):
            # hiding it here would leave its native window on the screen; it is kept off the screen from the start instead
            watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            self._late.append(watched)
            watched.destroyed.connect(lambda: self._forget(watched))
        return False

    def _of_door(self, window: QWidget) -> bool:
        above: QWidget | None = window
        while above is not None:
            if above is self._door:
                return True
            above = above.parentWidget()
        return False

    def _hide(self, window: QWidget) -> None:
        window.hide()
        if window not in self._hidden:
            self._hidden.append(window)
            window.destroyed.connect(lambda: self._forget(window))

    def _forget(self, window: QWidget) -> None:
        self._hidden = [one for one in self._hidden if one is not window]
        self._late = [one for one in self._late if one is not window]


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
