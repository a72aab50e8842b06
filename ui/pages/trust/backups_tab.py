"""备份与恢复: the backups beside the book, one made now, what a restore would change, the second place, the look through the
file, and the salvage of a damaged book."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from db import vault
from db.schema import SUFFIX
from ui.file_questions import existing_file, existing_folder, new_file
from ui.page import Page
from ui.pages.trust.restore_dialog import AnsweredDialog, RestoreDialog
from ui.pages.trust.tab import TrustTab
from ui.widgets.parts import button, column, label
from ui.widgets.table_column import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.pc import PcSettings
from workbench.trust.backups import Backup, total_size, why_words

if TYPE_CHECKING:
    from db.salvaging import Salvaged


class BackupsTab(TrustTab):
    """The list in the middle; what is of this PC alone (by itself, second place) below it."""

    name = "backups"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.lines: tuple[Backup, ...] = ()
        self.outcome = label("", "second", wrap=True)
        self.nothing = label(
            _("还没有备份。退出程序时会自动备份一份,也可以现在就备份。"), "second", wrap=True
        )
        self.table = Table(_columns(), name="trust.backups", steady=True)
        self.table.setAccessibleName(_("备份"))
        self.back = button(_("恢复…"), self.restore, tip=_("先看恢复后有什么不同,再决定"))
        self.other = button(_("从别处的备份恢复…"), self._choose, tip=_("U 盘、网络盘或别的文件夹里的备份"))
        self.look = button(_("检查账本文件"), self.look_through, tip=_("把每一页都核对一遍"))
        self.rescue = button(_("抢救损坏的账本…"), self._salvage, tip=_("读出还完好的部分,放进一个新账本"))
        self.table.offer(self.back)
        self.by_itself = QCheckBox(_("退出时自动备份(每天最多一份),撤销导入和删除之前也先备份"))
        self.second = label("", "second", wrap=True)
        self.choose_place = button(_("第二个位置…"), self._choose_place, tip=_("每天的备份再复制一份到这里"))
        self.no_place = button(_("不要第二个位置"), lambda: self.put_second(""), "link")
        whole = column(
            Strip(self.back, self.other, self.look, self.rescue, gap=6),
            self.nothing,
            self.table,
            self.outcome,
            self.by_itself,
            Strip(self.second, self.choose_place, self.no_place, gap=6),
        )
        whole.setStretch(2, 1)
        whole.setContentsMargins(0, 8, 0, 0)
        self.setLayout(whole)
        self.by_itself.toggled.connect(self._put_by_itself)
        self.table.chosen.connect(lambda _row: self.follow())
        self.table.opened.connect(lambda _row: self.restore())

    @property
    def pc(self) -> PcSettings:
        """The settings of this PC that the window keeps."""
        kept = getattr(self.window(), "pc", None)
        return kept if isinstance(kept, PcSettings) else PcSettings.load()

    def title(self) -> str:
        """What stands on the tab."""
        return _("备份与恢复")

    def hint(self) -> str:
        """The newest backup, or what to do without one."""
        if not self.lines:
            return _("账本只有这一份:先备份一份,再设一个第二个位置。")
        return _("最近一份备份是 {day} 的;备份的口令与账本相同。").format(day=self.lines[0].day)

    def primary_words(self) -> str:
        """The button that makes one now."""
        return _("现在备份")

    def primary_act(self) -> None:
        """Make one now."""
        self.page.tasks.run(self.workbench.backups.now, self._made, failed=self._failed, owner=self)

    def reload(self) -> None:
        """Read the folder."""
        pc = self.pc
        self.by_itself.blockSignals(True)
        self.by_itself.setChecked(pc.backup_by_itself)
        self.by_itself.blockSignals(False)
        self._tell_second()
        self.page.read(self.workbench.backups.lying, self._show)

    def focus_first(self) -> None:
        """The list."""
        if self.lines:
            self.table.setFocus()

    def follow(self) -> None:
        """A backup under the keyboard can be restored."""
        self.back.setEnabled(self.line() is not None)
        if self.page.primary is not None:
            self.page.primary.setEnabled(True)

    def line(self) -> Backup | None:
        """The backup under the keyboard."""
        row = self.table.current()
        return row if isinstance(row, Backup) else None

    def restore(self) -> None:
        """Show what the backup under the keyboard would change, and restore it if that is wanted."""
        if (line := self.line()) is not None:
            self.ask_restore(line.path)

    def ask_restore(self, backup: Path) -> None:
        """The question about one backup."""
        dialog = RestoreDialog(self.workbench, self.page.tasks, backup, self.window())
        dialog.chosen.connect(self.page.restore_requested)
        self.show_dialog(dialog)

    def look_through(self) -> None:
        """Hold every page of the file against its seal."""
        self.outcome.setText(_("正在检查…"))

        def done(bad: tuple[int, ...]) -> None:
            """What came of it."""
            self.outcome.setText(
                _("有 {n} 页损坏:请恢复最近的备份,或抢救到新账本。").format(n=len(bad))
                if bad
                else _("账本文件的每一页都完好。")
            )

        self.page.tasks.run(self.workbench.book.damaged_pages, done, failed=self._failed, owner=self)

    def put_second(self, folder: str) -> None:
        """Keep the second place of this book on this PC; '' for none."""
        place = str(vault.real(self.workbench.book.path))
        pc = self.pc
        pc.second_places.pop(place, None)
        if folder:
            pc.second_places[place] = folder
        self._save(pc)
        self._tell_second()

    def salvage(self, damaged: Path, target: Path, passphrase: str) -> None:
        """Make a new book from a damaged one and show the report."""
        from workbench.app import Workbench

        self.outcome.setText(_("正在抢救,每一页都要读一遍…"))
        self.page.tasks.run(
            lambda: Workbench.salvage(damaged, target, passphrase),
            self._salvaged,
            failed=self._failed,
            owner=self,
        )

    def _salvaged(self, done: "Salvaged") -> None:
        from workbench.trust.salvage_words import report

        self.outcome.setText("\n".join(report(done)))

    def _salvage(self) -> None:
        dialog = SalvageDialog(self.workbench.book.path.parent, self.window())
        dialog.accepted.connect(lambda: self.salvage(*dialog.answer()))
        self.show_dialog(dialog)

    def _show(self, lines: tuple[Backup, ...]) -> None:
        self.lines = lines
        self.nothing.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.table.table.fill(lines)
        if lines:
            self.table.stay()
            size = total_size(lines) / 1e6
            if not self.outcome.text():
                words = _("{n} 份备份,共 {size:.0f} MB,放在 {folder}。")
                self.outcome.setText(
                    words.format(n=len(lines), size=size, folder=self.workbench.backups.folder)
                )
        self.arrived.emit()

    def _made(self, path: Path) -> None:
        self.outcome.setText(_("已备份到 {path}").format(path=path))
        self.reload()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, WorkbenchError):
            self.outcome.setText(error.sentence())
        else:
            self.page.tasks.failed.emit(error)

    def _put_by_itself(self, on: bool) -> None:
        pc = self.pc
        pc.backup_by_itself = on
        self._save(pc)

    def _save(self, pc: PcSettings) -> None:
        try:
            pc.save()
        except WorkbenchError as error:
            self.outcome.setText(error.sentence())

    def _tell_second(self) -> None:
        place = self.pc.second_places.get(str(vault.real(self.workbench.book.path)), "")
        self.second.setText(
            _("第二个位置:{place}").format(place=place)
            if place
            else _("第二个位置:没有设。硬盘坏了,账本和备份会一起丢;请设在 U 盘或网络盘上。")
        )
        self.no_place.setVisible(bool(place))

    def _choose(self) -> None:
        chosen = existing_file(
            self, _("恢复哪一份备份"), str(self.workbench.book.path.parent), _("客户账本 (*.book)")
        )
        if chosen:
            self.ask_restore(Path(chosen))

    def _choose_place(self) -> None:
        chosen = existing_folder(self, _("备份再放一份到哪里"))
        if chosen:
            self.put_second(chosen)


class SalvageDialog(AnsweredDialog):
    """Which damaged book, into which new one, and its passphrase."""

    def __init__(self, folder: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._folder = folder
        self.setWindowTitle(_("抢救损坏的账本"))
        self.damaged, self.target, self.secret = QLineEdit(), QLineEdit(), QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.go = button(_("抢救"), self.accept, "primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        words = _("读出损坏账本里还完好的部分,放进一个新账本,原来的文件不动。有最近的备份时,先试恢复备份。")
        layout.addWidget(label(words, wrap=True))
        for name, field, act in (
            (_("损坏的账本"), self.damaged, self._choose_damaged),
            (_("新账本放在"), self.target, self._choose_target),
        ):
            layout.addWidget(label(name))
            layout.addWidget(field)
            layout.addWidget(button(_("选择…"), act, "link"))
        layout.addWidget(label(_("原来的口令")))
        layout.addWidget(self.secret)
        layout.addLayout(self.ending(self.go))
        for field in (self.damaged, self.target, self.secret):
            field.textChanged.connect(self._follow)
        self._follow()

    def answer(self) -> tuple[Path, Path, str]:
        """The damaged book, the new one, the passphrase."""
        return Path(self.damaged.text()), Path(self.target.text()), self.secret.text()

    def _follow(self) -> None:
        self.go.setEnabled(all(one.text() for one in (self.damaged, self.target, self.secret)))

    def _choose_damaged(self) -> None:
        chosen = existing_file(self, _("哪个账本损坏了"), str(self._folder), _("客户账本 (*.book)"))
        if chosen:
            self.damaged.setText(chosen)
            path = Path(chosen)
            self.target.setText(str(path.with_name(f"{path.stem}-抢救{SUFFIX}")))

    def _choose_target(self) -> None:
        chosen, _filter = new_file(self, _("新账本放在哪里"), self.target.text(), _("客户账本 (*.book)"))
        if chosen:
            self.target.setText(chosen if chosen.endswith(SUFFIX) else chosen + SUFFIX)


def _columns() -> list[Column[Backup]]:
    return [
        Column(_("日期"), lambda x: x.day, 100, key=True),
        Column(_("为什么备份"), lambda x: why_words(x.why), 150),
        Column(_("大小(MB)"), lambda x: f"{x.size / 1e6:.1f}", 90, number=True, value=lambda x: x.size),
        Column(_("文件"), lambda x: x.path.name, 0, tip=lambda x: str(x.path)),
    ]
