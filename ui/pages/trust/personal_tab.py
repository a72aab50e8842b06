"""个人信息: what the book holds about one customer, on paper for him, deleted on his request; and what is kept too long."""

from typing import NamedTuple

from ui.page import Page
from ui.pages.trust.deletion_dialog import DeletionDialog
from ui.pages.trust.return_dialog import ReturnDialog
from ui.pages.trust.tab import TrustTab
from ui.widgets.parts import ask, button, column, label, row
from ui.widgets.person import PersonSearch
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from workbench.base.change import Change
from workbench.base.i18n import _, semicolons, sentences
from workbench.people.customer import CustomerHit
from workbench.trust.personal.deletion import Deletion
from workbench.trust.personal.extract import PersonExtract
from workbench.trust.personal.retention import Retention


class PersonalLine(NamedTuple):
    """A line of the list: a part of the book, its rows, and what only undo keeps or what names him in texts about others."""

    title: str
    rows: int
    aside: str


class PersonalTab(TrustTab):
    """One customer at a time; below, what a clean-up would take away."""

    name = "personal"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.made: PersonExtract | None = None
        self.retention: Retention | None = None
        self.search = PersonSearch(self.workbench, page.tasks, self)
        self.search.line.setPlaceholderText(_("姓名、拼音、客户号或手机尾号"))
        self.search.line.setAccessibleName(_("查哪一位客户的个人信息"))
        self.search.taken.connect(lambda hit: self._look(hit))
        self.about = label(
            _("选一位客户,这里列出账本里关于他的全部数据在哪里、有多少。"), "second", wrap=True
        )
        self.table = Table(_columns(), name="trust.personal", steady=True)
        self.table.setAccessibleName(_("账本里关于他的数据"))
        self.correct = button(_("更正资料"), self._correct, tip=_("打开画像,在那里更正"))
        self.delete = button(_("删除全部数据…"), self._ask_deletion, tip=_("先列出会删掉什么;删除后不能撤销"))
        self.lift = button(_("恢复收录…"), self._ask_return, tip=_("删除过的人重新同意以后,名单里可以再有他"))
        self.kept_long = label("", "second", wrap=True)
        self.clean = button(_("清理到期数据…"), self._ask_clean)
        foot = row(self.kept_long, self.clean)
        foot.setStretch(0, 1)
        whole = column(
            self.search.line, self.search.below, self.about,
            Strip(self.correct, self.delete, self.lift, gap=6), self.table,
            foot,
        )  # fmt: skip
        whole.setStretch(4, 1)
        whole.setContentsMargins(0, 8, 0, 0)
        self.setLayout(whole)
        self.follow()

    def title(self) -> str:
        """个人信息."""
        return _("个人信息")

    def hint(self) -> str:
        """What is done here."""
        return _("本人来查、来改、来要求删除时用;给他的清单和回执都在这里打印。")

    def print_words(self) -> str:
        """The button for paper."""
        return _("打印本人清单…")

    def print_act(self) -> None:
        """Preview the extract."""
        from ui.widgets.preview import PreviewDialog

        made, sheets = self.made, self.workbench.sheets
        if made is not None:
            self.show_dialog(
                PreviewDialog(
                    self.workbench, self.page.tasks, lambda: sheets.person_extract(made), parent=self.window()
                )
            )

    def reload(self) -> None:
        """Read what is kept too long, and the customer who was looked at."""
        personal, made = self.workbench.personal, self.made
        number = made.customer_no if made is not None else ""
        self.page.read(lambda: (personal.overdue(), personal.held(number) if number else None), self._show)

    def place(self, argument: object) -> None:
        """Show the customer of a number."""
        if isinstance(argument, str):
            self.search.preset(argument)
            self._read(argument)

    def focus_first(self) -> None:
        """The search."""
        self.search.line.setFocus()

    def follow(self) -> None:
        """What can be done with the customer who is shown."""
        for one in (self.correct, self.delete):
            one.setEnabled(self.made is not None)

    # -- beneath -------------------------------------------------------------------------------------------

    def _look(self, hit: CustomerHit) -> None:
        self._read(hit.customer_no)

    def _read(self, customer_no: str) -> None:
        self.page.read(
            lambda: self.workbench.personal.extract(customer_no), self._show_person, key="personal"
        )

    def _show(self, read: tuple[Retention, PersonExtract | None]) -> None:
        self.retention, made = read
        words = sentences([_("没有保留期已满的数据。"), *self.retention.rules])
        if self.retention.rows:
            words = _("{n} 行数据保留期已满:{listed}。").format(
                n=self.retention.rows,
                listed=semicolons(_("{what} {n} 行").format(what=one.title, n=one.count) for one in self.retention.gone),
            )  # fmt: skip
        self.kept_long.setText(words)
        self.clean.setEnabled(bool(self.retention.rows))
        if made is not None or self.made is None:
            self._show_person(made)
        self.arrived.emit()

    def _show_person(self, made: PersonExtract | None) -> None:
        self.made = made
        lines: list[PersonalLine] = []
        if made is None:
            self.about.setText(_("选一位客户,这里列出账本里关于他的全部数据在哪里、有多少。"))
        else:
            lines = [
                PersonalLine(
                    one.title,
                    len(one.rows),
                    _("另有撤销过、只为恢复而留着的 {n} 行").format(n=one.taken_back)
                    if one.taken_back
                    else "",
                )
                for one in made.places
            ]
            lines += [PersonalLine(one.title, one.count, _("别处的文字里提到他")) for one in made.mentions]
            if made.registered:
                lines.append(
                    PersonalLine(_("登记簿"), made.registered, _("删除以后仍保留:法规要求留存处理记录"))
                )
            self.about.setText(_("共 {n} 行,截至 {day}。").format(n=made.count, day=made.made[:16]))
        self.table.table.fill(tuple(lines))
        if lines:
            self.table.stay()
        self.follow()

    def _correct(self) -> None:
        if self.made is not None:
            self.open_customer(self.made.customer_no)

    def _ask_deletion(self) -> None:
        if self.made is not None:
            dialog = DeletionDialog(self.workbench, self.page.tasks, self.made.customer_no, self.window())
            dialog.deleted.connect(self._deleted)
            self.show_dialog(dialog)

    def _deleted(self, gone: Deletion) -> None:
        """Forget who was shown; his receipt comes up to be printed: it can be made only now."""
        from ui.widgets.preview import PreviewDialog

        self.search.line.clear()
        self._show_person(None)
        sheets = self.workbench.sheets
        self.show_dialog(
            PreviewDialog(
                self.workbench, self.page.tasks, lambda: sheets.deletion_receipt(gone), parent=self.window()
            )
        )

    def _ask_return(self) -> None:
        self.show_dialog(ReturnDialog(self.workbench, self.page.tasks, self.window()))

    def _ask_clean(self) -> None:
        if self.retention is not None and self.retention.rows:
            words = _("清理 {n} 行保留期已满的数据?").format(n=self.retention.rows)
            kept = _("清理后不能撤销;开着自动备份的,清理之前先备份一份,{n} 天后删掉。").format(
                n=self.workbench.rules.whole("backup.clean_days")
            )
            hint = " ".join((*self.retention.rules, kept))
            ask(self, _("清理到期数据"), words, hint, _("清理"), _("先不清理"), self.clean_up)

    def clean_up(self) -> None:
        """Take away what is kept too long."""

        def job() -> Change:
            """Clean up; there is nothing to undo."""
            self.workbench.back_up_before("clean")
            done = self.workbench.personal.clean_up()
            return Change(frozenset(one.table for one in done.gone), done.rows, None)

        self.page.tasks.write(job, words=_("已清理到期数据。"), owner=self)


def _columns() -> list[Column[PersonalLine]]:
    return [
        Column(_("哪里"), lambda x: x.title, 0, key=True),
        Column(_("行数"), lambda x: str(x.rows), 80, number=True, value=lambda x: x.rows),
        Column(_("说明"), lambda x: x.aside, 360),
    ]
