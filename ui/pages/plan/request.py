"""The request for what one of the three rows needs: applied for, answered, with a note (domain 5: the resource slip)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets.parts import button, column, label
from ui.widgets.wrapped import Strip
from workbench.base.i18n import _
from workbench.outreach.requests import ResourceRequest


class RequestBar(QWidget):
    """`applied(note)`, `answered(granted, note)`; the note is stored with either."""

    applied = Signal(str)
    answered = Signal(bool, str)

    def __init__(self) -> None:
        super().__init__()
        self.state = label("", wrap=True)
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("备注:找谁批、批了多少"))
        self.note.setMinimumWidth(200)
        self.apply = button(_("已申请"), lambda: self.applied.emit(self.note.text()), "act")
        self.yes = button(_("同意"), lambda: self.answered.emit(True, self.note.text()), "act")
        self.no = button(_("不批"), lambda: self.answered.emit(False, self.note.text()), "act")
        whole = column(self.state, Strip(self.note, self.apply, self.yes, self.no, gap=6), spacing=4)
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)

    def fill(self, request: ResourceRequest | None) -> None:
        """Show a request; hidden for a row that has none."""
        self.setVisible(request is not None)
        if request is None:
            return
        dates = [_("申请 {date}").format(date=request.applied)] if request.applied else []
        if request.answered:
            dates.append(_("答复 {date}").format(date=request.answered))
        self.state.setText(" · ".join((_("资源申请:{state}").format(state=request.state), *dates)))
        if not self.note.hasFocus():
            self.note.setText(request.note)
        self.apply.setEnabled(not request.applied)
