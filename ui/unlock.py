"""The door: at the first start a new book's passphrase, later the passphrase that opens it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QVBoxLayout,
    QWidget,
)

from db.making import Place
from db.schema import SUFFIX
from ui import theme
from ui.countdown import Countdown
from ui.file_questions import existing_file, new_file
from ui.rescue_offer import RescueOffer
from ui.tasks import Tasks
from ui.widgets.fault_line import FaultLine
from ui.widgets.fitting import grow
from ui.widgets.parts import button, label, row
from ui.widgets.passphrase_form import PassphraseForm
from ui.widgets.recent_books import RecentBooks
from ui.widgets.sample_offer import SampleOffer
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.keys import remembered
from workbench.base.pc import SAMPLE_PASSPHRASE, sample_book
from workbench.people.id_hashes import HASHED, SETTING
from workbench.trust import attempts
from workbench.trust.vault import check_code


class UnlockDialog(QDialog):
    """Opens or creates the book at `path`; `opened` carries the Workbench."""

    opened = Signal(object)

    def __init__(
        self, path: Path, tasks: Tasks, *, try_kept: bool = True, recent: Sequence[str] = ()
    ) -> None:
        super().__init__()
        theme.dress(self)
        self.tasks = tasks
        self.path = path
        self.setWindowTitle(_("客户工作台"))
        self.setMinimumWidth(460)
        self.heading = label("", "title")
        self.words = label("", "second", wrap=True)
        self.where = label("", "second", wrap=True)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._form = PassphraseForm()
        self.code, self.first, self.again = self._form.code, self._form.first, self._form.again
        self.strength = self._form.strength
        self.keep = QCheckBox(_("在这台电脑上记住口令(存入系统钥匙串)"))
        self.no_ids = QCheckBox(_("不保存证件号码,只留一个核对用的摘要"))
        self.no_ids.setToolTip(_("导入时算出生日和性别以后,号码本身不留在账本里;选定以后不能改回来。"))
        self.forgotten = button(_("忘了口令…"), self._by_code, "link")
        self.recovering = False
        #: whether the book was made here, so that it has no recovery sheet yet
        self.made = False
        self.waits = Countdown(self)
        self.waits.changed.connect(self._name_button)
        self.fault = FaultLine()
        self.go = button("", self.accept_words, "primary")
        self.go.setDefault(True)
        self.other = button(_("打开别的账本…"), self._choose_other, "link")
        self.fresh = button(_("新建账本…"), self._choose_new, "link")
        self.place = button(_("换个位置…"), self._choose_new, "link")
        self.recent = RecentBooks(tasks)
        self.recent.chosen.connect(self.point)
        self._known = recent
        self.sample = SampleOffer(tasks)
        self.sample.opened.connect(self._sample_opened)
        self.sample.turned.connect(self._turn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        for part in (self.heading, self.words):
            layout.addWidget(part)
        layout.addLayout(self._form)
        layout.addWidget(self.keep)
        layout.addWidget(self.no_ids)
        beside = row(self.where, self.place)
        beside.setStretch(0, 1)
        layout.addLayout(beside)
        layout.addWidget(self.fault)
        self.rescue = RescueOffer(tasks)
        self.rescue.done.connect(self.point)
        layout.addWidget(self.rescue)
        layout.addLayout(row(self.other, self.fresh, self.forgotten, None, self.go))
        layout.addWidget(self.recent)
        layout.addWidget(self.sample)
        self._show_kind()
        if try_kept and not self.new:
            tasks.run(lambda: remembered(path), self._try_kept, failed=lambda _error: None, owner=self)

    @property
    def new(self) -> bool:
        """Whether a book will be made: nothing lies there, or what a killed making left."""
        return self._place() in {Place.FREE, Place.UNFINISHED}

    def _place(self) -> Place | None:
        """What lies at `path`; None when it cannot be a book, and the fault line says why."""
        try:
            return Workbench.place(self.path)
        except WorkbenchError as error:
            self.fault.setText(error.sentence())
            return None

    def accept_words(self) -> None:
        """Create or open the book with what was typed; faults stand under the fields."""
        secret, path, new = self.first.text(), self.path, self.new
        if self.waits.left and not self.recovering:
            return
        if (new or self.recovering) and secret != self.again.text():
            self._fail(
                WorkbenchError("passphrase_differs", _("两次输入的口令不一样。"), _("请重新输入一遍。"))
            )
            self.again.selectAll()
            self.again.setFocus()
            return
        if not secret:
            self.fault.setText(_("请先输入口令。"))
            self.first.setFocus()
            return
        keep, hashed = self.keep.isChecked(), self.no_ids.isChecked()
        code = self.code.text() if self.recovering else ""

        def job() -> tuple[Workbench, bool]:
            """On the worker: the open book, and whether the key ring now opens it on this PC."""
            if new:
                bench = made(path, secret, hashed=hashed)
            else:
                bench = opened(path, code, secret) if code else Workbench.open(path, secret, face="window")
            return bench, bench.vault.remember() if keep else False

        self.made = new
        self._wait(job)

    def _by_code(self) -> None:
        """Open by the recovery code and a new passphrase, or by the passphrase again."""
        self.recovering = not self.recovering
        self.fault.setText("")
        self._show_kind()
        (self.code if self.recovering else self.first).setFocus()

    def _name_button(self) -> None:
        """The button says how long the next try waits."""
        waits = self.waits.left > 0 and not self.recovering
        self.go.setEnabled(not waits)
        if waits:
            self.go.setText(_("请等 {n} 秒").format(n=self.waits.left))
        elif self.recovering:
            self.go.setText(_("换口令并打开"))
        else:
            self.go.setText(_("新建账本") if self.new else _("打开"))

    def _try_kept(self, secret: str | None) -> None:
        if secret and not self.first.text() and self.isEnabled():
            self.keep.setChecked(True)
            path = self.path

            def job() -> tuple[Workbench, bool]:
                """On the worker: open with the kept passphrase."""
                return Workbench.open(path, secret, face="window", kept=True), True

            self._wait(job)

    def _wait(self, job: Callable[[], tuple[Workbench, bool]]) -> None:
        self.setEnabled(False)
        self.go.setText(_("正在打开…"))
        self.tasks.run(job, self._done, failed=self._fail, owner=self)

    def _done(self, opened: tuple[Workbench, bool]) -> None:
        self.opened.emit(opened[0])
        self.accept()

    def _fail(self, error: Exception) -> None:
        self.setEnabled(True)
        if isinstance(error, WorkbenchError) and error.code in ("wrong_passphrase", "wait"):
            self.waits.begin(attempts.wait_for(self.path))
        if not isinstance(error, WorkbenchError):
            self._show_kind()
            self.tasks.failed.emit(error)
            return
        self._show_kind()
        self.fault.setText(error.sentence())
        self.rescue.offer(self.path, self.first.text(), damaged=error.code == "damaged")
        self.first.selectAll()
        self.first.setFocus()

    def _show_kind(self) -> None:
        place = self._place()
        new = place in {Place.FREE, Place.UNFINISHED}
        self.heading.setText(_("新建客户账本") if new else _("打开客户账本"))
        self.words.setText(
            _("账本用口令加密,只存在这台电脑上。口令不限长度;建好以后可以存一张恢复单,忘了口令时用它打开。")
            if new
            else _("请输入口令。")
        )
        if self.recovering:
            self.words.setText(_("请照着恢复单输入恢复码(8 组,每组 5 个字符),再定一个新口令。"))
        if place is Place.UNFINISHED:
            left = _("这个位置有一次没有做完的新建留下的文件,里面没有数据;新建时它会改名保留,不会删除。")
            self.words.setText(f"{left}\n{self.words.text()}")
        if not new and self._of_sample():
            self.words.setText(
                _("样本支行,客户都是虚构的。口令 {passphrase} 已经填好。").format(
                    passphrase=SAMPLE_PASSPHRASE
                )
            )
            self.first.setText(SAMPLE_PASSPHRASE)
        self.where.setText(_("账本位置:{path}").format(path=self.path))
        self.recovering = self.recovering and not new
        self._form.ask(code=self.recovering, fresh=new or self.recovering)
        self.strength.own_words = (self.path.stem,)
        self.no_ids.setVisible(new)
        self.forgotten.setVisible(not new and not self._of_sample())
        self.forgotten.setText(_("用口令打开") if self.recovering else _("忘了口令…"))
        self.place.setVisible(new)
        self.fresh.setVisible(not new)
        self._name_button()
        self.recent.show_books(self._known, self.path, name_gone=new)
        self.sample.setVisible(new)
        grow(self)

    def _choose_new(self) -> None:
        chosen, _filter = new_file(self, _("新账本放在哪里"), str(self.path), _("客户账本 (*.book)"))
        if chosen:
            self.point(Path(chosen if chosen.endswith(SUFFIX) else chosen + SUFFIX))

    def _choose_other(self) -> None:
        chosen = existing_file(self, _("打开哪个账本"), str(self.path.parent), _("客户账本 (*.book)"))
        if chosen:
            self.point(Path(chosen))

    def point(self, path: Path) -> None:
        """Ask for the passphrase of another book, or make one there."""
        if self._of_sample():  # its passphrase stood here by itself
            self.first.clear()
        self.path = path
        self.fault.setText("")
        self._show_kind()
        self.first.setFocus()

    # -- the sample branch ---------------------------------------------------------------------------------

    def _of_sample(self) -> bool:
        try:
            return self.path.absolute() == sample_book()
        except WorkbenchError:  # no home: then no sample either
            return False

    def reject(self) -> None:
        """Esc stops making the sample branch, else leaves."""
        if self.sample.busy:
            self.sample.cancel()
        else:
            super().reject()

    def _turn(self, busy: bool) -> None:
        """Nothing else can be done while the sample branch is made."""
        for part in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if part is not self.sample:
                part.setEnabled(not busy)
        grow(self)

    def _sample_opened(self, workbench: Workbench) -> None:
        self._done((workbench, False))


def made(path: Path, passphrase: str, *, hashed: bool) -> Workbench:
    """On the worker: a new book; with `hashed` one that keeps no identity numbers. Raises WorkbenchError."""
    bench = Workbench.create(path, passphrase)
    if hashed:
        bench.set(SETTING, HASHED)
    return bench


def opened(path: Path, code: str, passphrase: str) -> Workbench:
    """On the worker: the book opened by its recovery code, with another passphrase. Raises WorkbenchError wrong_code, ..."""
    check_code(code)
    bench = Workbench.open(path, code, face="window")
    try:
        bench.vault.set_passphrase_by_recovery(code, passphrase)
    except BaseException:
        bench.close()
        raise
    return bench
