"""Pictures of sheets before they are entered: the picture at left with its boxes, the rows at right, doubtful ones first."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QSplitter, QWidget

from ui.pages.results.paper_view import PaperView
from ui.widgets.parts import Card, button, column, flow, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas, sentences
from workbench.outreach.codes import codes
from workbench.outreach.results.forms import form_of
from workbench.sheets.coming_back.grid import day_of

if TYPE_CHECKING:
    from workbench.outreach.results.marks import KeyWord
    from workbench.sheets.picture.picture import BoxReading
    from workbench.sheets.picture.review import PictureReview
    from workbench.sheets.picture.rows import PictureRow

#: pixels below which the list shows no row and its neighbours
_LEAST = 120
#: pixels that the rows need beside the picture
_NARROWEST = 340
#: a day without its year lies ahead
_AHEAD = dt.timedelta(days=182)
_NEARER, _FARTHER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal), (Qt.Key.Key_Minus, Qt.Key.Key_Underscore)


class PictureCard(QWidget):
    """Shows a `PictureReview`. Digits settle the row under the keyboard, Delete leaves it empty, Tab goes to the next question;
    `changed()` after a row was settled, `enter_requested()` on Enter when no question is left."""

    changed = Signal()
    enter_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.review: PictureReview | None = None
        self.view = PaperView()
        self.paper_name = label("", "second", wrap=True)
        self.to_do = label("", "heading", wrap=True)
        self.counts = label("", "second", wrap=True)
        self.doubt = label("", "todo", wrap=True)
        self.legend = label("", "second", wrap=True)
        self.fault = label("", "red", wrap=True)
        self.table = Table(self._columns(), name="results.picture", wrap=True)
        self.table.setAccessibleName(_("照片上的行"))
        self.table.setMinimumHeight(_LEAST)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.table.chosen.connect(self._look)
        self.table.opened.connect(self._opened)
        for part in (self.table, self.view):
            part.installEventFilter(self)
        self.next_date, self.note = QLineEdit(), QLineEdit()
        self.next_date.setPlaceholderText(_("下次日期,如 12-03"))
        self.next_date.setAccessibleName(_("下次日期"))
        self.next_date.setMaximumWidth(150)
        self.note.setPlaceholderText(_("手记"))
        self.note.setAccessibleName(_("手记"))
        for field in (self.next_date, self.note):
            field.editingFinished.connect(self._keep_beside)
        self.beside = QWidget()
        line = row(self.next_date, self.note)
        line.setContentsMargins(0, 0, 0, 0)
        self.beside.setLayout(line)
        whole = column(self.counts, self._paper())
        whole.setStretch(1, 1)
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)

    def _paper(self) -> QSplitter:
        near = button("+", self.view.nearer, "act", tip=_("放大(+)"))
        far = button("−", self.view.farther, "act", tip=_("缩小(-)"))
        page = button(_("整页"), self.view.whole, "act", tip=_("看整页(*)"))
        for one, words in ((near, _("放大")), (far, _("缩小"))):
            one.setAccessibleName(words)
        left = Card()
        head = row(self.paper_name, far, near, page)
        head.setStretch(0, 1)
        left.body.addLayout(head)
        left.body.addWidget(self.view, 1)
        right = Card()
        right.setMinimumWidth(_NARROWEST)
        inside = column(
            self.to_do, self.table, self.doubt, self.legend, self.beside, self.fault, spacing=4
        )  # fmt: skip
        inside.setStretch(1, 1)
        right.body.addWidget(flow(inside))
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        # takes what height there is: a picture would want its own
        parts.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        parts.addWidget(left)
        parts.addWidget(right)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        parts.setSizes([600, 420])
        return parts

    def _columns(self) -> "list[Column[PictureRow]]":
        return [
            Column(_("号"), lambda one: one.label, 46),
            Column(_("客户"), lambda one: one.who, 0, key=True),
            Column(_("读作"), self._word, 0, ink=lambda one: "red" if self._open(one) else None),
        ]  # fmt: skip

    # -- showing ---------------------------------------------------------------------------------------------

    def show_review(self, review: "PictureReview") -> None:
        """Show pictures: the first question, else the first row."""
        self.review = review
        self.table.table.fill(review.rows)
        self._tell()
        self.to_question()
        if not review.questions and review.rows:
            self._go(0)

    def clear_review(self) -> None:
        """Forget the pictures: nothing of them stays in memory."""
        self.review = None
        self.table.table.fill(())
        self.view.clear_page()

    def to_question(self, step: int = 1) -> bool:
        """Go to the next row that is still a question, `step` -1: the one before; whether there is one."""
        review = self.review
        if review is None or not review.questions:
            return False
        here = self.table.table.source(self.table.currentIndex().row())
        places = [number for number, one in enumerate(review.rows) if review.open(one)]
        ahead = [number for number in places if (number - here) * step > 0]
        self._go((ahead[0] if step > 0 else ahead[-1]) if ahead else places[0 if step > 0 else -1])
        return True

    def focus_rows(self) -> None:
        """The keyboard in the list of rows."""
        self.table.setFocus()

    def _go(self, number: int) -> None:
        if self.table.table.place(number) < 0:
            self.table.table.keep_all()  # a question may not hide behind a filter
        self.table.go_to(number)

    def _look(self, _number: int) -> None:
        """Show the row under the keyboard on its picture."""
        review, one = self.review, self._current()
        self.fault.setText("")
        if review is None or one is None:
            return
        page = review.page(one)
        self.view.show_page(page)
        self._draw()
        self.view.look_at(one.boxes)
        sheet = next(other for other in review.sheets if other.number == one.sheet)
        words = _("{name} {of} · 编号 {number} 第 {page} 页")
        self.paper_name.setText(
            words.format(name=form_of(sheet.kind).name, of=sheet.of, number=one.sheet, page=one.page)
        )
        self.doubt.setText(one.doubt if review.open(one) else "")
        self.doubt.setVisible(review.open(one))
        self.legend.setText(_("{keys}   Delete 空着").format(keys=keys_words(review.keys(one))))
        takes, beside = review.takes(one), review.beside(one)
        self.beside.setVisible(bool(takes))
        for field, what, text in (
            (self.next_date, "next", beside.next_date),
            (self.note, "note", beside.note),
        ):
            field.setVisible(what in takes)
            field.setText(text)

    def _draw(self) -> None:
        """Draw what is read on the page in front over its boxes."""
        review, here, page = self.review, self._current(), self.view.page
        if review is None or page is None:
            return
        self.view.wipe()
        for one in review.rows:
            if (one.sheet, one.page) != (page.sheet, page.page):
                continue
            for box in one.boxes:
                state, sign = self._state(one, box)
                self.view.mark(box, state, sign=sign)
        if here is not None:
            self.view.frame(here.boxes)

    def _state(self, one: "PictureRow", box: "BoxReading") -> tuple[str, str]:
        """How a box is drawn, and the sign above it where it is another than usual."""
        review = self.review
        if review is None or (review.open(one) and box.state == "empty"):
            return "empty", ""
        if review.open(one):
            return "doubtful", ""
        if not review.holds(one, box):
            return "empty", ""
        return ("settled" if review.answered(one) else "ticked"), "" if box.box.mark else review.code(one)

    def _tell(self) -> None:
        review = self.review
        if review is None:
            return
        questions = len(review.questions)
        self.to_do.setText(
            _("还有 {n} 处要看:按数字定,按 Tab 到下一处。").format(n=questions)
            if questions
            else _("都看清了。按回车录入,或用方向键再核对一遍。")
            if review.count
            else _("照片上没有打勾的行,没有可录入的。")
        )
        empty = len(review.rows) - review.count - questions
        words = _("读到 {n} 行有结果,{empty} 行空着。").format(n=review.count, empty=empty)
        self.counts.setText(sentences((words, *review.notices)))

    def _current(self) -> "PictureRow | None":
        one: PictureRow | None = self.table.current()
        return one

    def _open(self, one: "PictureRow") -> bool:
        return self.review is not None and self.review.open(one)

    def _word(self, one: "PictureRow") -> str:
        review = self.review
        if review is None:
            return ""
        if review.open(one):
            return _("? 看一眼")
        mark, beside = review.mark(one), review.beside(one)
        if mark is None:
            return _("空着")
        words = f"✓ {mark.word}" if not review.answered(one) else _("{word}(您定的)").format(word=mark.word)
        return " · ".join(filter(None, (words, beside.next_date, beside.note)))

    # -- by key ----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits, Delete, Tab and the zoom, pressed in the list or on the picture."""
        if (
            watched in (self.table, self.view)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
        ):
            return self._pressed(event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        """Whether a key was one of the review."""
        key, one = event.key(), self._current()
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            return False
        if key in _NEARER:
            self.view.nearer()
        elif key in _FARTHER:
            self.view.farther()
        elif key == Qt.Key.Key_Asterisk:
            self.view.whole()
        elif key == Qt.Key.Key_Tab:
            return self.to_question()
        elif key == Qt.Key.Key_Backtab:
            return self.to_question(-1)
        elif one is not None and event.text().isdigit() and event.text().isascii():
            self.settle(event.text())
        elif one is not None and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.settle("")
        else:
            return False
        return True

    def settle(self, code: str) -> None:
        """Settle the row under the keyboard; a question gives way to the next one."""
        review, one = self.review, self._current()
        if review is None or one is None:
            return
        was_open = review.open(one)
        fault = review.settle(one, code)
        if fault:
            self.fault.setText(fault)
            return
        self.table.viewport().update()
        self._tell()
        self._look(0)
        if was_open:
            self.to_question()
        self.changed.emit()

    def _opened(self, _number: int) -> None:
        if not self.to_question() and self.review is not None and self.review.count:
            self.enter_requested.emit()

    def _keep_beside(self) -> None:
        review, one = self.review, self._current()
        if review is None or one is None:
            return
        day = day_of(self.next_date.text(), today() + _AHEAD)
        try:
            review.write(one, next_date=day, note=self.note.text())
        except WorkbenchError as error:
            self.fault.setText(error.sentence())
            return
        self.fault.setText("")
        self.next_date.setText(review.beside(one).next_date)
        self.table.viewport().update()


def keys_words(keys: "Sequence[KeyWord]") -> str:
    """The digits with what they mean; what the reasons of a missed row have in common is said once."""
    reasons = dict(codes("missed"))
    ends = [(one.digit, one.mark.word, reasons.get(one.mark.code.partition(":")[2], "")) for one in keys]
    words = [f"{digit} {word}" for digit, word, reason in ends if not reason]
    if missed := commas(f"{digit} {reason}" for digit, _word, reason in ends if reason):
        words.append(_("未完成:{reasons}").format(reasons=missed))
    return "   ".join(words)
