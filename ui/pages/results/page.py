"""录入结果: choose the sheet, type row and result, or drop the filled file; look, then enter all of it in one change."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.dropping import PICTURES
from ui.file_questions import existing_files
from ui.page import Page
from ui.pages.results.picture import PictureCard
from ui.pages.results.review import EnteringCard
from ui.pages.results.sheet_choice import SheetChoice
from ui.pages.results.typing import KeypadCard
from ui.tasks import Task, Tasks
from ui.widgets.front_stack import FrontStack
from ui.widgets.parts import column, label, row
from ui.widgets.waiting import Waiting
from workbench.base.change import Cancelled, Change, Progress
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.sheets.picture.review import PictureReview

if TYPE_CHECKING:
    from workbench.app import Workbench
    from workbench.outreach.results.entering import Entering
    from workbench.outreach.results.keypad import Keypad

TYPING, WAITING, REVIEW, PICTURE = range(4)
TABLES = "*.xlsx *.xls *.et *.ods *.csv"


class ResultsPage(Page):
    """Typing (the sheet, the keypad), waiting for a file, its pictures, the review of what would be entered."""

    name = "results"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.entering: Entering | None = None
        self._task: Task | None = None
        self._file: Path | None = None
        #: files dropped together that are still to be read
        self._files: list[Path] = []
        #: by which way what is reviewed came: `TYPING`, `PICTURE`, or `REVIEW` for a file
        self._way = TYPING
        self.setAcceptDrops(True)
        self.enter_button = self.add_primary(_("录入"), self.enter)
        self.enter_button.setToolTip("Ctrl+Enter")
        self.file_button = self.add_action(_("选文件或照片…"), self.choose_file, tip="Ctrl+O", always=True)
        self.file_button.setShortcut("Ctrl+O")
        self.back_button = self.add_action(_("回去改"), self.go_back, tip="Esc")
        self.picture_button = self.add_action(_("接着看照片"), self.show_picture)
        self.sheets = SheetChoice()
        self.sheets.currentIndexChanged.connect(self._read_pad)
        self.none_out = label(
            _("没有等着录入的单子。先在「本周」打印或导出 531、电访单、今日清单,填好以后再来这里。"),
            "second",
            wrap=True,
        )
        self.keypad = KeypadCard()
        self.keypad.changed.connect(self._tell_enter)
        self.review = EnteringCard()
        self.review.changed.connect(self._tell_enter)
        self.picture = PictureCard()
        self.picture.changed.connect(self._tell_enter)
        self.picture.enter_requested.connect(self.enter)
        self.waiting = Waiting()
        self.waiting.cancelled.connect(self._stop)
        typing = QWidget()
        self.none_out.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sheets_word = label(_("单子"))
        line = row(self.sheets_word, self.sheets)
        line.setStretch(1, 1)
        whole = column(line, self.none_out)
        whole.addWidget(self.keypad, 1)
        whole.setContentsMargins(0, 0, 0, 0)
        typing.setLayout(whole)
        self.content = FrontStack()
        for part in (typing, self.waiting, self.review, self.picture):
            self.content.addWidget(part)
        self.stage(
            self.content, _("账本里还没有客户。把总行下发的名单导入进来,打印出单子,填好以后再来录入。")
        )
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(self.enter_button.click)
        self._turn(TYPING)

    # -- the sheet -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read which sheets are out."""
        self.read(self.workbench.results.latest, self._show_sheets)

    def _show_sheets(self, sheets: Sequence[HandedSheet]) -> None:
        self.sheets.offer(sheets)
        self.none_out.setVisible(not sheets)
        for part in (self.sheets_word, self.sheets):
            part.setVisible(bool(sheets))
        self.keypad.setVisible(bool(sheets))
        if sheets:
            self._read_pad()
        else:
            self.keypad.clear_typed()
        self._tell_enter()

    def _read_pad(self) -> None:
        number = self.sheets.currentData()
        if number is not None:
            self.read(lambda: self.workbench.results.keypad(number), self._show_pad, key="pad")

    def _show_pad(self, pad: "Keypad") -> None:
        self.keypad.show_pad(pad)
        self._tell_enter()

    # -- a file ----------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask for a filled file, or for pictures."""
        filters = _("填好的表格和照片 ({endings});;全部文件 (*)").format(
            endings=" ".join((TABLES, *(f"*{ending}" for ending in sorted(PICTURES))))
        )
        chosen = existing_files(self, _("选填好的单子,或者它的照片、扫描件"), "", filters)
        self.take(*map(Path, chosen))

    def place(self, argument: object) -> None:
        """Read the files, if `argument` is a path or several; choose the sheet, if it is a number."""
        if isinstance(argument, Path):
            self.take(argument)
        elif isinstance(argument, tuple):
            self.take(*(one for one in argument if isinstance(one, Path)))
        elif isinstance(argument, str) and (at := self.sheets.findData(argument)) >= 0:
            self.sheets.setCurrentIndex(at)

    def take(self, *paths: Path) -> None:
        """Read filled files or pictures and show what they would enter; pictures join those that are looked at."""
        if not paths:
            return
        self.banner.hide()
        path, *self._files = paths
        self.waiting.start(_("正在读取 {file}").format(file=path.name))
        self._turn(WAITING)
        before = self.picture.review

        def job(progress: Progress) -> "Entering | PictureReview":
            """On a file thread: read it and compare it with the book."""
            return self.workbench.results.take_in(path, progress, beside=before)

        def done(read: "Entering | PictureReview") -> None:
            """Show it; the next one, if more were dropped."""
            if isinstance(read, PictureReview):
                self.picture.show_review(read)
                self.take(*self._files) if self._files else self.show_picture()
            else:
                self._file, self._files, self._way = path, [], REVIEW
                self.show_review(read)

        self._task = self.tasks.follow(
            job, self.waiting.tell, done, failed=self._not_read, owner=self, where="files"
        )

    def _not_read(self, error: Exception) -> None:
        self._files = []
        self._turn(PICTURE if self.picture.review is not None else TYPING)
        if not isinstance(error, Cancelled):
            self.failed(error)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept a file."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files that were dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take(*paths)

    # -- entering --------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Enter what was reviewed; what was typed is looked at first, and entered at once where nothing needs a look."""
        if self.content.currentIndex() == REVIEW:
            if self.entering is not None:
                self._write(self.entering)
            return
        if self.content.currentIndex() == PICTURE:
            self._enter_picture()
            return
        pad = self.keypad.pad
        if self.content.currentIndex() != TYPING or pad is None or not pad.typed:
            return
        self._way = TYPING
        self.enter_button.setEnabled(False)
        self.read(lambda: self.workbench.results.of_keypad(pad), self._looked, key="look")

    def _enter_picture(self) -> None:
        review = self.picture.review
        if review is None or self.picture.to_question():
            self.picture.focus_rows()
        else:
            self._way = PICTURE
            self.enter_button.setEnabled(False)
            self.read(review.entering, self._looked, key="look")

    def _looked(self, entering: "Entering") -> None:
        if entering.conflicts or entering.problems or not entering.chosen:
            self.show_review(entering)
        else:
            self._write(entering)

    def show_review(self, entering: "Entering") -> None:
        """Show what would be entered."""
        self.entering = entering
        self.review.show_entering(entering)
        self._turn(REVIEW)
        if entering.conflicts or entering.problems:
            self.review.table.setFocus()
        else:
            self.enter_button.setFocus()

    def _write(self, entering: "Entering") -> None:
        self.enter_button.setEnabled(False)
        rows = len(entering.chosen)
        self.tasks.write(
            entering.enter, self._entered, words=_("已录入 {n} 行结果。").format(n=rows), failed=self._not_entered,
            owner=self,
        )  # fmt: skip

    def _entered(self, _change: Change) -> None:
        if self._way == PICTURE:
            self.picture.clear_review()
        elif self._way == TYPING:
            self.keypad.clear_typed()
        self.show_typing()
        self.refresh()

    def _not_entered(self, error: Exception) -> None:
        self.failed(error)
        if isinstance(error, WorkbenchError) and error.code == "book_moved":
            self._look_again()
        self._tell_enter()

    def _look_again(self) -> None:
        """Compare once more with a book that moved on."""
        pad, pictures = self.keypad.pad, self.picture.review
        if self._way == REVIEW and self._file is not None:
            self.take(self._file)
        elif self._way == PICTURE and pictures is not None:
            self.read(pictures.entering, self.show_review, key="look")
        elif pad is not None:
            self.read(lambda: self.workbench.results.of_keypad(pad), self.show_review, key="look")

    # -- what is in front ------------------------------------------------------------------------------------

    def show_typing(self) -> None:
        """Back to the keypad; nothing was entered."""
        self.entering = None
        self._turn(TYPING)
        self.focus_first()

    def show_picture(self) -> None:
        """The pictures that are looked at."""
        self.entering = None
        self._turn(PICTURE)
        self.picture.focus_rows()

    def go_back(self) -> None:
        """From the review to what it came from, from the pictures to the keypad; nothing was entered, nothing is forgotten."""
        if self.content.currentIndex() == REVIEW and self._way == PICTURE:
            self.show_picture()
        else:
            self.show_typing()

    def _turn(self, place: int) -> None:
        self.content.setCurrentIndex(place)
        self.back_button.setVisible(place in (REVIEW, PICTURE))
        self.back_button.setText(_("改为按号键入") if place == PICTURE else _("回去改"))
        self.file_button.setText(_("再加一页…") if place == PICTURE else _("选文件或照片…"))
        self.file_button.setShortcut("Ctrl+O")  # a new text takes it away
        self.picture_button.setVisible(place == TYPING and self.picture.review is not None)
        hints = {
            TYPING: _("按单子上的号和结果代码键入,或者把填好的表格、单子的照片拖进来。"),
            WAITING: _("正在读取,随时可以取消,账本不会动。"),
            REVIEW: _("看一遍再录入;录入以后随时能撤销。"),
            PICTURE: _("照片上读到的先核对一遍,拿不准的按数字定;录入以后随时能撤销。"),
        }
        self.say(_("录入结果"), hints[place])
        self._tell_enter()

    def enable(self, on: bool) -> None:
        """The button depends on what there is to enter too."""
        super().enable(on)
        if on:
            self._tell_enter()

    def _tell_enter(self) -> None:
        place = self.content.currentIndex()
        pad = self.keypad.pad
        typed = len(pad.typed) if pad is not None else 0
        count = len(self.entering.chosen) if place == REVIEW and self.entering is not None else typed
        pictures = self.picture.review
        if place == PICTURE and pictures is not None:
            count = pictures.count
            if left := len(pictures.questions):
                self.enter_button.setText(_("看下一处(还有 {n} 处)").format(n=left))
                self.enter_button.setEnabled(True)
                return
        self.enter_button.setText(_("录入 {n} 行").format(n=count) if count else _("录入"))
        self.enter_button.setEnabled(place != WAITING and count > 0)

    def escape(self) -> None:
        """Esc cancels the reading, leaves review and pictures, else goes back."""
        if self.content.currentIndex() == WAITING:
            self.waiting.cancel()
        elif self.content.currentIndex() in (REVIEW, PICTURE):
            self.go_back()
        else:
            super().escape()

    def focus_first(self) -> None:
        """The line of the keypad; a review keeps its own focus."""
        if self.content.currentIndex() == TYPING:
            none = self.ready and not self.sheets.count()
            (self.file_button if none else self.keypad.line).setFocus()
