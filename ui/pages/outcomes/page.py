"""成效: what became of lights and contacts: kept, won back, lost, too early; how right each signal was in this book."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QSizePolicy, QSplitter, QTabWidget, QWidget

from ui.page import Page
from ui.pages.outcomes.effects import EffectsTab
from ui.pages.outcomes.lines import OutcomeColumns, OutcomeLine, light_column, line_of, title_columns
from ui.pages.outcomes.people import OutcomePeople
from ui.pages.outcomes.tiles import OutcomeTiles
from ui.tasks import Tasks
from ui.widgets.handbook import open_handbook
from ui.widgets.parts import Card, EmptyState, button, column, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.i18n import _, commas, sentences
from workbench.insight.churn.losses import Outcome
from workbench.outreach.outcomes.counts import JudgedLight
from workbench.outreach.outcomes.report import OutcomeReport
from workbench.outreach.outcomes.words import compared, share_words

if TYPE_CHECKING:
    from workbench.app import Workbench

_TABS = ("lights", "signals", "contacts", "causes")


class OutcomesPage(Page):
    """Figures first, then by light, signal, contact and cause; below, the people behind the figure that was chosen."""

    name = "outcomes"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.report: OutcomeReport | None = None
        #: months checked for this reading, and whether it shows less than they tell
        self._tried: set[str] = set()
        self._behind = False
        #: whether the person wants no more months checked now
        self._enough = False
        self.waits_for = _("正在核对亮过的灯…")
        self.say(_("成效"), "")
        self.catching = label("", "second", wrap=True)
        self.stop = button(_("不再补查"), self._stop, "link")
        self.tiles = OutcomeTiles(workbench.rules, self._ask)
        self._columns = OutcomeColumns(workbench.rules)
        self.tables = {
            name: Table(columns, name=f"outcomes.{name}", bare=True)
            for name, columns in self._all_columns().items()
        }
        self.notes = {name: label("", "second", wrap=True) for name in _TABS}
        self.tabs = QTabWidget()
        for name, title in zip(_TABS, (_("按灯"), _("按信号"), _("按联系"), _("按原因")), strict=True):
            self.tabs.addTab(self._tab(name), title)
            self.tables[name].setAccessibleName(title)
        self.people = OutcomePeople(workbench.outreach.outcomes.people, workbench.rules, tasks)
        self.people.person_opened.connect(lambda number: self.go.emit("portrait", number))
        self.effects = EffectsTab(workbench.outreach.effects.people, tasks)
        self.effects.person_opened.connect(lambda number: self.go.emit("portrait", number))
        self.tabs.addTab(self.effects, _("按方法"))
        #: whether the methods are those of the present book
        self._effects_read = False
        self.tabs.currentChanged.connect(self._turn)
        self.foot = label("", "second", wrap=True)
        self.nobody = EmptyState("", _("去导入名单"), lambda: self.go.emit("imports", None))
        self.content = self.stage(
            self._whole(),
            _("还没有客户名单。导入第一个月的名单会亮灯,再导入后面几个月的,这里就说得出留住、挽回还是流失。"),
            self.nobody,
        )

    def _all_columns(self) -> dict[str, list[Column[OutcomeLine]]]:
        counted = self._columns.columns()
        return {
            "lights": [title_columns(_("月份"))[0], light_column(), title_columns("")[1], *counted],
            "signals": [
                Column(_("信号"), lambda x: x.title, 220),
                Column(_("预警户数"), lambda x: f"{x.counts.n:,}", 88, number=True),
                Column(
                    _("后来流失"), lambda x: f"{x.share.hits if x.share else 0:,}", 88, number=True,
                    ink=lambda x: "red" if x.share and x.share.hits else "second",
                ),
                Column(_("流失占比(95% 区间)"), lambda x: share_words(x.share) if x.share else "—", 0),
            ],
            "contacts": [
                *title_columns(_("渠道")),
                Column(_("联系上的次数"), lambda x: "—" if x.times is None else f"{x.times:,}", 96, number=True),
                *counted,
            ],
            "causes": [*title_columns(_("确认的原因")), *counted],
        }  # fmt: skip

    def _tab(self, name: str) -> QWidget:
        inside = QWidget()
        table = self.tables[name]
        table.chosen.connect(partial(self._line_chosen, name))
        table.clicked.connect(partial(self._clicked, name))
        table.opened.connect(lambda _row: self.people.table.setFocus())
        self.notes[name].setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = column(self.notes[name], spacing=4)
        layout.addWidget(table, 1)
        layout.setContentsMargins(0, 6, 0, 0)
        inside.setLayout(layout)
        return inside

    def _whole(self) -> QWidget:
        inside = QWidget()
        card = Card()
        card.body.addWidget(self.tabs, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(card)
        split.addWidget(self.people)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        # else the page asks for the height that the tables would like, and scrolls
        split.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        split.setMinimumHeight(440)
        card.setMinimumHeight(190)
        self.catching_line = QWidget()
        line = row(self.catching, self.stop)
        line.setStretch(0, 1)
        line.setContentsMargins(0, 0, 0, 0)
        self.catching_line.setLayout(line)
        self.catching_line.hide()
        method = button(
            _("口径手册 {number}").format(number="4.6"), lambda: open_handbook(self, "4.6"), "link"
        )
        foot = row(self.foot, method)
        foot.setStretch(0, 1)
        whole = column(self.catching_line, self.tiles, spacing=8)
        whole.addWidget(split, 1)
        whole.addLayout(foot)
        whole.setContentsMargins(0, 0, 0, 0)
        inside.setLayout(whole)
        return inside

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read what is stored, then check the months that never were, one after another."""
        self._tried.clear()
        self._enough = self._effects_read = False
        self._again()

    def _again(self) -> None:
        room = self.workbench.outreach.outcomes
        self.compute(lambda progress: room.of(progress, catch_up=False), self._show)

    def _show(self, report: OutcomeReport) -> None:
        self.report = report
        everybody = report.everybody
        self._catch_up()
        if not everybody.lights:
            self.say(_("成效"), "")
            self.nobody.words.setText(report.sentence)
            self.content.show_other(self.nobody)
            return
        self.content.show_content()
        first, last = report.months[-1].month, report.months[0].month
        words = _("{first} 到 {last} 亮过灯的 {n} 户,每户只算第一次。点任何数字,下面列出是哪些客户。")
        one = len(report.months) == 1
        scope = (
            report.sentence if one else words.format(first=first, last=last, n=f"{len(everybody.lights):,}")
        )
        self.say(_("成效"), scope)
        self.tiles.show_row(everybody, report.window)
        self._fill(report)
        self._show_notes(report)
        for table in self.tables.values():
            table.stay()
        self._turn(self.tabs.currentIndex())

    def _fill(self, report: OutcomeReport) -> None:
        channels = dict(self.workbench.outreach.channels())
        lines = {
            "lights": [
                line_of(row.month or _("合计"), row.lights, light=row.light)
                for row in (*report.totals, *report.lights)
            ],
            "signals": [
                line_of(one.name, one.lights, share=one.lost) for one in report.signals if one.lights
            ],
            "contacts": [
                *(line_of(title, these) for title, these in self._apart(report) if these),
                *(
                    line_of(channels.get(one.channel or "", one.channel or ""), one.lights, times=len(one.contacts))
                    for one in report.channels
                ),
            ],
            "causes": [line_of(one.name, one.lights) for one in report.causes],
        }  # fmt: skip
        self.tables["lights"].table.order.pinned = lambda line: line.title == _("合计")
        for name, table in self.tables.items():
            table.table.fill(lines[name])
            table.setVisible(bool(lines[name]))

    def _apart(self, report: OutcomeReport) -> list[tuple[str, list[JudgedLight]]]:
        first = report.everybody.lights
        return [
            (_("亮灯后联系过"), [one for one in first if one.touched]),
            (_("亮灯后没联系"), [one for one in first if not one.touched]),
        ]

    def _show_notes(self, report: OutcomeReport) -> None:
        named = any(one.lights for one in report.signals)
        self.notes["lights"].hide()
        self.notes["signals"].setText(
            _("信号预警的客户里后来流失的占比,一位客户一个信号只算第一次;区间宽,说明户数还少。")
            if named
            else _("信号是否准确,要等预警的客户看满 {window} 个月。").format(window=report.window)
        )
        self.notes["contacts"].setText(compared(report.comparison))
        self.notes["causes"].setText(
            _("只算确认过原因的客户。")
            if report.causes
            else _("还没有确认过流失原因。在预警里确认以后,这里按原因看留住了多少;没有确认的不计。")
        )
        self._tell_months(report)

    def _tell_months(self, report: OutcomeReport) -> None:
        far = commas(reversed((*(report.missing if self._enough else ()), *report.not_looked)))
        words = _("看了 {n} 个月的灯,数据日期 {as_of};亮灯后看 {window} 个月,流失与挽回的判断为本系统口径。")
        said = [words.format(n=len(report.months), as_of=report.as_of, window=report.window)]
        if far:
            said.append(_("没有检查过的月份不看:{months}。").format(months=far))
        self.foot.setText(sentences(said))

    # -- months never checked ------------------------------------------------------------------------------

    def _catch_up(self) -> None:
        """Check the next month that never was; when there is none left, read once more."""
        missing = []
        if self.report is not None and not self._enough:
            missing = [month for month in self.report.missing if month not in self._tried]
        self.catching_line.setVisible(bool(missing))
        if missing:
            month, room = missing[0], self.workbench.outreach.outcomes
            words = _("正在补查以前没有检查过的月份:{month},还有 {n} 个月。下面先是已经查过的。")
            self.catching.setText(words.format(month=month, n=len(missing) - 1))
            self._tried.add(month)
            self.compute(partial(room.check, month), self._caught_up, key="catch_up")
        elif self._behind:
            self._behind = False
            self._again()
            self._effects_read = False
            self._turn(self.tabs.currentIndex())

    def _caught_up(self, _nothing: None) -> None:
        self._behind = True
        self._catch_up()

    def _stop(self) -> None:
        """Check no more months after the one under way; show what was checked."""
        self._enough = True
        self.catching_line.hide()
        if self.report is not None:
            self._tell_months(self.report)

    def _read_effects(self) -> None:
        """Compare the methods; only when somebody looks, since every list is read for it."""
        self._effects_read = True
        self.compute(self.workbench.outreach.effects.of, self.effects.show_report, key="effects")

    # -- acting --------------------------------------------------------------------------------------------

    def _turn(self, at: int) -> None:
        """Another tab came to the front."""
        if at < len(_TABS):
            self._choose(_TABS[at])
            return
        self.people.hide()
        if not self._effects_read:
            self._read_effects()

    def _choose(self, name: str) -> None:
        """Show the people of the line under the keyboard of a tab."""
        self._line_chosen(name, self.tables[name].currentIndex().row())

    def _line_chosen(self, name: str, number: int) -> None:
        if self.tabs.currentIndex() == _TABS.index(name):
            self._show_people(name, number, "all")

    def _clicked(self, name: str, index: QModelIndex) -> None:
        title = self.tables[name].table.columns[index.column()].title
        self._show_people(name, index.row(), self._columns.outcome_of.get(title, "all"))

    def _show_people(self, name: str, number: int, chip: str) -> None:
        line = self.tables[name].table.row(number) if number >= 0 else None
        self.people.setVisible(isinstance(line, OutcomeLine))
        if isinstance(line, OutcomeLine):
            self.people.show_lights(_("“{what}”的客户").format(what=line.title), line.lights, chip)

    def _ask(self, outcome: Outcome) -> None:
        self.tabs.setCurrentIndex(0)
        self.tables["lights"].go_to(0)
        self._show_people("lights", 0, outcome)

    def place(self, argument: object) -> None:
        """Open the tab `argument`: one of `_TABS`, or 'effects'."""
        if argument in _TABS:
            self.tabs.setCurrentIndex(_TABS.index(str(argument)))
        elif argument == "effects":
            self.tabs.setCurrentWidget(self.effects)

    def focus_first(self) -> None:
        """The table in front."""
        at = self.tabs.currentIndex()
        (self.tables[_TABS[at]] if at < len(_TABS) else self.effects.table).setFocus()
