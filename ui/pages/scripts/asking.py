"""检查一段话, and 给外部AI的提示词: a text held against the red lines, a prompt that tells of a segment and of no customer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from ui import clipboard
from ui.tasks import Tasks
from ui.widgets.parts import button, label, row
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.insight.genes.data import segments
from workbench.insight.selling.kinds import regimes
from workbench.outreach.playbook.library import library
from workbench.outreach.playbook.outside import OutsidePrompt
from workbench.rules.red_lines import RedLine
from workbench.trust.register import Outgoing

if TYPE_CHECKING:
    from workbench.app import Workbench


class _Asking(QDialog):
    """A dialog with a text over what is said of it."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.tasks = tasks
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 460)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.whole = QVBoxLayout(self)
        self.whole.setContentsMargins(20, 16, 20, 16)
        self.whole.setSpacing(10)


class CheckDialog(_Asking):
    """Any text, held against the red lines while it is typed or put in."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(workbench, tasks, _("检查一段话"), parent)
        self.regime = QComboBox()
        self.regime.addItem(_("没有说到产品"), "")
        for one in regimes():
            self.regime.addItem(_(one.name), one.code)
        self.regime.setAccessibleName(_("产品类别"))
        self.text.setPlaceholderText(_("把要发出去的话贴在这里,一边写一边检查。"))
        self.text.setAccessibleName(_("要检查的话"))
        self.verdict = label("", wrap=True)
        self.whole.addLayout(row(label(_("说的是:"), "second"), self.regime, None))
        self.whole.addWidget(self.text, 1)
        self.whole.addWidget(self.verdict)
        self.whole.addLayout(row(None, button(_("关闭"), self.accept)))
        self.text.textChanged.connect(self._look)
        self.regime.currentIndexChanged.connect(lambda _at: self._look())
        self.text.setFocus()

    def _look(self) -> None:
        text, regime = self.text.toPlainText(), self.regime.currentData()
        own = self.workbench.outreach.playbook.own
        self.tasks.run(
            lambda: own.crossed(text, regime=regime), self._tell, owner=self, key=(self, "look")
        )  # fmt: skip

    def _tell(self, crossed: Sequence[RedLine]) -> None:
        if not self.text.toPlainText().strip():
            self.verdict.setText("")
        elif crossed:
            self.verdict.setText("\n".join(f"✕ {one.sentence}" for one in crossed))
        else:
            self.verdict.setText(_("✓ 没有碰到禁用词。是不是说得准、合不合适,还要您自己看。"))


class OutsideDialog(_Asking):
    """Enter copies the prompt, registered as anything else that leaves the book."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(workbench, tasks, _("给外部AI的提示词"), parent)
        self.segment, self.scene = QComboBox(), QComboBox()
        for one in segments():
            self.segment.addItem(_(one.name), one.code)
        for scene in library().scenes.values():
            self.scene.addItem(_(scene.name), scene.code)
        self.scene.setCurrentIndex(max(self.scene.findData("invite"), 0))
        self.segment.setAccessibleName(_("客群"))
        self.scene.setAccessibleName(_("场景"))
        self.text.setReadOnly(True)
        self.fault = label("", "red", wrap=True)
        self.fault.hide()
        words = _("只有一整个客群的约数,没有任何一位客户;写回来的话先在“检查一段话”里过一遍。")
        self.copy = button(_("复制提示词"), self.copy_prompt, "primary")
        self.copy.setDefault(True)
        self.whole.addLayout(
            row(label(_("客群"), "second"), self.segment, label(_("场景"), "second"), self.scene, None)
        )
        self.whole.addWidget(label(words, "second", wrap=True))
        self.whole.addWidget(self.text, 1)
        self.whole.addWidget(self.fault)
        self.whole.addLayout(row(None, button(_("关闭"), self.reject), self.copy))
        for box in (self.segment, self.scene):
            box.currentIndexChanged.connect(lambda _at: self._look())
        self._look()

    def _look(self) -> None:
        segment, scene = self.segment.currentData(), self.scene.currentData()
        playbook = self.workbench.outreach.playbook
        self.copy.setEnabled(False)
        self.tasks.run(
            lambda: playbook.outside_prompt(segment, scene), self._show, failed=self._refused, owner=self,
            key=(self, "prompt"),
        )  # fmt: skip

    def _show(self, prompt: OutsidePrompt) -> None:
        self.fault.hide()
        self.text.setPlainText(prompt.text)
        self.copy.setEnabled(True)

    def _refused(self, error: Exception) -> None:
        self.text.setPlainText("")
        if isinstance(error, WorkbenchError):
            self.fault.setText(error.sentence())
            self.fault.show()
        else:
            self.tasks.failed.emit(error)

    def copy_prompt(self) -> None:
        """Put the prompt on the clipboard, once it is registered that it leaves."""
        text = self.text.toPlainText()
        facts = {"segment": self.segment.currentData(), "scene": self.scene.currentData()}
        what = Outgoing("outside_prompt", 0, facts=facts)

        def copied(_none: object) -> None:
            """It is registered: copy it and close."""
            clipboard.put(text)
            self.tasks.wrote.emit(Change.nothing(), _("已复制提示词,已登记;里面没有任何一位客户。"))
            self.accept()

        self.tasks.run(lambda: self.workbench.register.copied(what), copied, owner=self)
