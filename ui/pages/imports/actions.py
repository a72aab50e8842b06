"""The buttons at the head of the page 导入: which of them are there at which step, and what they say."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from ui.page import Page
from workbench.base.i18n import _

if TYPE_CHECKING:
    from ui.pages.imports.review import ImportReview
    from ui.pages.imports.several import SeveralFiles

START, WAITING, REVIEW, SEVERAL = range(4)


class PageActions:
    """The primary button (also Ctrl+Enter), the way to the week, the way back, and two dialogs of the start."""

    def __init__(
        self,
        page: Page,
        commit: Callable[[], object],
        escape: Callable[[], object],
        commit_free: Callable[[], object],
    ) -> None:
        self.commit = page.add_primary(_("写入账本"), commit)
        self.commit.setToolTip("Ctrl+Enter")
        self.free = page.add_action("", commit_free, tip=_("要确认的留在表里,确认后再写"), always=True)
        self.week = page.add_action(_("去看本周"), lambda: page.go.emit("week", None), always=True)
        self.back = page.add_action(_("放弃这个文件"), escape, tip="Esc")
        self._page = page
        dialects = _("各种名单怎么读:改名、修改、导出给同事")
        people = _("一个人两个客户号:合并或说明不是同一人")
        self._of_start = (
            page.add_action(_("识别过的表式…"), self.show_dialects, tip=dialects),
            page.add_action(_("同一人…"), self.show_identity, tip=people),
        )
        for keys in ("Return", "Enter"):
            key = QShortcut(QKeySequence("Ctrl+" + keys), page)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(self.commit.click)

    def show_dialects(self) -> None:
        """Open the dialog of dialects: how each head-office list is read."""
        from ui.pages.imports.dialects import DialectsDialog

        DialectsDialog(self._page.workbench, self._page.tasks, self._page).open()

    def show_identity(self) -> None:
        """Open the dialog of customers who may be one person."""
        from ui.pages.identity.page import IdentityDialog

        IdentityDialog(self._page.workbench, self._page.tasks, self._page).open()

    def turn(self, place: int, *, written: bool, among: bool) -> None:
        """Show the buttons of a step; `written`: something was written before, `among`: the file is one of several."""
        for made in (self.commit, self.back):
            made.setVisible(place in (REVIEW, SEVERAL))
        for made in self._of_start:
            made.setVisible(place == START)
        self.free.setVisible(False)  # only beside several files of which some ask
        self.week.setVisible(place in (START, SEVERAL) and written)
        self.back.setText(_("回到这些文件") if among else _("放弃这个文件"))

    def wait(self) -> None:
        """Nothing can be written while the file is checked."""
        self.commit.setEnabled(False)
        self.commit.setText(_("正在核对…"))

    def tell_review(self, review: "ImportReview", *, among: bool) -> None:
        """The primary button beside a file under review."""
        waiting = review.open_points()
        done = _("回到这些文件") if among else _("写入账本")
        self.commit.setText(_("还有 {n} 项需要确认").format(n=waiting) if waiting else done)
        self.commit.setEnabled(bool(waiting) or review.anything() or among)

    def tell_several(self, several: "SeveralFiles") -> None:
        """The buttons beside the table of several files."""
        words = several.primary()
        self.commit.setText(words)
        self.commit.setVisible(bool(words))
        self.commit.setEnabled(bool(words))
        self.free.setText(several.beside())
        self.free.setVisible(bool(self.free.text()))
        self.back.setText(_("取消") if several.busy else _("放弃这些文件") if words else _("完成"))
