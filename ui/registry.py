"""`PAGES`: the one list of pages, in the order of the work. Navigation, search box, icons, shortcuts, pictures and tests
follow from it. A page's module is imported when the page is first opened: the first one must not wait for the others."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from workbench.base.i18n import _


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page before it is opened."""

    name: str
    title: Callable[[], str]
    glyph: str
    #: the other ways to type it in the search box: pinyin, initials, English
    words: str = ""
    shortcuts: tuple[str, ...] = ()
    #: whether a new group begins with it at the left
    group: bool = False
    #: the page whose button is checked at the left while it is in front; '' when it has one of its own
    under: str = ""
    #: whether it is built with the settings of this PC too, and may request a new window
    of_pc: bool = False

    @property
    def module(self) -> str:
        """The module of its class, imported when the page is first opened."""
        return f"ui.pages.{self.name}.page"

    @property
    def kind(self) -> str:
        """The name of its class."""
        return f"{self.name.capitalize()}Page"


# fmt: off
PAGES = (
    PageEntry("week", lambda: _("本周"), "calendar-check", "bz benzhou week", ("Ctrl+1", "Alt+1")),
    PageEntry("today", lambda: _("今日"), "phone-call", "jr jinri today qingdan review fupan promises", ("Ctrl+0", "Alt+0")),
    PageEntry("scripts", lambda: _("话术"), "chat-text", "hs huashu scripts playbook words", ("Ctrl+W",)),
    PageEntry("log", lambda: _("联系记录"), "note-pencil", "lxjl lianxi jilu log contacts", ("Ctrl+H",)),
    PageEntry("customers", lambda: _("客户"), "users", "kh kehu customers clients", ("Ctrl+2", "Alt+2")),
    PageEntry("portrait", lambda: _("画像"), "user-focus", under="customers"),
    PageEntry("warnings", lambda: _("预警"), "warning", "yj yujing warnings", ("Ctrl+3", "Alt+3")),
    PageEntry("critical", lambda: _("临界"), "hourglass-medium", "lj linjie critical near classes", ("Ctrl+J",)),
    PageEntry("cases", lambda: _("投诉亏损"), "first-aid-kit", "ts tousu kuisun yinghui cases complaints", ("Ctrl+Shift+E",)),
    PageEntry("journey", lambda: _("旅程"), "path", "lc lvcheng journey stages kanban board", ("Ctrl+Y",)),
    PageEntry("calendar", lambda: _("日历"), "calendar-blank", "rl rili calendar year touches festivals", ("Ctrl+G",)),
    PageEntry("benefits", lambda: _("权益"), "medal", "qy quanyi benefits privileges", ("Ctrl+Shift+B",)),
    PageEntry("referrals", lambda: _("转介"), "share-network", "zj zhuanjie mgm referrals introduce", ("Ctrl+Shift+M",)),
    PageEntry("plan", lambda: _("计划"), "clipboard-text", "jh jihua plan 531", ("Ctrl+4", "Alt+4")),
    PageEntry("results", lambda: _("录入结果"), "keyboard", "lr luru jieguo huitian results keypad enter", ("Ctrl+U",)),
    PageEntry("outcomes", lambda: _("成效"), "chart-line-up", "cx chengxiao outcomes results", ("Ctrl+R",)),
    PageEntry("backtest", lambda: _("回测"), "clock-counter-clockwise", "hc huice backtest history precision", ("Ctrl+Shift+R",)),
    PageEntry("picker", lambda: _("选人"), "funnel", "xr xuanren picker select condition list", ("Ctrl+5", "Alt+5"), group=True),
    PageEntry("towers", lambda: _("三塔"), "stack", "st santa towers tiers levels", ("Ctrl+6", "Alt+6")),
    PageEntry("genes", lambda: _("客群"), "users-three", "kq kequn genes segments disc quadrant canvas", ("Ctrl+7", "Alt+7")),
    PageEntry("matrix", lambda: _("产品"), "grid-four", "cp chanpin matrix products offers", ("Ctrl+8", "Alt+8")),
    PageEntry("pivot", lambda: _("透视"), "chart-bar", "ts toushi pivot", ("Ctrl+9", "Alt+9")),
    PageEntry("tags", lambda: _("标签"), "tag", "bq biaoqian tags", ("Ctrl+T",)),
    PageEntry("imports", lambda: _("导入"), "file-arrow-down", "dr daoru import", ("Ctrl+I",), group=True),
    PageEntry("trust", lambda: _("登记簿"), "shield-check", "djb dengjibu register audit trust beifen backup", ("Ctrl+Shift+T",)),
    PageEntry("settings", lambda: _("设置"), "gear-six", "sz shezhi settings", ("Ctrl+,",), of_pc=True),
)
# fmt: on

BY_NAME = {entry.name: entry for entry in PAGES}
#: the pages at the left and in the search box
LISTED = tuple(entry for entry in PAGES if not entry.under)
#: the page that a window opens with
FIRST = PAGES[0].name


def taken_twice(shortcuts: Iterable[str]) -> frozenset[str]:
    """Shortcuts given to two things: Qt would trigger neither."""
    return frozenset(one for one, times in Counter(shortcuts).items() if times > 1)
