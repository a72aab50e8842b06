"""新增与离开: who came and who went, with the probable cause to choose another; 认人: rows that may be a known customer."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QSplitter, QVBoxLayout, QWidget

from ui.pages.imports.tab import SheetTab, ShownSheet, filter_line
from ui.widgets.delegates import ChoiceDelegate, Choices
from ui.widgets.parts import button, label
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip, together
from ui.words import number_tail
from workbench.base.i18n import _, semicolons
from workbench.intake.report import Candidate, CustomerMovement
from workbench.people.privacy import mask_name

_CAUSE = 3
Causes = Callable[[str], Choices]


class PeopleTab(SheetTab):
    """Who came and went, and rows without a sure customer; `causes(direction)` gives the causes as (code, words)."""

    def __init__(self, causes: Causes) -> None:
        super().__init__()
        self.causes = causes
        self.filter = filter_line(_("按姓名、客户号或依据筛选"), lambda _text: self._fill())
        self.direction = QComboBox()
        self.direction.setFixedWidth(230)
        self.direction.setAccessibleName(_("看哪一类"))
        self.direction.activated.connect(lambda _at: self._fill())
        self.words = label("", "second", wrap=True)
        self.table = Table(self._columns(), name="imports.people")
        self.table.setAccessibleName(_("新增与离开"))
        self.table.setItemDelegateForColumn(_CAUSE, ChoiceDelegate(self._choices, self.table))
        self.table.opened.connect(self._edit)
        self.table.doubleClicked.connect(self._clicked)
        self.candidates = Table(self._candidate_columns(), name="imports.candidates")
        self.candidates.setAccessibleName(_("核对客户"))
        self.candidates.opened.connect(lambda _number: self.confirm())
        self.candidates.chosen.connect(lambda _number: self._tell_buttons())
        self.candidate_words = label("", "second", wrap=True)
        self.yes = button(_("确认是这位"), self.confirm, tip="Enter")
        self.no = button(_("取消确认"), self.forget)
        self.candidates.offer(self.yes, self.no)
        self.sure = button(_("确认全部有把握的"), self.confirm_sure, "primary")
        self._assemble()

    def _assemble(self) -> None:
        above = QWidget()
        upper = QVBoxLayout(above)
        upper.setContentsMargins(0, 8, 0, 0)
        upper.addWidget(Strip(self.filter, self.direction, self.words, gap=8))
        upper.addWidget(self.table, 1)
        self.below = QWidget()
        lower = QVBoxLayout(self.below)
        lower.setContentsMargins(0, 4, 0, 0)
        head = Strip(
            label(_("核对客户"), "heading"),
            self.candidate_words,
            together(self.no, self.yes, self.sure),
            gap=8,
        )
        lower.addWidget(head)
        lower.addWidget(self.candidates, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(above)
        split.addWidget(self.below)
        split.setChildrenCollapsible(False)
        split.setSizes([280, 230])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)

    def _columns(self) -> list[Column[CustomerMovement]]:
        return [
            Column(_("变化"), _direction, 124, ink=lambda x: "accent" if x.direction == "new" else "orange"),
            Column(_("客户"), lambda x: mask_name(x.name), 90, key=True),
            Column(_("客户号"), lambda x: number_tail(x.customer_no), 90, key=True),
            Column(
                _("可能的原因"), self._cause, 190, edit=self._edited, raw=lambda x: x.cause,
                tip=lambda x: _("按 Enter 或双击换一个原因"),
            ),
            Column(_("怎么看出来的"), lambda x: x.evidence, tip=lambda x: x.evidence, ink=lambda x: "second"),
        ]  # fmt: skip

    @staticmethod
    def _candidate_columns() -> list[Column[Candidate]]:
        return [
            Column(_("行"), lambda x: str(x.row), 60, number=True),
            Column(_("表里写的"), lambda x: x.wording, 210, tip=lambda x: x.wording),
            Column(_("可能是"), lambda x: f"{mask_name(x.name)} {number_tail(x.customer_no)}", 150, key=True),
            Column(_("把握"), lambda x: f"{x.score:.0%}", 70, number=True),
            Column(
                _("依据"), lambda x: semicolons(x.evidence), tip=lambda x: "\n".join(x.evidence),
                ink=lambda x: "second",
            ),
            Column(
                _("状态"), lambda x: _("已确认") if x.confirmed else _("待确认"), 96,
                ink=lambda x: None if x.confirmed else "orange",
            ),
        ]  # fmt: skip

    # -- showing -------------------------------------------------------------------------------------------

    def put(self, shown: ShownSheet) -> None:
        """Show movements and candidates of a sheet; the chosen group stays."""
        super().put(shown)
        movements = shown.sheet.movements
        chosen = self.direction.currentData()
        self.direction.clear()
        counts = {"": len(movements)}
        for movement in movements:
            counts[movement.direction] = counts.get(movement.direction, 0) + 1
            key = f"{movement.direction}:{movement.cause}"
            counts[key] = counts.get(key, 0) + 1
        self.direction.addItem(_("全部 {n}").format(n=f"{len(movements):,}"), "")
        for direction in ("vanished", "new"):
            if direction not in counts:
                continue
            words = _("不在名单上了") if direction == "vanished" else _("新增")
            self.direction.addItem(f"{words} {counts[direction]:,}", direction)
            for cause, named in self.causes(direction):
                key = f"{direction}:{cause}"
                if key in counts:
                    self.direction.addItem(f"{words} · {named} {counts[key]:,}", key)
        self.direction.setCurrentIndex(max(0, self.direction.findData(chosen)))
        self._fill()
        self._put_candidates(shown.sheet.candidates)

    def _put_candidates(self, candidates: tuple[Candidate, ...]) -> None:
        at = max(0, self.candidates.currentIndex().row())
        self.below.setVisible(bool(candidates))
        self.candidates.table.fill(candidates)
        waiting = len({one.row for one in candidates}) - len({one.row for one in candidates if one.confirmed})
        self.candidate_words.setText(
            _(
                "这些行没有客户号,或证件、手机号打了星号;确认是哪位客户后才会导入。还有 {n} 行没有确认。"
            ).format(n=waiting)
            if waiting
            else _("都确认了。")
        )
        self.sure.setEnabled(any(not one.confirmed for one in candidates))
        if candidates:
            self.candidates.setCurrentIndex(
                self.candidates.table.index(min(at, self.candidates.table.rowCount() - 1), 0)
            )
        self._tell_buttons()

    def start(self) -> QWidget:
        """The list of movements."""
        return self.table

    def title(self) -> str:
        """'新增与离开 12', with the rows whose customer is not confirmed."""
        sheet = self.shown.sheet if self.shown else None
        words = _("新增与离开 {n}").format(n=f"{len(sheet.movements):,}" if sheet else 0)
        rows = {one.row for one in sheet.candidates} if sheet else set()
        done = {one.row for one in sheet.candidates if one.confirmed} if sheet else set()
        return _("{words},核对客户 {n}").format(words=words, n=len(rows - done)) if rows - done else words

    def _fill(self) -> None:
        if self.shown is None:
            return
        at = max(0, self.table.currentIndex().row())
        wanted, kind = self.filter.text().strip().casefold(), self.direction.currentData() or ""
        rows = [
            one
            for one in self.shown.sheet.movements
            if (not kind or kind in (one.direction, f"{one.direction}:{one.cause}"))
            and (not wanted or wanted in f"{one.name}\n{one.customer_no}\n{one.evidence}".casefold())
        ]
        self.table.table.fill(rows)
        if rows:
            self.table.setCurrentIndex(
                self.table.table.index(min(at, self.table.table.rowCount() - 1), _CAUSE)
            )
        sheet = self.shown.sheet
        if not sheet.movements and sheet.new and sheet.kind == "customers":
            self.words.setText(
                _("账本里还没有更早的名单,这 {n} 位都是第一次列入。").format(n=f"{sheet.new:,}")
            )
        elif not sheet.movements:
            self.words.setText(_("没有新增客户,也没有离开的客户。"))
        else:
            self.words.setText(_("不在名单上不等于流失:原有资料都保留,原因可以改。"))

    def _cause(self, movement: CustomerMovement) -> str:
        words = dict(self.causes(movement.direction)).get(movement.cause, movement.cause)
        return _("{cause}(手工)").format(cause=words) if movement.chosen else words

    def _choices(self, number: int) -> Choices:
        movement = self.table.table.row(number)
        return self.causes(movement.direction) if isinstance(movement, CustomerMovement) else ()

    # -- choosing ------------------------------------------------------------------------------------------

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() != _CAUSE:
            self._edit(index.row())

    def _edit(self, number: int) -> None:
        index = self.table.table.index(number, _CAUSE)
        self.table.setCurrentIndex(index)
        self.table.edit(index)

    def _edited(self, number: int, cause: str) -> None:
        movement = self.table.table.row(number)
        if isinstance(movement, CustomerMovement):
            number_of = movement.customer_no
            self.decide(lambda session, name: session.set_cause(name, number_of, cause))

    def _tell_buttons(self) -> None:
        candidate = self.candidates.current()
        self.yes.setEnabled(isinstance(candidate, Candidate) and not candidate.confirmed)
        self.no.setEnabled(isinstance(candidate, Candidate) and candidate.confirmed)

    def confirm(self) -> None:
        """Confirm that the row is this customer."""
        candidate = self.candidates.current()
        if isinstance(candidate, Candidate):
            at, number = candidate.row, candidate.customer_no
            self.decide(lambda session, name: session.identify(name, at, number))

    def forget(self) -> None:
        """Take back that the row is this customer."""
        candidate = self.candidates.current()
        if isinstance(candidate, Candidate):
            at = candidate.row
            self.decide(lambda session, name: session.identify(name, at, None))

    def confirm_sure(self) -> None:
        """Confirm every row whose candidate scores high enough."""
        self.decide(lambda session, name: session.identify_sure(name))


def _direction(movement: CustomerMovement) -> str:
    return _("新增") if movement.direction == "new" else _("不在名单上了")
