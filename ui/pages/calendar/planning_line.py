"""That the year is being planned anew behind what is shown, how far it is, and the way to stop it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.parts import button, label, row
from workbench.base.i18n import _

#: milliseconds before it is said: mostly nothing has changed
_PATIENCE = 300


class PlanningLine(QWidget):
    """Hidden while nothing is planned; `stop_requested()`."""

    stop_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "second", wrap=True)
        self.stop = button(_("停止"), lambda: self.stop_requested.emit(), "link")
        line = row(self.words, self.stop)
        line.setStretch(0, 1)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PATIENCE)
        self._soon.timeout.connect(self.show)
        self.hide()

    @property
    def begun(self) -> bool:
        """Whether planning is under way."""
        return self._soon.isActive() or not self.isHidden()

    def begin(self) -> None:
        """Planning begins."""
        self.words.setText(_("正在按最新的数据重排全年,下面先看存着的计划。"))
        if self.isHidden():
            self._soon.start()

    def tell(self, share: float, words: str) -> None:
        """How far it is: a share 0..1 and what is being done."""
        wording = _("正在按最新的数据重排全年({words},{share}),下面先看存着的计划。")
        self.words.setText(wording.format(words=words, share=f"{share:.0%}"))

    def end(self) -> None:
        """Nothing is planned any more."""
        self._soon.stop()
        self.hide()
