"""旅程: where every customer stands, since when and why; the honeymoon and persons without an account beside it (domain 3)."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QWidget

from ui.page import Page
from ui.pages.journey.board import BoardView
from ui.pages.journey.honeymoon import HoneymoonTab
from ui.pages.journey.moving import MoveDialog
from ui.pages.journey.prospects import ProspectsTab
from ui.selected import Selected
from ui.tasks import Tasks
from ui.widgets.table_model import WINDOW
from workbench.base.i18n import _
from workbench.insight.journey.facts import COLUMNS, BoardRow, ShownBoard

if TYPE_CHECKING:
    from workbench.app import Workbench

#: what `place` opens: the tabs by name
BOARD, HONEYMOON, PROSPECTS = "board", "honeymoon", "prospects"


class JourneyPage(Page):
    """Tabs: the board of the five stages first."""

    name = "journey"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.waits_for = _("正在看每位客户走到哪一步…")
        self.say(_("旅程"), "")
        self.add_action(_("打开画像"), self._portrait, tip="Enter")
        self.move_button = self.add_action(_("手工换阶段…"), self.ask_move, tip="Ctrl+M")
        self.move_button.setShortcut("Ctrl+M")
        self.plan_button = self.add_action(_("放进本周计划"), partial(self._ask, "to_plan"), tip="Ctrl+B")
        # also in a book without customers: persons come before their accounts
        self.prospect_button = self.add_action(_("登记潜客…"), self._note_prospect, always=True)
        self.add_primary(_("记一次联系"), partial(self._ask, "touch"))
        self.board = BoardView(workbench, tasks)
        self.board.opened.connect(self._open)
        self.board.condition_requested.connect(lambda condition: self.go.emit("picker", condition))
        self.board.filter_changed.connect(self.reload)
        self.tabs = QTabWidget()
        self._places: dict[str, int] = {}
        self._as_of: str | None = None
        #: the tabs that read by themselves, and those of them that did not since the last write
        self._beside: dict[QWidget, Callable[[], object]] = {}
        self._unread: set[QWidget] = set()
        self.honeymoon, self.prospects = HoneymoonTab(workbench, tasks), ProspectsTab(workbench, tasks)
        self._add_tab(BOARD, _("看板"), self.board)
        self._add_tab(HONEYMOON, _("蜜月期"), self.honeymoon, self.honeymoon.reload)
        self._add_tab(PROSPECTS, _("潜客"), self.prospects, self.prospects.reload)
        self.board.prospects_requested.connect(lambda: self.place(PROSPECTS))
        self.honeymoon.condition_requested.connect(lambda condition: self.go.emit("picker", condition))
        self.honeymoon.imports_requested.connect(lambda: self.go.emit("imports", None))
        self.tabs.currentChanged.connect(self._turned)
        self.content = self.stage(
            self.tabs,
            _("还没有客户数据。导入一个月的客户清单后,这里会把客户排进五个阶段,说明进来多久、为什么。"),
        )

    def _add_tab(self, name: str, title: str, tab: QWidget, read: Callable[[], object] | None = None) -> None:
        """Add a tab; `read` fills it when it is in front and the book was written to since."""
        self._places[name] = self.tabs.addTab(tab, title)
        if read is not None:
            self._beside[tab] = read

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the board with the first cards of each stage, and the tab in front beside it."""
        journey, wanted = self.workbench.insight.journey, self.board.wanted
        self.compute(lambda progress: journey.shown(wanted, WINDOW, progress), self._show)
        self._unread = set(self._beside)
        self._read_front()

    def _read_front(self) -> None:
        tab = self.tabs.currentWidget()
        if tab in self._unread:
            self._unread.discard(tab)
            self._beside[tab]()

    def _turned(self, _at: int) -> None:
        self._say()
        self.enable(self.ready)
        self._read_front()

    def _show(self, shown: ShownBoard) -> None:
        self._as_of = shown.board.as_of
        self._say()
        self.board.fill(shown)
        self.enable(True)

    def _say(self) -> None:
        """The data date, and on the board how its cards are read."""
        if self._as_of is None:
            return
        on_board = self.tabs.currentWidget() is self.board
        words = (
            _("数据日期 {as_of}。选中一张卡:回车看画像,左右键换一列;等得最久的在最上面。")
            if on_board
            else _("数据日期 {as_of}。")
        )
        self.say(_("旅程"), words.format(as_of=self._as_of))

    def enable(self, on: bool) -> None:
        """The actions are about the card of the board under the keyboard."""
        listed = any(view.cards.table.rowCount() for view in self.board.stages.values())
        super().enable(on and listed and self.tabs.currentWidget() is self.board)

    # -- acting --------------------------------------------------------------------------------------------

    def place(self, argument: object) -> None:
        """Open the tab of that name ('prospects:KEY': at that person), or show the stage of that code."""
        name, _colon, key = str(argument or "").partition(":")
        if name in self._places:
            self.tabs.setCurrentIndex(self._places[name])
            if name == PROSPECTS:
                self._show_prospects(key)
        elif name in COLUMNS:
            self.tabs.setCurrentWidget(self.board)
            self.board.stages[name].cards.setFocus()

    def _show_prospects(self, key: str) -> None:
        if self.content.currentWidget() is self.content.nothing:
            self.content.show_content()
        if key:
            self.prospects.select(key)

    def _note_prospect(self) -> None:
        self.place(PROSPECTS)
        self.prospects.add()

    def show_nothing(self) -> None:
        """The empty state, unless somebody looks at persons without an account."""
        if self.tabs.currentWidget() is self.prospects:
            self.content.show_content()
        else:
            super().show_nothing()

    def focus_first(self) -> None:
        """The board's cards, or what a tab begins with."""
        tab = self.tabs.currentWidget()
        begin: Callable[[], object] = getattr(tab, "focus_first", tab.setFocus)
        begin()

    def selected(self) -> Selected | None:
        """The customer of the card under the keyboard."""
        return super().selected()

    def ask_move(self) -> None:
        """Ask where the customer is to stand instead."""
        if (card := self._card()) is not None:
            MoveDialog(self.workbench, self.tasks, card, self.window()).open()

    def _card(self) -> BoardRow | None:
        return self.board.card() if self.tabs.currentWidget() is self.board else None

    def _portrait(self) -> None:
        if (card := self._card()) is not None:
            self._open(card.customer_no)

    def _open(self, customer_no: str) -> None:
        self.go.emit("portrait", customer_no)

    def _ask(self, what: str) -> None:
        if (card := self._card()) is not None:
            self.go.emit(what, card.customer_no)
