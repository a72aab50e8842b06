"""禁用词: the words that nobody says to a customer; a branch adds its own, leaves one out, and tries a text on them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from ui.tasks import Tasks
from ui.widgets.fault_line import FaultLine
from ui.widgets.parts import Card, button, label, row
from ui.widgets.refusals import fault_handler, under_way
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.change import Change
from workbench.base.i18n import _
from workbench.people.red_words import RedWord
from workbench.rules.red_lines import RedLine, red_lines_in

if TYPE_CHECKING:
    from workbench.app import Workbench


class RedWordsCard(Card):
    """Says what the words are for, and opens them."""

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(_("禁用词"))
        words = _(
            "话术、计划、画布和邀请里写的话都先过这张表,碰到的不收,并写明可以怎么说。可以加本网点自己的词。"
        )
        self.body.addWidget(label(words, "second", wrap=True))
        self._workbench, self._tasks = workbench, tasks
        self.opens = button(_("查看、添加、检查一段话…"), self.open)
        self.body.addLayout(row(self.opens, None))

    def open(self) -> None:
        """Open the dialog over the window."""
        RedWordsDialog(self._workbench, self._tasks, self.window()).show()


class RedWordsDialog(QDialog):
    """Above a text that is tried, then all words, below the lines of a new one. Enter adds, Esc closes."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kept = workbench.red_words
        self.tasks = tasks
        self.setWindowTitle(_("禁用词"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(900, 620)
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("把要说的话粘在这里,看能不能说"))
        self.text.setAccessibleName(_("检查一段话"))
        self.text.textChanged.connect(self._tried)
        self.verdict = label("", "second", wrap=True)
        self.words = Table(_columns(), name="red.words", wrap=True)
        self.words.setAccessibleName(_("禁用词"))
        self.words.selectionModel().selectionChanged.connect(lambda *_args: self._enable())
        self.off_button = button(_("停用这个词"), self.switch)
        self.words.offer(self.off_button)
        self.word, self.why, self.instead = QLineEdit(), QLineEdit(), QLineEdit()
        self.word.setPlaceholderText(_("不能说的词"))
        self.why.setPlaceholderText(_("一句话写明规定"))
        self.instead.setPlaceholderText(_("换成怎么说"))
        self.add_button = button(_("添加"), self.add, "primary")
        self.add_button.setDefault(True)
        self.fault = FaultLine()
        self._lines: tuple[RedLine, ...] = ()
        self._assemble()
        self._enable()
        self._read()
        self.text.setFocus()

    def _assemble(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        for words, field in ((_("词"), self.word), (_("为什么"), self.why), (_("可以说"), self.instead)):
            field.setAccessibleName(words)
            form.addRow(label(words, "second"), field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(label(_("检查一段话"), "second"))
        layout.addWidget(self.text)
        layout.addWidget(self.verdict)
        layout.addWidget(self.words, 1)
        layout.addLayout(row(None, self.off_button))
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addLayout(row(None, button(_("关闭"), self.reject), self.add_button))

    @property
    def chosen(self) -> RedWord | None:
        """The word under the keyboard."""
        index = self.words.currentIndex()
        return self.words.table.row(index.row()) if index.isValid() else None

    def _enable(self) -> None:
        one = self.chosen
        self.off_button.setEnabled(one is not None)
        self.off_button.setText(_("恢复这个词") if one is not None and one.off else _("停用这个词"))

    def _read(self) -> None:
        def show(words: tuple[RedWord, ...]) -> None:
            """List what there is."""
            self._lines = tuple(
                sorted((one.line for one in words if not one.off), key=lambda line: -len(line.word))
            )
            self.words.table.fill(words)
            self.words.stay()
            self._enable()
            self._tried(self.text.text())

        self.tasks.run(self.kept.all, show, failed=fault_handler(self.fault, self.tasks), owner=self)

    def _tried(self, text: str) -> None:
        """Say whether the text may be said, and what instead."""
        crossed = red_lines_in(text, self._lines)
        said = _("没有碰到禁用词。") if text.strip() else ""
        self.verdict.setText(
            "\n".join(_("{sentence}。").format(sentence=one.sentence) for one in crossed) or said
        )
        self.verdict.setVisible(bool(text.strip()))

    def add(self) -> None:
        """Write the new word, and clear its lines."""
        word, why, instead = self.word.text(), self.why.text(), self.instead.text()

        def done(_change: Change) -> None:
            """Ready for the next one."""
            self.add_button.setEnabled(True)
            self.fault.hide()
            for field in (self.word, self.why, self.instead):
                field.clear()
            self._read()

        failed = under_way(
            self, self.tasks, fault_handler(self.fault, self.tasks), self.add_button, stays=True
        )
        self.tasks.write(
            lambda: self.kept.add(word, why, instead), done, words=_("已添加禁用词。"), failed=failed, owner=self
        )  # fmt: skip

    def switch(self) -> None:
        """Leave the chosen word out, or let it count again; can be undone."""
        one = self.chosen
        if one is None:
            return
        job = self.kept.restore if one.off else self.kept.leave_out
        words = _("已恢复“{word}”。") if one.off else _("已停用“{word}”。")

        def done(_change: Change) -> None:
            """Show what counts now."""
            self.off_button.setEnabled(True)
            self._read()

        failed = under_way(
            self, self.tasks, fault_handler(self.fault, self.tasks), self.off_button, stays=True
        )
        self.tasks.write(
            lambda: job(one.word), done, words=words.format(word=one.word), failed=failed, owner=self
        )


def source_words(one: RedWord) -> str:
    """Where a word comes from."""
    if one.own:
        return _("本网点")
    return _("自带,已停用") if one.off else _("自带")


def scope_words(line: RedLine) -> str:
    """Where alone a word counts; '' where it does everywhere."""
    if line.quiet:
        return _("只在静默日")
    if line.scenes:
        return _("只在祝福里")
    return _("只在产品的话里,存款除外") if line.of_products else ""


def _columns() -> list[Column[RedWord]]:
    return [
        Column(
            _("词"), lambda one: one.word, 130, key=True, ink=lambda one: "second" if one.off else None
        ),
        Column(_("为什么"), lambda one: one.line.reason or "—", 260),
        Column(_("可以说"), lambda one: _(one.line.instead) if one.line.instead else "—", 0),
        Column(_("用在"), lambda one: scope_words(one.line) or _("处处"), 120),
        Column(_("来源"), source_words, 90),
    ]  # fmt: skip
