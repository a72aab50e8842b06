"""三塔: who is on which level, who is about to fall or one step short, and how well each tower is served."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QStackedWidget, QTabWidget, QWidget

from ui.page import Page
from ui.pages.towers.charts import CurveChart
from ui.pages.towers.dialog import ServiceDialog
from ui.pages.towers.experts import ExpertsTab
from ui.pages.towers.parts import MovementTable, TowerCard
from ui.tasks import Tasks
from ui.widgets.parts import Card, EmptyState, button, column, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip, Tiles
from ui.words import exact, signed_wan, tier_word, who
from workbench.base.dates import shift_month
from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.insight.towers.facts import Board, Curve, Named, Placed
from workbench.insight.towers.topup import TopUp
from workbench.rules.parameters import presets
from workbench.rules.tiers import ASLEEP, Ladder

if TYPE_CHECKING:
    from workbench.app import Workbench

_TABS = ("keep", "upgrade", "moved", "differs")
_EXPERTS = "experts"

#: columns at the right of a list that rest on today's date, which old data cannot give
_TIMED = {"keep": 3, "upgrade": 2}


class TowersPage(Page):
    """The three towers and the concentration of assets above; below, the lists to act on."""

    name = "towers"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.board: Board | None = None
        self.say(_("三塔"), _("先守住临近降级的客户,再提升临近升级的客户;点任何数字看是哪些客户。"))
        self.add_primary(_("记一笔服务"), self.record)
        self.towers = {code: TowerCard(self._people) for code in ("top", "waist", "base")}
        self.curve = CurveChart(tasks)
        self.shares: list[QPushButton] = []
        self.concentration = Card(_("集中度"))
        self.unknown = button("", self._ask_unknown, "link")
        self.foot = label("", "second", wrap=True)
        self.keep = Table(self._keep_columns(), name="towers.keep", bare=True)
        self.upgrade = Table(self._upgrade_columns(), name="towers.upgrade", bare=True)
        self.differs = Table(self._differs_columns(), name="towers.differs", bare=True)
        self.moved = MovementTable()
        self.moved.condition_requested.connect(self._people)
        self.moved.left.connect(lambda: self.go.emit("imports", None))
        self.tabs = QTabWidget()
        self.links: dict[str, QPushButton] = {}
        self.notes = {name: label("", "second", wrap=True) for name in _TABS}
        self._lists = {"keep": self.keep, "upgrade": self.upgrade, "differs": self.differs}
        self._empties = {name: EmptyState(words) for name, words in self._nobody().items()}
        self._stacks: dict[str, QStackedWidget] = {}
        for name in _TABS:
            self.tabs.addTab(self._tab(name), "")
        self.experts = ExpertsTab(self)
        self.experts.customer_requested.connect(lambda number: self.go.emit("portrait", number))
        self.tabs.addTab(self.experts, _("专家"))
        for table in self._lists.values():
            table.opened.connect(partial(self._open, table))
        self.waits_for = _("正在计算层级和标签")
        self.content = self.stage(
            self._whole(),
            _("还没有客户数据。导入一个月的客户清单后,这里会分出三座塔,并排出保级和升级名单。"),
        )
        self.waiting = self.content.waiting

    # -- building ------------------------------------------------------------------------------------------

    def _whole(self) -> QWidget:
        inside = QWidget()
        self.share_line = Strip(gap=2)
        self.concentration.body.addWidget(self.share_line)
        self.concentration.body.addWidget(self.curve, 1)
        above = Tiles((*self.towers.values(), self.concentration), 4, 150)
        whole = column(above, row(self.unknown, None), spacing=6)
        card = Card()
        card.body.addWidget(self.tabs, 1)
        self.tabs.setMinimumHeight(200)
        whole.addWidget(card, 1)
        whole.addWidget(self.foot)
        whole.setContentsMargins(0, 0, 0, 0)
        inside.setLayout(whole)
        return inside

    def _tab(self, name: str) -> QWidget:
        inside = QWidget()
        stack = QStackedWidget()
        stack.addWidget(self._lists.get(name, self.moved))
        stack.addWidget(self._empties[name])
        self._stacks[name] = stack
        head = row(self.notes[name])
        head.setStretch(0, 1)
        if name in self._lists:
            self.links[name] = button("", partial(self._all_of, name), "link", tip=_("到选人中心看全部"))
            head.insertWidget(0, self.links[name])
        layout = column(head, spacing=4)
        layout.addWidget(stack, 1)
        layout.setContentsMargins(0, 6, 0, 0)
        inside.setLayout(layout)
        return inside

    def _nobody(self) -> dict[str, str]:
        return {
            "keep": _("没有临近降级的客户:都比本级门槛高出一成以上。"),
            "upgrade": _("没有临近升级的客户:还没有客户达到上一级门槛的九成。"),
            "moved": _("只有一个月的数据,看不到升降。导入相邻的两个月后,这里会列出谁升谁降。"),
            "differs": _("没有与本行等级不一致的客户。"),
        }

    def _common(self) -> list[Column[Placed]]:
        rules = self.workbench.rules
        return [
            Column(_("客户"), lambda x: who(x.name, x.customer_no), 110, key=True),
            Column(_("层级"), lambda x: tier_word(rules, x.standing.tier), 72, value=lambda x: x.standing.tier, largest=True),
            Column(
                _("月日均"), lambda x: wan(x.standing.average_fen), 88, number=True,
                fen=lambda x: x.standing.average_fen,
            ),
        ]  # fmt: skip

    def _keep_columns(self) -> list[Column[Placed]]:
        return [
            *self._common(),
            Column(_("本级门槛"), lambda x: wan(x.standing.line_fen), 84, number=True, fen=lambda x: x.standing.line_fen),
            Column(
                _("高出或还差"), lambda x: signed_wan(x.standing.margin_fen), 96, number=True,
                fen=lambda x: x.standing.margin_fen, ink=lambda x: "red" if x.standing.watch else None,
            ),
            Column(_("未达标"), _watched, 78, number=True),
            Column(_("何时降级"), _falls, 88, ink=lambda x: "red" if _lost(x) else None),
            Column(
                _("补多少"), lambda x: _topup_words(x.standing.keep), 88, number=True,
                tip=lambda x: _topup_words(x.standing.keep, exact), fen=lambda x: _topup_fen(x.standing.keep),
                ink=lambda _x: "accent",
            ),
            Column(_("怎么办"), lambda x: x.standing.advice or "—", 0, tip=lambda x: x.standing.reason),
        ]  # fmt: skip

    def _upgrade_columns(self) -> list[Column[Placed]]:
        rules = self.workbench.rules
        return [
            *self._common(),
            Column(_("升到"), lambda x: tier_word(rules, x.standing.next_tier), 72,
                   value=lambda x: x.standing.next_tier, largest=True),
            Column(_("门槛"), lambda x: wan(x.standing.next_line_fen), 84, number=True, fen=lambda x: x.standing.next_line_fen),
            Column(
                _("还差"), lambda x: wan(x.standing.gap_fen), 88, number=True, fen=lambda x: x.standing.gap_fen
            ),
            Column(
                _("补多少"), lambda x: _topup_words(x.standing.upgrade), 88, number=True,
                tip=lambda x: _topup_words(x.standing.upgrade, exact), fen=lambda x: _topup_fen(x.standing.upgrade),
                ink=lambda _x: "accent",
            ),
            Column(_("怎么办"), lambda x: x.standing.advice or "—", 0, tip=lambda x: x.standing.reason),
        ]  # fmt: skip

    def _differs_columns(self) -> list[Column[Placed]]:
        return [
            *self._common(),
            Column(_("本行等级"), lambda x: x.standing.bank_level or "—", 96),
            Column(_("可能的原因"), lambda x: x.standing.bank_note or "", 0, tip=lambda x: x.standing.reason),
        ]

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Compute the board, read the experts."""
        self.compute(self.workbench.insight.towers.board, self._show)
        self.experts.reload()

    def _show(self, board: Board) -> None:
        rules = self.workbench.rules
        self.board = board
        usual = _("先守住临近降级的客户,再提升临近升级的客户;点任何数字看是哪些客户。")
        self.say(_("三塔"), board.fresh.sentence or usual)
        towers = {one.code: one for one in board.towers}
        coverage = {one.tower: one for one in board.coverage}
        for code, card in self.towers.items():
            levels = [one for one in board.levels if (one.tower or "").split("_")[0] == code]
            card.show_tower(towers[code], levels, coverage.get(code), rules)
        unknown = towers.get(None)
        self.unknown.setVisible(unknown is not None)
        if unknown is not None:
            words = _("另有 {n} 户没有资产数据,无法判断在哪座塔")
            self.unknown.setText(words.format(n=f"{unknown.customers:,}"))
        self._show_curve(board.curve)
        self._show_lists(board)
        words = _(
            "数据日期 {as_of};门槛按“{preset}”口径,升降级办法:{option};"
            "保级与升级的名单范围、经营覆盖的天数为本系统口径,可在规则文件里改。"
        )
        preset = presets().get(rules.preset, rules.preset)
        self.foot.setText(
            words.format(as_of=board.as_of, preset=preset, option=rules.text(f"tiers.option.{board.option}"))
        )

    def _show_curve(self, curve: Curve) -> None:
        self.share_line.clear()
        self.shares = []
        for share, held, asking in (
            ("10%", curve.top10, curve.expression10),
            ("20%", curve.top20, curve.expression20),
        ):
            if held is not None:
                words = _("前 {share} 占 {held:.1%}").format(share=share, held=held)
                self.shares.append(button(words, partial(self._people, asking), "link"))
                self.share_line.add(self.shares[-1])
        self.concentration.note.setText("" if self.shares else _("没有资产数据"))
        self.curve.show_curve(curve)

    def _show_lists(self, board: Board) -> None:
        order = (ASLEEP, *Ladder.of(self.workbench.rules).codes)
        for name, table in self._lists.items():
            named: Named = getattr(board, name)
            table.table.fill(named.rows)
            for at in range(len(table.table.columns) - _TIMED.get(name, 0), len(table.table.columns)):
                table.widths.withhold(at, board.fresh.stale)  # the head of the page says why
            table.stay()
            self._stacks[name].setCurrentIndex(0 if named.rows else 1)
            self.links[name].setVisible(bool(named.total))
        self.links["keep"].setText(_all(board.keep, _("共 {n} 户,合计还差 {gap}")))
        self.links["upgrade"].setText(_all(board.upgrade, _("共 {n} 户,合计还差 {gap}")))
        self.links["differs"].setText(_all(board.differs, _("共 {n} 户")))
        for name in ("keep", "upgrade"):
            rows = getattr(board, name).rows
            self.notes[name].setText(self._assumed(board) if rows and rows[0].standing.today_note else "")
        self.notes["differs"].setText(self._compared(board))
        no_bank_level = _(
            "名单里没有看得懂的本行等级,无法比较。带“客户等级”列的名单导入后,这里会列出不一致的客户。"
        )
        self._empties["differs"].words.setText(self._nobody()["differs"] if board.compared else no_bank_level)
        self.moved.show_movements(board.movements, order, self.workbench.rules)
        self._stacks["moved"].setCurrentIndex(0 if board.before else 1)
        up, down = board.moved(True, order), board.moved(False, order)
        if board.before:
            words = _("{before} 到 {month}:升级 {up} 户,降级 {down} 户")
            self.notes["moved"].setText(
                words.format(before=board.before, month=board.month, up=f"{up:,}", down=f"{down:,}")
            )
        titles = {
            "keep": _("临近降级 {n}").format(n=f"{board.keep.total:,}"),
            "upgrade": _("临近升级 {n}").format(n=f"{board.upgrade.total:,}"),
            "moved": (
                _("升 {up} 降 {down}").format(up=f"{up:,}", down=f"{down:,}") if board.before else _("升降")
            ),
            "differs": (
                _("与本行等级不一致 {n}").format(n=f"{board.differs.total:,}")
                if board.compared
                else _("与本行等级不一致")
            ),
        }
        for number, name in enumerate(_TABS):
            self.tabs.setTabText(number, titles[name])

    def _assumed(self, board: Board) -> str:
        if board.fresh.stale:
            return ""
        if board.as_of[:7] == board.day[:7]:
            return _("“补多少”按 {as_of} 的月日均和余额推算到今天").format(as_of=board.as_of)
        words = _("“补多少”按 {as_of} 的余额算,从下月 1 日起补")
        return words.format(as_of=board.as_of)

    def _compared(self, board: Board) -> str:
        if board.differs_widely:
            words = commas(
                f"{one.word} {one.differs:,}/{one.customers:,}" for one in board.bank if one.differs
            )
            widely = _(
                "{n}/{all} 户不一致,比例过高:先核对本行等级是否按月日均认定、叫法对应是否正确({words})"
            )
            total = f"{board.differs.total:,}"
            return widely.format(n=total, all=f"{board.compared:,}", words=words)
        summary = _("{n} 户有本行等级可比").format(n=f"{board.compared:,}")
        strange = commas(f"{one.word} {one.customers:,}" for one in board.bank if one.differs is None)
        return summary + (_(";还未识别:{words}").format(words=strange) if strange else "")

    # -- acting --------------------------------------------------------------------------------------------

    def _people(self, expression: str) -> None:
        self.go.emit("picker", expression)

    def _all_of(self, name: str) -> None:
        if self.board is not None:
            self._people(getattr(self.board, name).expression)

    def _ask_unknown(self) -> None:
        self._people("tower is missing")

    def _open(self, table: Table, number: int) -> None:
        placed = table.table.row(number)
        if isinstance(placed, Placed):
            self.go.emit("portrait", placed.customer_no)

    def current(self) -> Placed | None:
        """The customer under the keyboard in the list in front, None while there is none."""
        at = self.tabs.currentIndex()
        table = self._lists.get(_TABS[at]) if at < len(_TABS) else None
        placed = table.current() if table is not None else None
        return placed if isinstance(placed, Placed) else None

    def record(self) -> None:
        """Record a service, for the selected customer unless another is typed."""
        placed = self.current()
        number = placed.customer_no if placed else None
        tower = placed.standing.tower if placed else None
        ServiceDialog(self.workbench, self.tasks, number, tower, self).open()

    def place(self, argument: object) -> None:
        """Open the list `argument`, one of `_TABS`, or 'experts'."""
        if argument == _EXPERTS:
            self.tabs.setCurrentWidget(self.experts)
        if argument in _TABS:
            self.tabs.setCurrentIndex(_TABS.index(str(argument)))

    def focus_first(self) -> None:
        """The list of those about to fall."""
        self.keep.setFocus()


def _topup_words(topup: TopUp | None, words: Callable[[int | None], str] = wan) -> str:
    """The amount of a deposit that a customer can be asked for, else '—'."""
    fen = _topup_fen(topup)
    return "—" if fen is None else words(fen)


def _topup_fen(topup: TopUp | None) -> int | None:
    return topup.fen if topup is not None and topup.followable else None


def _watched(placed: Placed) -> str:
    watch = placed.standing.watch
    return _("{n} 个月").format(n=watch) if watch else "—"


def _falls(placed: Placed) -> str:
    standing = placed.standing
    if not standing.watch or standing.falls_in is None or standing.month is None:
        return "—"
    return shift_month(standing.month, standing.falls_in)


def _lost(placed: Placed) -> bool:
    """Whether the fall takes effect this month or earlier: it is decided, and can only be made good."""
    falls = _falls(placed)
    return falls != "—" and falls <= placed.standing.day[:7]


def _all(named: Named, words: str) -> str:
    return words.format(n=f"{named.total:,}", gap=wan(named.gap_fen))
