"""今日: the list of the day by the order of the week, and the review in the evening."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from ui.copy_phone import copy_phone
from ui.copy_words import copy_words
from ui.page import Page
from ui.pages.today.day_view import DayView
from ui.pages.today.review_view import ReviewView
from ui.pages.today.words import day_title
from ui.selected import Selected
from ui.tasks import Tasks
from ui.widgets.front_stack import FrontStack
from ui.widgets.parts import button, column
from ui.widgets.quiet import QuietLine
from ui.widgets.wrapped import Strip
from workbench.base.change import Progress
from workbench.base.i18n import _
from workbench.outreach.reviews.review import DayReview, ReviewWords, WeekReport
from workbench.outreach.today.day import DayLine, DayList
from workbench.outreach.words import Words
from workbench.people.privacy import tail

if TYPE_CHECKING:
    from workbench.app import Workbench

LIST, REVIEW = "list", "review"


@dataclass(frozen=True, slots=True)
class DayOverview:
    """What the page shows, read in one go; `after`: the next list of the week with somebody on it, where nothing is
    left of this one."""

    day: DayList
    after: DayList | None
    review: DayReview | None = None
    report: WeekReport | None = None


class TodayPage(Page):
    """Two views: the list of the day, the review."""

    name = "today"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.day: DayList | None = None
        self.view = LIST
        self.waits_for = _("正在排今天的清单…")
        self.say(_("今日"), "")
        self.add_primary(_("打印今日清单"), self.print_day)
        self.outing_button = self.add_action(_("外出路线"), self.print_outing, tip=_("本周的拜访按街道排"))
        self.list = DayView(workbench.rules)
        self.list.opened.connect(lambda number: self.go.emit("portrait", number))
        self.list.touch_requested.connect(lambda number: self.go.emit("touch", number))
        self.list.phone_requested.connect(self._ask_phone)
        self.list.copy_requested.connect(lambda number: copy_phone(workbench, tasks, number, self))
        self.list.words_requested.connect(self._copy_words)
        self.list.promise_ended.connect(self._end_promise)
        self.list.imports_requested.connect(lambda: self.go.emit("imports", None))
        self.list.referrals_requested.connect(lambda: self.go.emit("referrals", None))
        self.review = ReviewView()
        self.review.kept.connect(self._keep_review)
        self.views = FrontStack()
        self.views.addWidget(self.list)
        self.views.addWidget(self.review)
        self.choice: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for view, words in ((LIST, _("清单")), (REVIEW, _("复盘"))):
            made = button(words, partial(self.choose, view))
            made.setCheckable(True)
            made.setChecked(view == LIST)
            group.addButton(made)
            self.choice[view] = made
        content = QWidget()
        content.setLayout(column(Strip(*self.choice.values()), QuietLine(workbench.rules), self.views))
        content.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]  # it was just set
        self.content = self.stage(
            content, _("账本里还没有客户。把总行下发的名单导入进来,这里就会列出每天先联系谁、说什么。")
        )

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the day, and in the evening view its review."""
        self.compute(self._read, self._show)

    def _read(self, _progress: Progress) -> DayOverview | None:
        outreach = self.workbench.outreach
        if outreach.leads.data_date() is None:
            return None
        day = outreach.days.of()
        after = None if day.lines else outreach.days.after(day)
        if self.view == LIST:
            return DayOverview(day, after)
        return DayOverview(day, after, outreach.reviews.of(day.wanted), outreach.reviews.report(day.week))

    def _show(self, seen: DayOverview | None) -> None:
        if seen is None:
            self.say(_("今日"), _("先导入一份名单。"))
            self.show_nothing()
            return
        self.day = seen.day
        self.say(_("今日 · {day}").format(day=day_title(seen.day.date)), seen.day.todo)
        self.list.fill(seen.day, seen.after)
        if seen.review is not None and seen.report is not None:
            self.review.fill(seen.review, seen.report)
        self.views.setCurrentWidget(self.list if self.view == LIST else self.review)

    # -- acting --------------------------------------------------------------------------------------------

    def choose(self, view: str) -> None:
        """Show the list or the review."""
        self.view = view
        self.choice[view].setChecked(True)
        self.views.setCurrentWidget(self.list if view == LIST else self.review)
        self.refresh()
        self.focus_first()

    def place(self, argument: object) -> None:
        """Show the view `argument`."""
        if argument in self.choice:
            self.choose(str(argument))

    def selected(self) -> Selected | None:
        """The customer of the row that the keyboard is on, or was last; in the review nobody."""
        number = self.list.current_no() if self.view == LIST else None
        return Selected(number, self.list.return_keyboard) if number else None

    def focus_first(self) -> None:
        """The first row of the list, or the first field of the review."""
        if self.view == LIST:
            self.choice[LIST].setFocus()  # where there is neither a row nor anybody dealt with
            self.list.focus_first()
        else:
            self.review.focus_first()

    def _ask_phone(self, customer_no: str) -> None:
        """Register that the number is seen, then show it; if it cannot be registered, nothing is shown."""
        self.tasks.run(
            lambda: self.workbench.register.unmasked(tail(customer_no), _("今日清单:打电话")),
            lambda _none: self.list.show_phone(customer_no),
            owner=self,
        )

    def _copy_words(self, line: DayLine) -> None:
        spoken = Words(line.say, "", line.do_not_say, line.script, line.script_why)
        copy_words(self.workbench, self.tasks, line.entry.person.customer_no, spoken, self)

    def _end_promise(self, number: int, kept: bool) -> None:
        words = _("已勾掉:兑现了。") if kept else _("已勾掉:不再需要。")
        self.tasks.write(
            lambda: self.workbench.outreach.promises.end(number, kept=kept),
            words=words,
            failed=self.failed,
            owner=self,
        )

    def _keep_review(self, date: str, words: ReviewWords) -> None:
        self.tasks.write(
            lambda: self.workbench.outreach.reviews.keep(date, words),
            lambda _change: self.review.stored(),
            words=_("复盘已存下。"),
            failed=self.failed,
            owner=self,
        )

    def keep_open(self) -> None:
        """Store the review that is being written."""
        if self.review.typed:
            self.review.keep()

    def hideEvent(self, event: QHideEvent) -> None:
        """Mask the telephones again."""
        super().hideEvent(event)
        self.list.hide_phones()
        self.behind = True

    def print_day(self) -> None:
        """Preview the printed list of the day."""
        from ui.widgets.preview import PreviewDialog

        day, sheets = self.day, self.workbench.sheets
        if day is not None:
            PreviewDialog(self.workbench, self.tasks, lambda: sheets.day_pdf(day), parent=self).open()

    def print_outing(self) -> None:
        """Preview the week's visits by street."""
        from ui.widgets.preview import PreviewDialog

        day, sheets = self.day, self.workbench.sheets
        if day is not None:
            PreviewDialog(
                self.workbench, self.tasks, lambda: sheets.pack(("outing",), day.week), parent=self
            ).open()
