"""客群: the four quadrants of relation, the segments, their battle maps, and the manager's own style (domain 2)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget

from ui.page import Page
from ui.pages.genes.canvas import CanvasTab
from ui.pages.genes.quadrants import QuadrantsTab
from ui.pages.genes.segments import SegmentsTab
from ui.pages.genes.style import StyleTab
from ui.tasks import Tasks
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench

TABS = ("quadrants", "segments", "canvas", "style")


class GenesPage(Page):
    """Four tabs; each reads when it is shown. `place("segments")` or `place("canvas:elder")` opens one."""

    name = "genes"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.say(_("客群"), _("先看关系亲疏,再看属于哪类客群,然后用一页画布定经营方案。"))
        self.quadrants = QuadrantsTab(tasks, self.go.emit)
        self.segments = SegmentsTab(tasks, self.go.emit, self.show_map)
        self.canvas = CanvasTab(workbench, tasks, self.go.emit)
        self.canvas.segment_requested.connect(self._read_tab)
        self.style_tab = StyleTab(workbench, tasks)
        self.tabs = QTabWidget()
        for tab, words in (
            (self.quadrants, _("四象限")),
            (self.segments, _("八大客群")),
            (self.canvas, _("作战画布")),
            (self.style_tab, _("我的风格")),
        ):
            self.tabs.addTab(tab, words)
        self.tabs.currentChanged.connect(lambda _number: self._read_tab())
        self.waits_for = _("正在计算关系和客群…")
        self.content = self.stage(
            self.tabs, _("还没有客户名单。导入一个月的名单后,这里会按关系和客群给客户分组。")
        )

    def reload(self) -> None:
        """Read the tab in front; the others are read when shown."""
        self._read_tab()

    def _read_tab(self) -> None:
        genes, tab = self.workbench.insight.genes, TABS[self.tabs.currentIndex()]
        segment = self.canvas.code
        reads: dict[str, Callable[[], object]] = {
            "quadrants": lambda: self.compute(genes.quadrants, self.quadrants.fill),
            "segments": lambda: self.compute(genes.segments, self.segments.fill),
            "canvas": lambda: self.compute(
                lambda progress: genes.canvas(segment, progress), self.canvas.fill
            ),
            "style": lambda: self.compute(
                lambda _progress: (genes.styles(), genes.retest_warning()), self.style_tab.fill
            ),
        }
        reads[tab]()

    def show_map(self, segment: str) -> None:
        """Open the battle map of a segment."""
        self.canvas.choose(segment)
        self.tabs.setCurrentIndex(TABS.index("canvas"))

    def place(self, argument: object) -> None:
        """Open a tab by its code, "canvas:CODE" with the battle map of a segment."""
        tab, _colon, segment = str(argument or "").partition(":")
        if segment:
            self.canvas.choose(segment)
        if tab in TABS:
            self.tabs.setCurrentIndex(TABS.index(tab))

    def focus_first(self) -> None:
        """The tab bar: arrows change the tab."""
        self.tabs.tabBar().setFocus()

    def keep_open(self) -> None:
        """Store what is being written on a battle map."""
        self.canvas.keep_open()
