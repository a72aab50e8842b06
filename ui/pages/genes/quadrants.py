"""四象限: the 2x2 of familiarity and size with who moved, and the silent bosses to win (domain 2.1)."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.tasks import Tasks
from ui.widgets.parts import Card, beside, button, column, empty, flow, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from ui.words import exact, who
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.insight.genes.board import BOSS, NOW, SIZE, QuadrantBoard, QuadrantCell
from workbench.insight.genes.data import quadrants

Go = Callable[[str, object], object]
#: (row, column) on the page: the unknown left, the big on top
_PLACES = {"silent_boss": (0, 0), "patron": (0, 1), "new_friend": (1, 0), "old_friend": (1, 1)}


class QuadrantsTab(QWidget):
    """Four cards and the list of ten; every figure leads to its customers."""

    def __init__(self, tasks: Tasks, go: Go) -> None:
        super().__init__()
        self._go = go
        self.unknown = label("", "banner", wrap=True)
        self.who_unknown = button("", lambda: go("picker", f"{NOW} is missing"), "link")
        open_big = f"{NOW} is missing and {SIZE} in (big, potential)"
        self.who_unknown_big = button("", lambda: go("picker", open_big), "link")
        self._cards: dict[str, Card] = {}
        self.grid = QWidget()
        grid = QGridLayout(self.grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(10)
        for code, (line, place) in _PLACES.items():
            self._cards[code] = Card()
            grid.addWidget(self._cards[code], line, place)
        self._names: dict[str, str] = {}
        self.bosses = Table(
            [
                Column(_("客户"), lambda x: who(x.name, x.customer_no), 96, key=True),
                Column(
                    _("资产"),
                    lambda x: wan(x.aum_fen),
                    84,
                    number=True,
                    fen=lambda x: x.aum_fen,
                ),
                Column(_("为什么"), lambda x: x.reason, 0, tip=lambda x: x.reason, ink=lambda x: "second"),
            ],
            tasks,
            name="genes.bosses",
            bare=True,
        )
        self.bosses.opened.connect(self._open_boss)
        self.all_bosses = button("", lambda: go("picker", BOSS), "link")
        self.right = Card(_("沉默大boss 攻坚清单"), self.all_bosses)
        self.right.body.addWidget(
            label(_("大而不熟,按资产取前几户。先建立信任,前两次不谈产品。"), "second", wrap=True)
        )
        self.right.body.addWidget(self.bosses, 1)
        self.right.setMinimumWidth(340)
        left = column(
            row(self.unknown), Strip(self.who_unknown, self.who_unknown_big), self.grid, None, spacing=8
        )
        left.setStretch(2, 1)
        area = flow(left)
        area.setMinimumWidth(340)
        body = column(beside(area, self.right, (600, 400), (3, 2)))
        body.setContentsMargins(0, 8, 0, 0)
        self.setLayout(body)

    def fill(self, board: QuadrantBoard) -> None:
        """Show the board: customers that cannot be placed, the four cells, the first ten silent bosses."""
        self._names = {cell.code: cell.name for cell in board.cells}
        self.unknown.setText(board.reason)
        self.unknown.setVisible(bool(board.unknown))
        self.who_unknown.setText(_("看这 {n} 户").format(n=f"{board.unknown:,}"))
        self.who_unknown.setVisible(bool(board.unknown))
        self.who_unknown_big.setText(_("其中大客户 {n} 户").format(n=f"{board.unknown_big:,}"))
        self.who_unknown_big.setVisible(bool(board.unknown_big))
        for cell in board.cells:
            self._show(self._cards[cell.code], cell)
        # four empty cards would say that there is nobody, where nobody can be placed
        self.grid.setVisible(any(cell.customers or cell.left for cell in board.cells))
        self.bosses.table.fill(board.bosses)
        self.all_bosses.setText(_("全部 {n} 户").format(n=f"{board.bosses_all:,}"))

    def _show(self, card: Card, cell: QuadrantCell) -> None:
        empty(card.body)
        count = button(
            _("{n} 户").format(n=f"{cell.customers:,}"), partial(self._go, "picker", cell.where), "link"
        )
        count.setAccessibleName(_("{name} {n} 户").format(name=cell.name, n=cell.customers))
        head = row(label(cell.name, "heading"), None, count)
        head.addWidget(label(wan(cell.aum_fen), "big", tip=exact(cell.aum_fen)))
        card.body.addLayout(head)
        card.body.addWidget(label(f"{cell.place} · {cell.mnemonic} · {cell.stance}", "second", wrap=True))
        moves = Strip()
        for code, number in cell.came:
            words = f"↗ {self._names.get(code, code)} {number:,}"
            text = f"g_quad_before_q1 = {code} and {cell.where}"
            moves.add(self._move(words, _("上季末在那里,现在转到本象限"), text))
        for code, number in cell.left:
            words = f"↘ {self._names.get(code, code)} {number:,}"
            text = f"g_quad_before_q1 = {cell.code} and {NOW} = {code}"
            moves.add(self._move(words, _("上季末在本象限,现在转到那里"), text))
        card.body.addWidget(moves)
        for person in cell.top:
            name = button(
                who(person.name, person.customer_no),
                partial(self._go, "portrait", person.customer_no),
                "link",
            )
            line = row(name, None, label(wan(person.aum_fen), tip=exact(person.aum_fen)), spacing=4)
            card.body.addLayout(line)
        if not cell.customers:
            card.body.addWidget(label(_("现在没有这一类客户"), "second"))
        card.body.addStretch(1)
        one = quadrants()[cell.code]
        more = [
            _("频率:{cadence}").format(cadence=_(one.cadence)),
            *(_("话头:{text}").format(text=_(t)) for t in one.openings),
        ]
        more += [_("不做:{text}").format(text=_(t)) for t in (*one.first, *one.forbidden)]
        goal = _("目标:{goal}").format(goal=_(one.goal))
        card.body.addWidget(label(goal, "second", wrap=True, tip="\n".join(more)))

    def _move(self, words: str, tip: str, text: str) -> QWidget:
        return button(words, partial(self._go, "picker", text), "link", tip=tip)

    def _open_boss(self, number: int) -> None:
        customer = self.bosses.table.row(number)
        if customer is not None:
            self._go("portrait", customer.customer_no)
