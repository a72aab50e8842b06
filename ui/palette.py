"""The one search box: finds people (name, pinyin, any digits of a number; customers first, then persons without an account),
pages and actions from anywhere; says at once what is known of whoever is calling."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from ui.copy_phone import copy_phone
from ui.tasks import Tasks
from ui.widgets.icons import icon
from ui.words import caller_words, hit_words
from workbench.base.i18n import _
from workbench.people.customer import CustomerHit
from workbench.people.prospects.searching import ProspectHit

if TYPE_CHECKING:
    from workbench.app import Workbench
    from workbench.outreach.callers import CallerBrief

PEOPLE = 12
#: persons without an account
_PROSPECTS = 4
#: milliseconds to wait for customers before pages and actions are offered alone
_PATIENCE = 300
#: pixels that stay free at the right of the offers, and of the longest one
_EDGE = 30
#: how a customer was found where somebody may be calling
_BY_DIGITS = frozenset({"number", "phone", "phone_masked"})


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """A page or an action: `keys` are the other ways to type it (pinyin, initials, English)."""

    words: str
    keys: str
    icon: str
    act: Callable[[], object]
    #: how it is reached without the search box
    shortcut: str = ""

    def answers(self, text: str) -> bool:
        """Whether `text` (lower case) is part of the words or begins one of the keys."""
        return text in self.words.lower() or any(key.startswith(text) for key in self.keys.split())


class SearchBox(QLineEdit):
    """Type, arrow down, Enter. `person(customer_no)` when a customer is chosen, `prospect(key)` when a person without an
    account is; Ctrl+C copies the telephone number of the customer under the keyboard."""

    person = Signal(str)
    prospect = Signal(str)

    def __init__(self, workbench: "Workbench", tasks: Tasks, window: QWidget) -> None:
        super().__init__()
        self.workbench = workbench
        self.tasks = tasks
        #: the pages and actions that are offered
        self.entries: Sequence[PaletteEntry] = ()
        self._window = window
        self.setProperty("role", "search")
        self.setPlaceholderText(_("姓名 · 拼音 · 号码里任意几位 · 页面 · 动作    Ctrl+K"))
        self.setAccessibleName(_("搜索"))
        self.setClearButtonEnabled(True)
        self.popup = QListWidget(window)
        self.popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.popup.setIconSize(QSize(16, 16))
        self.popup.hide()
        self.popup.itemClicked.connect(self._take)
        self._acts: list[Callable[[], object]] = []
        #: the customers offered, in the first rows
        self._hits: Sequence[CustomerHit] = ()
        #: the text that the offers answer; whether Enter was pressed before there were any
        self._answered, self._pressed = "", False
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_PATIENCE)
        self._late.timeout.connect(lambda: self._offer(self.text().strip(), None))
        self.textEdited.connect(self._typed)
        self.installEventFilter(self)

    def _typed(self, text: str) -> None:
        query = text.strip()
        self._pressed = False
        if not query:
            self._late.stop()
            self.popup.hide()
            return
        self._late.start()
        self.tasks.run(
            lambda: (
                self.workbench.insight.search(query, PEOPLE),
                self.workbench.prospects.search(query, _PROSPECTS),
            ),
            lambda both: self._offer(query, *both),
            failed=lambda error: self._offer(query, []),
            owner=self,
            key=(self, "search"),
        )

    def _offer(
        self, query: str, hits: Sequence[CustomerHit] | None, prospects: Sequence[ProspectHit] = ()
    ) -> None:
        """Offer what fits `query`. Pages and actions are known at once; customers (None: not yet) when the book is
        free."""
        if not query or query != self.text().strip():
            return  # the text was cleared or changed meanwhile
        current = self.popup.currentItem()
        before = current.text() if current is not None and query == self._answered else ""
        self._answered = query
        self.popup.clear()
        self._acts = []
        self._hits = hits or ()
        for hit in self._hits:
            self._add(self._words(hit), "portrait", partial(self.person.emit, hit.customer_no))
        for one in prospects:
            words = "   ".join(filter(None, (one.name, one.phone, _("潜客"), one.held)))
            self._add(words, "prospect", partial(self.prospect.emit, one.key))
        for entry in self.entries:
            if entry.answers(query.lower()):
                self._add("    ".join(filter(None, (entry.words, entry.shortcut))), entry.icon, entry.act)
        if hits is None:
            self.popup.addItem(_("账本正忙,空闲后自动查找客户…"))
        elif not self._acts:
            self.popup.addItem(
                _("没有找到“{text}”。可以试试姓名、拼音首字母、客户号或手机号里的几位。").format(text=query)
            )
        kept = self.popup.findItems(before, Qt.MatchFlag.MatchExactly) if before else []
        self.popup.setCurrentRow(self.popup.row(kept[0]) if kept else 0)
        self._place()
        if hits is not None:
            self._late.stop()
        if self._pressed:
            self._take()
        elif any(hit.matched in _BY_DIGITS for hit in self._hits):
            self._tell_callers(query)

    def _words(self, hit: CustomerHit) -> str:
        return "   ".join(filter(None, (hit_words(hit), self._by(hit.matched))))

    def _tell_callers(self, query: str) -> None:
        """Say below each customer what a person wants to know when he is the one who calls."""
        people = [hit.customer_id for hit in self._hits]
        self.tasks.run(
            lambda: self.workbench.outreach.callers.of(people),
            lambda briefs: self._show_briefs(query, briefs),
            failed=lambda _error: None,
            owner=self,
            key=(self, "callers"),
        )

    def _show_briefs(self, query: str, briefs: "Mapping[int, CallerBrief]") -> None:
        if query != self._answered or query != self.text().strip():
            return
        for at, hit in enumerate(self._hits):
            brief = briefs.get(hit.customer_id)
            if brief is not None:
                copied = _("Ctrl+C 复制电话") if hit.phone else ""
                head = "   ".join(filter(None, (self._words(hit), copied)))
                self.popup.item(at).setText(f"{head}\n{caller_words(brief)}")
        self._place()

    def _add(self, words: str, icon_name: str, act: Callable[[], object]) -> None:
        self.popup.addItem(QListWidgetItem(icon(icon_name), words))
        self._acts.append(act)

    def _by(self, matched: str) -> str:
        words = {
            "name": _("姓名"),
            "pinyin": _("拼音"),
            "number": _("客户号"),
            "phone": _("手机号"),
            "phone_masked": _("可能是:名单里的号码有遮住的几位"),
        }
        return words.get(matched, "")

    def _place(self) -> None:
        rows = self.popup.count()
        height = sum(self.popup.sizeHintForRow(row) for row in range(rows)) + 6
        corner = self.mapTo(self._window, QPoint(0, self.height() + 2))
        widest = self._window.width() - corner.x() - _EDGE
        width = min(max(self.width(), 420, self.popup.sizeHintForColumn(0) + _EDGE), widest)
        self.popup.setGeometry(corner.x(), corner.y(), width, min(height, 440))
        self.popup.raise_()
        self.popup.setVisible(self.hasFocus() and bool(self.text().strip()))

    def _take(self, item: QListWidgetItem | None = None) -> None:
        """Run the entry under the keyboard, once the offers answer what is typed; a clicked one in any case."""
        at = self.popup.row(item) if item is not None else self.popup.currentRow()
        answered = item is not None or self._answered == self.text().strip()
        self._pressed = not (answered and 0 <= at < len(self._acts))
        if not self._pressed:
            act = self._acts[at]
            self._late.stop()
            self.clear()
            self.popup.hide()
            act()

    def _copy_phone(self) -> bool:
        """Copy the telephone number of the customer under the keyboard; False where it is on nobody."""
        at = self.popup.currentRow()
        known = self.popup.isVisible() and self._answered == self.text().strip()
        if not known or not 0 <= at < len(self._hits):
            return False
        copy_phone(self.workbench, self.tasks, self._hits[at].customer_no)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide the offers when the box loses the keyboard; pass keys to `_key`."""
        if event.type() == QEvent.Type.FocusOut:
            self.popup.hide()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self.popup.isVisible():
            rows = self.popup.count()
            self.popup.setCurrentRow((self.popup.currentRow() + step) % rows)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            return True
        if event.matches(QKeySequence.StandardKey.Copy) and not self.hasSelectedText():
            return self._copy_phone()
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.popup.hide()
            return True
        return False
