"""复盘: the counts of the day against the list, what a person writes about it, and the report of the week (domain 13.4)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFormLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from ui import clipboard
from ui.pages.today.words import day_title
from ui.widgets.parts import Card, button, column, flow, label, row
from ui.widgets.wrapped import Tiles
from workbench.base.day_words import named_day
from workbench.base.i18n import _
from workbench.outreach.reviews.review import DayReview, ReviewWords, WeekReport

#: pixels of a field with room for three lines, and of one with one
_THREE, _ONE = 72, 36


class WrittenField(QPlainTextEdit):
    """A few lines of text; Tab goes on to the next field. `ready()` on Ctrl+Enter."""

    ready = Signal()

    def __init__(self, height: int, hint: str) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(height)
        self.setPlaceholderText(hint)
        if height == _ONE:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def typed(self) -> bool:
        """Whether somebody typed since the text was set."""
        return bool(self.document().isModified())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter is done with it; the rest is typing."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.ready.emit()
        else:
            super().keyPressEvent(event)

    def put(self, text: str) -> None:
        """Set the text, unless somebody typed another one that is not stored yet."""
        if not self.typed and self.toPlainText() != text:
            self.setPlainText(text)
            self.moveCursor(QTextCursor.MoveOperation.End)


class ReviewView(QWidget):
    """`kept(date, words)` when the review is to be stored."""

    kept = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.date = ""
        self.figures: dict[str, QLabel] = {}
        names = {
            "planned": _("计划"), "called": _("拨打"), "reached": _("接通"), "invited": _("约到"), "met": _("见面"),
            "done": _("办成"),
        }  # fmt: skip
        cards: list[QWidget] = []
        for name, words in names.items():
            self.figures[name] = label("", "big")
            card = Card(words, self.figures[name])
            cards.append(card)
        self.tiles = Tiles(cards, len(cards), 110)
        self.left = label("", "second", wrap=True)
        self.objections = WrittenField(_THREE, _("每行一条,最多三条;今天备注里写的会先填上"))
        self.tomorrow = WrittenField(_THREE, _("明天先联系谁、补什么"))
        self.skill = WrittenField(_ONE, _("明天练哪一项:开场白、倾听、异议处理"))
        self.supervisor = WrittenField(_ONE, _("主管说了什么"))
        self.save = button(_("存下复盘"), self.keep, tip="Ctrl+Enter")
        for one in self.fields:
            one.ready.connect(self.keep)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in (
            (_("主要异议"), self.objections), (_("明天"), self.tomorrow), (_("练习"), self.skill),
            (_("主管的话"), self.supervisor),
        ):  # fmt: skip
            form.addRow(label(name, "second"), field)
        self.written = Card(_("今天的话"), self.save)
        self.written.body.addLayout(form)
        self.report = label("", wrap=True)
        self.copied = label("", "second")
        self.copy = button(_("复制小结"), self._copy)
        self.report_card = Card(_("本周小结(按联系记录起草)"), self.copied, self.copy)
        self.report_card.body.addWidget(self.report)
        area = flow(column(self.tiles, self.left, self.written, self.report_card, None))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(row(area))

    @property
    def fields(self) -> tuple[WrittenField, ...]:
        """The fields in the order of the work."""
        return self.objections, self.tomorrow, self.skill, self.supervisor

    @property
    def typed(self) -> bool:
        """Whether something was typed that is not stored."""
        return any(one.typed for one in self.fields)

    def words(self) -> ReviewWords:
        """What stands in the fields."""
        return ReviewWords(*(one.toPlainText().strip() for one in self.fields))

    def fill(self, review: DayReview, report: WeekReport) -> None:
        """Show the review of a day and the report of its week; what is being typed stays."""
        if review.date != self.date:
            for one in self.fields:
                one.document().setModified(False)
        self.date = review.date
        self.written.heading.setText(_("{day}的话").format(day=named_day(review.date)))
        counts = review.counts.as_json()
        for name, figure in self.figures.items():
            figure.setText(str(counts[name]))  # type: ignore[literal-required]
        left = _("{day}:清单上还剩 {n} 位没有联系。") if review.left else _("{day}:清单上的都联系过了。")
        if not review.left and not review.counts.planned:
            left = _("{day}:清单上没有客户。")
        self.left.setText(left.format(day=day_title(review.date), n=review.left))
        words, suggested = review.words, review.suggested
        self.objections.put(words.objections or (suggested.objections if words.empty else ""))
        self.tomorrow.put(words.tomorrow or (suggested.tomorrow if words.empty else ""))
        self.skill.put(words.skill)
        self.supervisor.put(words.supervisor)
        self.report.setText(report.text)
        self.copied.setText("")

    def keep(self) -> None:
        """Ask to store what is written."""
        if self.date:
            self.kept.emit(self.date, self.words())

    def stored(self) -> None:
        """What was typed is in the book."""
        for one in self.fields:
            one.document().setModified(False)

    def _copy(self) -> None:
        clipboard.put(self.report.text())
        self.copied.setText(_("已复制"))

    def focus_first(self) -> None:
        """The first field."""
        self.objections.setFocus()
