"""What the page 话术 looks for: typed words, a customer, and a choice for each thing that scripts are for."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.parts import button, column, row
from ui.widgets.person import PersonSearch
from ui.widgets.wrapped import Strip
from workbench.base.i18n import _
from workbench.insight.genes.data import letters, segments
from workbench.insight.measures.cues import LETTERS
from workbench.outreach.playbook.finding import Looking
from workbench.outreach.playbook.library import ScriptLibrary
from workbench.outreach.playbook.own_rows import whose_words
from workbench.outreach.playbook.script import Whose
from workbench.people.customer import CustomerHit

if TYPE_CHECKING:
    from workbench.app import Workbench

STAGES = ("J1", "J2", "J3", "J4", "J5")
#: the choice of those that are left out
OFF = "off"
_WHOSE: tuple[Whose, ...] = ("shipped", "own", "office")


class SearchLine(QLineEdit):
    """Arrows and Enter go to the list: `entered()`."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter leave for the list."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)


class ScriptFilters(QWidget):
    """`changed()` when others are looked for, `customer_changed()` when it is for somebody else; `entered()`: on to the list."""

    changed = Signal()
    customer_changed = Signal()
    entered = Signal()

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__()
        self.customer_no: str | None = None
        self.words = SearchLine()
        self.words.setProperty("role", "search")
        self.words.setPlaceholderText(_("找话术:正文、场景、拼音首字母、编号    Ctrl+F"))
        self.words.setAccessibleName(_("找话术"))
        self.words.textChanged.connect(lambda _text: self.changed.emit())
        self.words.entered.connect(self.entered)
        self.person = PersonSearch(workbench, tasks, self)
        self.person.line.setPlaceholderText(_("对哪位客户:姓名、拼音首字母、尾号"))
        self.person.line.setAccessibleName(_("对哪位客户"))
        self.person.line.setMinimumWidth(240)
        self.person.line.returnPressed.connect(self.person.take)
        self.person.line.textChanged.connect(self._cleared)
        self.person.taken.connect(self._taken)
        rules = workbench.rules
        self.scene = _choice(_("全部场景"), ())
        self.segment = _choice(_("全部客群"), ((one.code, _(one.name)) for one in segments()))
        self.style_ = _choice(_("全部性格"), ((code, _(letters()[code].name)) for code in LETTERS))
        self.stage = _choice(_("全部阶段"), ((code, rules.text(f"journey.{code}")) for code in STAGES))
        self.book = _choice(_("全部话术册"), ())
        whose = [*((one, whose_words(one)) for one in _WHOSE), (OFF, _("停用的"))]
        self.whose = _choice(_("全部来源"), whose)
        self.all = button(_("看全部"), self.clear_all, "link")
        self.all.hide()
        self._named(
            (self.scene, _("场景")), (self.segment, _("客群")), (self.style_, _("性格")), (self.stage, _("阶段")),
            (self.book, _("话术册")), (self.whose, _("来源")),
        )  # fmt: skip
        above = row(self.words, self.person.line)
        above.setStretch(0, 3)
        above.setStretch(1, 2)
        inside = column(spacing=6)
        inside.addLayout(above)
        inside.addWidget(self.person.below)
        inside.addWidget(Strip(*self._boxes, self.all, gap=8))
        inside.setContentsMargins(0, 0, 0, 0)
        self.setLayout(inside)

    def _named(self, *named: tuple[QComboBox, str]) -> None:
        self._boxes = [box for box, _name in named]
        for box, name in named:
            box.setAccessibleName(name)
            box.currentIndexChanged.connect(self._chosen)

    def offer(self, held: ScriptLibrary) -> None:
        """Offer the scenes and books that there are scripts of."""
        scenes = {one.scene for one in held.scripts.values()}
        books = {one.library for one in held.scripts.values()}
        _refill(self.scene, ((one.code, _(one.name)) for one in held.scenes.values() if one.code in scenes))
        _refill(self.book, ((one.code, _(one.name)) for one in held.books.values() if one.code in books))

    def looking(self) -> Looking:
        """What is looked for."""
        whose = self.whose.currentData()
        return Looking(
            self.words.text(), self.scene.currentData(), self.segment.currentData(), self.style_.currentData(),
            self.stage.currentData(), self.book.currentData(), whose if whose in _WHOSE else None,
        )  # fmt: skip

    @property
    def off(self) -> bool:
        """Whether those are looked for that are left out."""
        return bool(self.whose.currentData() == OFF)

    def show_customer(self, customer_no: str) -> None:
        """Look for what may be said to this customer, whatever was looked for before."""
        self.customer_no = customer_no
        self.person.preset(customer_no)
        self._reset()
        self.customer_changed.emit()

    def clear_all(self) -> None:
        """Look for everything, for nobody in particular."""
        somebody = self.customer_no is not None
        self.customer_no = None
        self.person.line.clear()
        self._reset()
        if somebody:
            self.customer_changed.emit()
        else:
            self.changed.emit()
        self.words.setFocus()

    def choose_book(self, code: str) -> None:
        """Look into one book, as the person would choose it."""
        self.book.setCurrentIndex(max(self.book.findData(code), 0))

    def _reset(self) -> None:
        for one in (*self._boxes, self.words):
            one.blockSignals(True)
        self.words.clear()
        for box in self._boxes:
            box.setCurrentIndex(0)
        for one in (*self._boxes, self.words):
            one.blockSignals(False)
        self._tell_all()

    def _taken(self, hit: CustomerHit) -> None:
        self.customer_no = hit.customer_no
        self._tell_all()
        self.customer_changed.emit()

    def _cleared(self, text: str) -> None:
        """An emptied line is about nobody."""
        if not text and self.customer_no is not None:
            self.customer_no = None
            self._tell_all()
            self.customer_changed.emit()

    def _chosen(self, _at: int) -> None:
        self._tell_all()
        self.changed.emit()

    def _tell_all(self) -> None:
        chosen = any(box.currentIndex() > 0 for box in self._boxes)
        self.all.setVisible(chosen or self.customer_no is not None)


def _choice(everything: str, offered: Iterable[tuple[str, str]]) -> QComboBox:
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.addItem(everything, "")
    for code, words in offered:
        made.addItem(words, code)
    return made


def _refill(box: QComboBox, offered: Iterable[tuple[str, str]]) -> None:
    """Offer other things; what was chosen stays chosen where it is still offered."""
    kept = box.currentData()
    box.blockSignals(True)
    while box.count() > 1:
        box.removeItem(1)
    for code, words in offered:
        box.addItem(words, code)
    box.setCurrentIndex(max(box.findData(kept), 0))
    box.blockSignals(False)
