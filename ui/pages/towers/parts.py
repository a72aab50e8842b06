"""Parts of the tower page: a card per tower, and the matrix of who moved from which level to which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QPushButton

from ui.widgets.parts import Card, button, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from workbench.base.i18n import _
from workbench.base.money import exact_yuan, wan
from workbench.insight.towers.facts import TierMovement, TowerCoverage, TowerShare
from workbench.rules.parameters import Rules


class TowerCard(Card):
    """One tower: customers, assets, levels, and how well it is served. Every figure opens its customers."""

    def __init__(self, ask: Callable[[str], object]) -> None:
        super().__init__(" ")
        self._ask = ask

    def show_tower(
        self, tower: TowerShare, levels: Sequence[TowerShare], coverage: TowerCoverage | None, rules: Rules
    ) -> None:
        """Show a tower with its levels; `coverage` is None where nothing can be looked up."""
        self.clear()
        self.heading.setText(tower.name)
        self.note.setText(rules.text(f"mode.{tower.code}"))
        count = self._link(_("{n} 户").format(n=f"{tower.customers:,}"), tower.expression)
        aum = label(wan(tower.aum_fen), "big", tip=_("资产 {yuan} 元").format(yuan=exact_yuan(tower.aum_fen)))
        shares = _("户数占 {customers:.1%} · 资产占 {aum:.1%}")
        share_words = shares.format(customers=tower.customers_share, aum=tower.aum_share)
        self.body.addLayout(row(aum, count, None))
        self.body.addWidget(label(share_words, "second", wrap=True))
        own = [self._link(f"{one.name} {one.customers:,}", one.expression) for one in levels if one.customers]
        self.body.addWidget(Strip(*own, gap=2))
        if coverage is not None and tower.customers:
            self.body.addSpacing(2)
            self._coverage(coverage)
        self.body.addStretch(1)

    def _coverage(self, coverage: TowerCoverage) -> None:
        if coverage.share is None:
            words = _("{way}还没有任何记录,无法判断").format(way=coverage.way)
            self.body.addWidget(label(words, "second", wrap=True))
            return
        words = _("{way}有据可查的部分做到 {share:.0%}").format(way=coverage.way, share=coverage.share)
        tip = _("只算查得到的项目;没有记录的不算没做,也不算做到")
        self.body.addWidget(label(words, "second", wrap=True, tip=tip))
        weak = [
            self._link(_("{name}未覆盖 {n} 户").format(name=name, n=f"{n:,}"), where)
            for code, name, n, where in coverage.weakest
            if code != "full"
        ][:2]
        if coverage.unscored:
            without_record = _("没有记录 {n}").format(n=f"{coverage.unscored:,}")
            weak.append(self._link(without_record, coverage.unscored_expression))
        if weak:
            self.body.addWidget(Strip(*weak, gap=2))

    def _link(self, words: str, expression: str) -> QPushButton:
        return button(words, partial(self._ask, expression), "link", tip=_("点一下看是哪些客户"))


@dataclass(frozen=True, slots=True)
class MovedFrom:
    """A row of the matrix: last month's level, and the movements from it by this month's level."""

    name: str
    before: str | None
    to: Mapping[str | None, TierMovement]


class MovementTable(Table):
    """Last month's level down, this month's across.

    `condition_requested(condition)` on Enter or a double click, `left()` for those no longer on a list.
    """

    condition_requested = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__([Column(" ", lambda x: x.name, 120)], name="towers.moved", bare=True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.doubleClicked.connect(self._open)
        self._codes: tuple[str | None, ...] = ()

    def show_movements(self, movements: Sequence[TierMovement], order: Sequence[str], rules: Rules) -> None:
        """Show the movements; `order` are the level codes from the lowest up."""
        codes = [*reversed(order), None]
        moved = {(one.before, one.after): one for one in movements}
        afters = [code for code in codes if any(one.after == code for one in movements)]
        befores = [code for code in codes if any(one.before == code for one in movements)]
        self._codes = tuple(afters)
        columns: list[Column[MovedFrom]] = [
            Column(
                _("上月 ╲ 本月"),
                lambda x: x.name,
                130,
                ink=lambda _x: "second",
                value=lambda x: None if x.before is None else order.index(x.before),
                key=True,
                largest=True,
            )
        ]
        for code in afters:
            title = rules.text(f"tier.{code}") if code else _("不在名单")
            columns.append(
                Column(
                    title,
                    partial(_count, code),
                    82,
                    number=True,
                    ink=partial(_ink, code, tuple(order)),
                    tip=partial(_tip, code),
                )
            )
        columns.append(Column(_("合计"), _total, 82, number=True))
        self.put_columns(columns)
        self.table.fill(
            [
                MovedFrom(
                    rules.text(f"tier.{code}") if code else _("上月不在名单"),
                    code,
                    {one.after: one for key, one in moved.items() if key[0] == code},
                )
                for code in befores
            ]
        )
        self.stay(column=1)

    def _open(self, index: QModelIndex) -> None:
        row = self.table.row(index.row()) if index.isValid() else None
        if not isinstance(row, MovedFrom) or not 1 <= index.column() <= len(self._codes):
            return
        move = row.to.get(self._codes[index.column() - 1])
        if move is not None and move.expression:
            self.condition_requested.emit(move.expression)
        elif move is not None:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the customers of a cell."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)


def _count(code: str | None, row: MovedFrom) -> str:
    move = row.to.get(code)
    return f"{move.customers:,}" if move else "·"


def _ink(code: str | None, order: tuple[str, ...], row: MovedFrom) -> str | None:
    """Grey for those who stayed, red for falls and leavings, the accent for rises."""
    if code not in row.to or code == row.before:
        return "second"
    if code is None or (row.before in order and order.index(code) < order.index(row.before)):
        return "red"
    return "accent"


def _tip(code: str | None, row: MovedFrom) -> str:
    move = row.to.get(code)
    if move is None:
        return ""
    words = _("{n} 户,资产 {yuan} 元").format(n=f"{move.customers:,}", yuan=exact_yuan(move.aum_fen))
    return words + "\n" + (_("双击看是哪些客户") if move.expression else _("双击看导入的变动清单"))


def _total(row: MovedFrom) -> str:
    return f"{sum(move.customers for move in row.to.values()):,}"
