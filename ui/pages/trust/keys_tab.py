"""口令与恢复码: another passphrase, a new recovery code on its sheet, the key ring, when the window locks, the statement."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QCheckBox, QLineEdit

from ui.page import Page
from ui.pages.trust.tab import TrustTab
from ui.statement_dialog import StatementDialog
from ui.widgets.number_field import NumberField
from ui.widgets.parts import Card, button, column, flow, label, row
from ui.widgets.saving import FilePlace, ask_place
from workbench.base import keys
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.settings import Statement
from workbench.trust.passphrases import strength

if TYPE_CHECKING:
    from workbench.trust.vault import RecoveryCode

LOCK_RULE = "window.lock_minutes"


class KeysRead(NamedTuple):
    """What the tab shows of a book."""

    passphrase: str | None
    recovery: str | None
    ring: bool
    minutes: int
    statement: Statement | None


class KeysTab(TrustTab):
    """One card a matter; what came of it stands at the top."""

    name = "keys"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.outcome = label("", "second", wrap=True)
        self.outcome.hide()
        self.since = label("", "second", wrap=True)
        self.old, self.new, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        self.meter = label("", "second", wrap=True)
        self.change = button(_("换口令"), self.change_passphrase)
        words = Card(_("口令"))
        words.body.addWidget(self.since)
        for name, field in (
            (_("现在的口令"), self.old),
            (_("新口令"), self.new),
            (_("再输一遍"), self.again),
        ):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(name)
            field.setMaximumWidth(360)
            words.body.addWidget(label(name, "second"))
            words.body.addWidget(field)
            field.textChanged.connect(self._follow_words)
        words.body.addWidget(self.meter)
        words.body.addLayout(row(self.change, None))
        self.recovery = label("", "second", wrap=True)
        self.renew = button(_("换恢复码并存恢复单…"), self._ask_sheet)
        code = Card(_("恢复码").capitalize())
        code.body.addWidget(self.recovery)
        code.body.addLayout(row(self.renew, None))
        self.ring = QCheckBox(_("这台电脑记住,打开账本时不再问口令"))
        self.minutes = NumberField()
        param = next(p for p in self.workbench.rules.params() if p.key == LOCK_RULE)
        self.minutes.setRange(int(param.low or 1), int(param.high or 15))
        self.minutes.setValue(self.workbench.rules.whole(LOCK_RULE))
        self.minutes.setAccessibleName(_("几分钟没有操作就锁定"))
        door = Card(_("这台电脑和锁定"))
        door.body.addWidget(self.ring)
        door.body.addLayout(row(label(_("几分钟没有操作就锁定"), "second"), self.minutes, None))
        self.stated = label("", "second", wrap=True)
        self.state = button(_("填写声明…"), self.ask_statement)
        allowed = Card(_("本行授权使用"))
        allowed.body.addWidget(self.stated)
        allowed.body.addLayout(row(self.state, None))
        whole = column(flow(column(self.outcome, words, code, door, allowed, spacing=12)))
        whole.setContentsMargins(0, 8, 0, 0)
        self.setLayout(whole)
        self.ring.clicked.connect(self.put_ring)
        self.minutes.editingFinished.connect(self._put_minutes)
        self._follow_words()

    def title(self) -> str:
        """What stands on the tab."""
        return _("口令与恢复码")

    def hint(self) -> str:
        """What both are for."""
        return _("口令和恢复码都丢了,账本没有任何办法打开。")

    def reload(self) -> None:
        """Read the ways into the book."""
        self.page.read(self._read, self._show)

    def focus_first(self) -> None:
        """The passphrase in force."""
        self.old.setFocus()

    def change_passphrase(self) -> None:
        """Give the book the new passphrase."""
        old, new = self.old.text(), self.new.text()
        if new != self.again.text():
            self._say(_("两次输入的口令不一样。"))
            self.again.setFocus()
            return
        self.change.setEnabled(False)

        def done(_none: object) -> None:
            """The fields are emptied: nothing secret stays on the screen."""
            for field in (self.old, self.new, self.again):
                field.clear()
            self._tell(_("口令已经换好,下次打开用新口令。以前做的备份仍然用当时的口令或恢复码打开。"))

        vault = self.workbench.vault
        self.page.tasks.run(lambda: vault.change_passphrase(old, new), done, failed=self._failed, owner=self)

    def new_recovery(self, place: FilePlace) -> None:
        """Make a recovery code; it counts once its sheet is written."""
        bench = self.workbench

        def written(code: "RecoveryCode") -> None:
            """Through the register."""
            from workbench.sheets.recovery_sheet import recovery_pdf

            sheets = bench.sheets
            sheet = recovery_pdf(code, bench.book.path, **sheets.foot())
            sheets.save(sheet, place.path, replace=place.replace)

        def done(_code: object) -> None:
            """Where it lies."""
            self._tell(_("恢复单已写入 {path};打印后请删掉这个文件,它能打开账本。").format(path=place.path))

        self.page.tasks.run(lambda: bench.vault.new_recovery(written), done, failed=self._failed, owner=self)

    def put_ring(self, on: bool) -> None:
        """Have this PC remember, or ask again."""
        vault = self.workbench.vault

        def job() -> bool:
            """Whether it is as wanted."""
            if on:
                return vault.remember()
            vault.forget()
            return True

        def done(fine: bool) -> None:
            """A PC without a key ring remembers nothing."""
            if not fine:
                self._tell(_("这台电脑没有能用的系统钥匙串,仍然每次问口令。"))
            elif on:
                self._tell(_("这台电脑记住了,下次打开不再问口令。"))
            else:
                self._tell(_("这台电脑不再记住,下次打开要输入口令。"))

        self.page.tasks.run(job, done, failed=self._failed, owner=self)

    def ask_statement(self) -> None:
        """Fill in 本行授权使用."""
        dialog = StatementDialog(self.workbench, self.page.tasks, self.window())
        dialog.kept.connect(self.reload)
        self.show_dialog(dialog)

    def _put_minutes(self) -> None:
        value = self.minutes.value()
        bench = self.workbench
        if value == bench.rules.whole(LOCK_RULE):
            return

        def job() -> object:
            """On the book's thread, beside the other overrides."""
            return bench.set("overrides", {**bench.settings().get("overrides", {}), LOCK_RULE: value})

        def done(_change: object) -> None:
            """When it counts."""
            self._tell(_("{n} 分钟没有操作就锁定;下次打开或解锁后起算。").format(n=value))

        self.page.tasks.run(job, done, failed=self._failed, owner=self)

    def _ask_sheet(self) -> None:
        name = _("账本恢复单 {date}").format(date=str(today())) + ".pdf"
        place = ask_place(self, _("恢复单存到哪里"), name, "PDF (*.pdf)", ".pdf")
        if place is not None:
            self.new_recovery(place)

    def _read(self) -> KeysRead:
        bench = self.workbench
        return KeysRead(
            bench.vault.passphrase_since(),
            bench.vault.recovery_since(),
            keys.remembered(bench.book.path) is not None,
            bench.rules.whole(LOCK_RULE),
            bench.settings().get("statement"),
        )

    def _show(self, read: KeysRead) -> None:
        self.since.setText(
            _("现在的口令从 {date} 起有效。").format(date=read.passphrase) if read.passphrase else ""
        )
        self.recovery.setText(
            _("现在的恢复码从 {date} 起有效;换了以后旧的恢复单打不开这个账本,请销毁。").format(
                date=read.recovery
            )
            if read.recovery
            else _("还没有恢复码:忘了口令就打不开账本。请存一张恢复单,锁起来。")
        )
        self.ring.setChecked(read.ring)
        self.minutes.setValue(read.minutes)
        if read.statement is None:
            self.stated.setText(_("还没有填写本行授权使用的声明。"))
        else:
            self.stated.setText(
                _("{approver} 于 {date} 批准,设备 {device},账号 {account}。").format(**read.statement)
            )
        self.arrived.emit()

    def _follow_words(self) -> None:
        new = self.new.text()
        judged = strength(new, (self.workbench.book.path.stem,)) if new else None
        self.meter.setText(judged.words if judged is not None else "")
        self.change.setEnabled(
            bool(self.old.text() and judged is not None and judged.enough and self.again.text())
        )

    def _tell(self, words: str) -> None:
        self._say(words)
        self.reload()

    def _say(self, words: str) -> None:
        self.outcome.setText(words)
        self.outcome.setVisible(bool(words))

    def _failed(self, error: Exception) -> None:
        self._follow_words()
        if isinstance(error, WorkbenchError):
            self._tell(error.sentence())
        else:
            self.page.tasks.failed.emit(error)
