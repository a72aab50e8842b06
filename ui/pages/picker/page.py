"""选人: who meets a condition, counted while it is built or typed; kept as a list, tagged, planned, exported."""

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QTabWidget, QWidget

from ui.pages.picker.actions import Actions
from ui.pages.picker.answer import ConditionAnswer, answer
from ui.pages.picker.builder import Builder
from ui.pages.picker.condition_page import ConditionPage
from ui.pages.picker.figures import TallyCard
from ui.pages.picker.forms import limit_text
from ui.pages.picker.limit import LimitBar
from ui.pages.picker.lists import ListsPanel, SavedListRow, Together, counted, opened, together
from ui.pages.picker.results import Results
from ui.pages.picker.text import PAUSE, ConditionText
from ui.pages.picker.words import WordLookup, examples, usual
from ui.tasks import Tasks
from ui.widgets.parts import Card, beside, button, column, flow, label, row, tells_nothing
from ui.widgets.wrapped import Strip
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.insight.language.builder import ConditionGroup, as_groups, of_groups
from workbench.insight.language.parse import parse
from workbench.insight.picking.facts import Overlap, SavedList

if TYPE_CHECKING:
    from workbench.app import Workbench


class PickerPage(ConditionPage):
    """`place(text)` shows those who meet a condition. The text is the truth: the builder only shows and writes it."""

    name = "picker"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        #: the condition shown or being counted
        self.text = ""
        #: the text that the builder wrote
        self._built_text: str | None = None
        #: 'top n by x' of the last text that could be read, for what is built while it cannot
        self._limit = ""
        self._prepared = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self._look)
        self.say(_("选人"), _("按条件找出要联系的客户,存成名单或加入计划。"))
        self.actions_on = Actions(self)
        self.add_primary(_("保存名单…"), self.actions_on.save)
        self.bulk = [
            self.add_action(_("加入本周计划…"), self.actions_on.plan),
            self.add_action(_("打标签…"), self.actions_on.tag),
            self.add_action(_("分配…"), self.actions_on.assign, tip=_("交给另一位客户经理")),
            self.add_action(_("导出…"), self.actions_on.export),
        ]
        self.vocabulary = WordLookup(workbench, tasks, self.failed)
        self.builder = Builder(self.vocabulary.suggest)
        self.builder.changed.connect(self._built)
        self.condition = ConditionText()
        self.condition.typed.connect(self._typed)
        self.words = label("", "second", wrap=True)
        self.examples = [
            button(_(one["text"]), partial(self.ask, one["where"]), "link", tip=one["where"])
            for one in examples()
        ]
        self.lists = ListsPanel(workbench, tasks)
        self.lists.open_requested.connect(self._open_list)
        self.lists.together_requested.connect(self._together)
        self.figures = TallyCard(workbench.insight.picking.purposes())
        self.figures.narrowed.connect(self._narrow)
        self.figures.unknown_requested.connect(self.actions_on.explain_unknown)
        self.figures.purpose_chosen.connect(lambda _code: self._look())
        self.limit = LimitBar()
        self.limit.limited.connect(self.ask)
        self.results = Results(workbench, tasks, lambda: self.ask(""), self.failed)
        self.results.person_requested.connect(lambda number: self.go.emit("portrait", number))
        self.table = self.results.table
        self.waits_for = _("正在计算标签和指标,第一次要稍等一会儿")
        self.content = self.stage(
            beside(self._left(), self._right(), (470, 720), (2, 3)),
            _("还没有客户数据。导入一份名单后,就可以在这里按条件找人。"),
        )
        self.waiting = self.content.waiting
        self._keys()

    # -- building ------------------------------------------------------------------------------------------

    def _left(self) -> QWidget:
        self.offer = QWidget()
        offered = column(label(_("可以从这里开始:"), "second"), spacing=2)
        for one in self.examples:
            offered.addLayout(row(one, None))
        offered.setContentsMargins(0, 6, 0, 0)
        self.offer.setLayout(offered)
        inside = QWidget()
        layout = column(spacing=6)
        layout.addWidget(flow(column(self.builder, self.offer, None)), 1)
        layout.addLayout(row(label(_("条件的文字"), "second"), None, button(_("清空"), self.clear, "link")))
        layout.addWidget(self.condition)
        layout.addWidget(self.words)
        layout.setContentsMargins(0, 6, 0, 0)
        inside.setLayout(layout)
        self.tabs = QTabWidget()
        self.tabs.addTab(inside, _("条件"))
        self.tabs.addTab(self.lists, _("名单"))
        card = Card()
        card.body.addWidget(self.tabs, 1)
        card.setMinimumWidth(430)
        return card

    def _right(self) -> QWidget:
        line = Strip(self.results.summary, self.limit, gap=12)
        inside = QWidget()
        layout = column(self.figures, line, spacing=8)
        layout.addWidget(self.results, 1)
        layout.setContentsMargins(0, 0, 0, 0)
        inside.setLayout(layout)
        return inside

    def _keys(self) -> None:
        acts = (
            ("Ctrl+E", self._to_text),
            ("Ctrl+D", self._to_row),
            ("Ctrl+S", self.actions_on.save),
        )
        for keys, act in acts:
            made = QAction(self)
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.triggered.connect(lambda _checked=False, act=act: act())
            self.addAction(made)

    def _to_text(self) -> None:
        self.tabs.setCurrentIndex(0)
        self.condition.lines.setFocus()

    def _to_row(self) -> None:
        self.tabs.setCurrentIndex(0)
        self.builder.root.new_row()

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Bring tags and measures up to date, then lists, ranks and the count."""
        self.compute(self.workbench.insight.picking.prepare, self._ready)

    def _ready(self, _as_of: str) -> None:
        self._prepared = True
        self._read_lists()
        self._read_ranks()
        self._look()

    def show_nothing(self) -> None:
        """Drop the answer: the book has no customers."""
        self._prepared = False
        self.answer = None
        super().show_nothing()

    def _read_lists(self) -> None:
        self.read(lambda: counted(self.workbench), self._show_lists, key="lists")

    def _show_lists(self, lists: tuple[SavedListRow, ...]) -> None:
        self.vocabulary.lists = tuple((one.saved.number, one.saved.name) for one in lists)
        self.lists.fill(lists)
        self.tabs.setTabText(1, _("名单 {n}").format(n=len(lists)) if lists else _("名单"))

    def _read_ranks(self) -> None:
        self.read(lambda: usual(self.workbench.insight.picking, "rank"), self.limit.offer, key="ranks")

    # -- asking --------------------------------------------------------------------------------------------

    def ask(self, text: str) -> None:
        """Show those who meet a condition given as text."""
        self.tabs.setCurrentIndex(0)
        self.condition.put(text)
        self._typed(text)

    def clear(self) -> None:
        """Show everybody again, with the keyboard in an empty row."""
        self.ask("")
        self.builder.show_group(ConditionGroup("all"), ())
        self.builder.root.new_row()

    def _typed(self, text: str) -> None:
        self.text = text
        with suppress(WorkbenchError):
            self._limit = limit_text(parse(text))
        self.results.unsorted()
        self._look()

    def _built(self, group: ConditionGroup) -> None:
        try:
            text = of_groups(group, self._limit)
        except WorkbenchError as error:
            self._wrong(error)
            return
        self.condition.put(text)
        self._built_text = text
        if text != self.text or self.answer is None:
            self.text = text
            self.results.unsorted()
            self._soon.start()

    def _look(self) -> None:
        """Count the condition; of several in quick succession only the last is answered."""
        if not self._prepared:
            return
        text, purpose = self.text, self.figures.purpose.currentData() or ""
        picking = self.workbench.insight.picking
        self.tasks.run(
            lambda: answer(picking, text, purpose),
            self._answered,
            failed=self._wrong,
            owner=self,
            key=(self, "count"),
        )

    def _answered(self, answer: ConditionAnswer) -> None:
        if answer.text != self.text:
            return
        self.answer = answer
        self.ready = True
        self.banner.hide()
        self.condition.clear_fault()
        self.limit.setEnabled(True)
        if answer.text != self._built_text:
            self._built_text = None
            self.builder.show_group(
                as_groups(parse(answer.text)), (*self.vocabulary.special(), *answer.terms)
            )
        self.offer.setVisible(not answer.text)
        self.words.setText(_("即:{words}").format(words=answer.words))
        self.figures.show_tally(answer.tally, answer.unknown, limited=answer.limited)
        self.figures.show_left_out(answer.excluded)
        self.limit.show_limit(answer.text, answer.terms)
        self.enable(True)
        self.results.show_answer(answer)
        self.read(
            lambda: self.workbench.insight.picking.overlaps(answer.text) if answer.text else (),
            partial(self._overlapping, answer), key="overlaps",
        )  # fmt: skip

    def _overlapping(self, answer: ConditionAnswer, overlaps: tuple[Overlap, ...]) -> None:
        if answer is self.answer:
            own = [one for one in overlaps if f"list('{one.number}')" != answer.text]
            self.figures.show_overlaps(own, limited=answer.limited)

    def _wrong(self, error: Exception) -> None:
        self.answer = None
        self.words.setText("")
        self.enable(False)
        self.limit.setEnabled(False)
        self.figures.unsure()
        self.offer.hide()
        self.results.show_wrong(read=not isinstance(error, WorkbenchError))
        if not isinstance(error, WorkbenchError) or tells_nothing(error):
            self.condition.clear_fault()
            self.failed(error)
            return
        word = self.condition.show_fault(error)
        if word and not word.isdecimal():
            self.read(lambda: self.workbench.insight.picking.suggest(word), self.condition.offer, key="near")

    # -- changing the condition ----------------------------------------------------------------------------

    def _narrow(self, condition: str) -> None:
        """Add a condition to the one shown."""
        query = parse(self.text)
        groups, other = as_groups(query), as_groups(parse(condition))
        parts = groups.parts if groups.combination == "all" else (groups,)
        self.ask(of_groups(ConditionGroup("all", (*parts, *other.parts)), limit_text(query)))

    def _together(self, number: str, how: Together) -> None:
        try:
            limit = limit_text(parse(self.text))
            self.ask(together(self.text, number, how, limit))
        except WorkbenchError as error:
            self.failed(error)

    def _open_list(self, one: SavedList) -> None:
        at = self.figures.purpose.findData(one.purpose)
        self.figures.purpose.setCurrentIndex(max(0, at))
        self.ask(opened(one))

    # -- acting --------------------------------------------------------------------------------------------

    def enable(self, on: bool) -> None:
        """The actions need at least one customer."""
        super().enable(on and self.answer is not None and bool(self.answer.left))

    def place(self, argument: object) -> None:
        """Show those who meet the condition `argument`, for no purpose."""
        if isinstance(argument, str):
            self.figures.purpose.setCurrentIndex(0)
            self.ask(argument)

    def focus_first(self) -> None:
        """The results if there is a condition, else the button of a new row."""
        if self.text:
            self.table.setFocus()
        else:
            self.builder.root.add_row.setFocus()
