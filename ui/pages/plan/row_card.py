"""One row of the plan: its words, its people, and what can be done with either."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton

from ui.pages.plan.lists import PeopleTable
from ui.pages.plan.overview import PlanLine, PlanSeen
from ui.pages.plan.request import RequestBar
from ui.tasks import Tasks
from ui.widgets.parts import Card, button, label
from ui.widgets.table_model import Column
from ui.widgets.whole_table import WholeTable
from ui.widgets.words_line import WordsLine
from ui.widgets.wrapped import Strip
from workbench.base.i18n import _
from workbench.outreach.results.marks import keys
from workbench.outreach.week.entry import WeekEntry

if TYPE_CHECKING:
    from workbench.app import Workbench

#: a text of a row: its field, its name, what stands in it
RowWords = tuple[str, str, str]
Acts = Sequence[tuple[str, Callable[[], object]]]


class RowCard(Card):
    """`edited(field, text)`, `ticked(code)` for the row, `add_requested()`; the page connects lists and menus."""

    edited = Signal(str, str)
    ticked = Signal(str)
    add_requested = Signal()

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(" ")
        rules = workbench.rules
        self.line: PlanLine | None = None
        self.words = WholeTable(
            [
                Column("", lambda x: x[1], 76, ink=lambda x: "second"),
                Column("", lambda x: x[2], edit=self._edit),
            ],
            heads=False,
        )
        self.words.setAccessibleName(_("这一行的文字"))
        self.words.opened.connect(lambda at: self.words.edit(self.words.table.index(at, 1)))
        self.request = RequestBar()
        self.people = PeopleTable(rules)
        #: what is said to the customer that the keyboard is on
        self.say = WordsLine(workbench, tasks)
        self.people.chosen.connect(lambda _number: self._ask_words())
        self.nobody = label(_("这一行本周没有客户,原因写在依据里。"), "second", wrap=True)
        self.add = button(_("加客户 Ins"), self.add_requested.emit, "act", tip=_("选一位客户放进这一行"))
        self.of_person = _menu_button(_("这位客户"))
        self.of_row = _menu_button(_("这一行"))
        self.ticks = _menu_button("✗")
        self.done = button("✓ 1", lambda: self.ticked.emit("done"), "act", tip=_("这一行已完成"))
        self.people.offer(self.of_person)
        self.half = button("½ 2", lambda: self.ticked.emit("half"), "act", tip=_("这一行完成一半"))
        marks = [
            (f"{one.digit}  {one.mark.word}", partial(self.ticked.emit, one.mark.code))
            for one in keys(of_plan=True)
            if one.mark.code not in ("done", "half")
        ]
        fill_menu(self.ticks, (*marks, (_("0  取消打勾"), partial(self.ticked.emit, ""))))
        legend = label(
            _("数字键打勾:在行上给行打,在客户上给客户打;Alt+↑↓ 移客户,Ctrl+↑↓ 移行,Del 去掉。"),
            "second",
            wrap=True,
        )
        self.bar = Strip(self.add, self.of_person, self.of_row, self.done, self.half, self.ticks, gap=6)
        for part in (self.words, self.request, self.bar, legend, self.say, self.people, self.nobody):
            self.body.addWidget(part)

    def fill(self, line: PlanLine, seen: PlanSeen) -> None:
        """Show a row; the keyboard stays with its customer."""
        kept, at = self.people.current(), self.people.currentIndex().row()
        same = self.line is not None and self.line.name == line.name
        self.line = line
        item = line.item
        self.heading.setText(f"{line.name}  {item.method}")
        notes = [line.left_over, *(f"{one.day[5:]} {one.what}" for one in item.milestones)]
        self.note.setText(" · ".join(filter(None, notes)))
        place = self.words.currentIndex()
        self.words.table.fill(_words(line))
        if place.isValid():
            self.words.setCurrentIndex(self.words.table.index(place.row(), place.column()))
        self.request.fill(seen.requests.get(item.id or 0) if item.asks else None)
        self.people.as_of = seen.plan.data_date
        self.people.put(line.people)
        self.people.setVisible(bool(line.people))
        self.nobody.setVisible(not line.people)
        self.of_person.setEnabled(bool(line.people))
        if line.people:
            places = (
                self.people.table.place(n)
                for n, one in enumerate(line.people)
                if isinstance(kept, WeekEntry) and one.person == kept.person
            )
            self.people.selectRow(next(places, min(max(at, 0), len(line.people) - 1) if same else 0))

    def _ask_words(self) -> None:
        entry = self.people.current()
        self.say.ask(entry.person.customer_no if isinstance(entry, WeekEntry) else None, entry)

    def _edit(self, number: int, text: str) -> None:
        line = self.words.table.row(number)
        if line is not None:
            self.edited.emit(line[0], text)


def _words(line: PlanLine) -> list[RowWords]:
    """The texts of a row that can be edited."""
    item = line.item
    words = [
        ("method", _("方法"), item.method),
        ("basis", _("依据"), item.basis),
        ("action", _("动作"), item.action),
    ]
    if item.block == "resource":
        words += [("resource", _("资源"), item.resource), ("fallback", _("若不批"), item.fallback)]
    else:
        words.append(("script", _("话术"), item.script))
    return [*words, ("done_when", _("完成标准"), item.done_when), ("due", _("截止"), item.due)]


def _menu_button(words: str) -> QPushButton:
    made = QPushButton(words)
    made.setProperty("role", "act")
    made.setMenu(QMenu(made))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def fill_menu(made: QPushButton, acts: Acts) -> None:
    """Put these acts into the menu of a button."""
    menu = made.menu()
    menu.clear()
    for words, act in acts:
        menu.addAction(words).triggered.connect(lambda _checked=False, act=act: act())
