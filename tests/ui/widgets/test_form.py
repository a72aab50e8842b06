"""A short question: Enter answers, what is missing is said in place, a refusal keeps what was typed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.ui.bot import Bot
from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from workbench.app import Workbench
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError


class Renaming(FormDialog):
    """A form with one field; `job` is what it writes."""

    def __init__(self, workbench: Workbench, tasks: Tasks, job: Callable[[], Change]) -> None:
        super().__init__(workbench, tasks, "改名", "改名", None)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.name = QLineEdit()
        self.line("名称", self.name)
        self.job = job

    def answer(self) -> None:
        """Nothing without a name."""
        if not self.name.text():
            self.say("没有写名称。")
            return
        self.write(self.job, "已改名。")


def test_enter_answers_and_a_gap_is_said_in_place(qtbot: Bot, workbench: Workbench, tasks: Tasks) -> None:
    written: list[str] = []
    tasks.wrote.connect(lambda _change, words: written.append(words))
    form = Renaming(workbench, tasks, Change.nothing)
    qtbot.addWidget(form)
    form.show()
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert form.fault.text() == "没有写名称。"
    assert form.fault.isVisible()
    assert form.isVisible()
    form.name.setText("回访")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not form.isVisible())
    assert written == ["已改名。"]


def test_a_refused_answer_keeps_the_form_and_what_was_typed(
    qtbot: Bot, workbench: Workbench, tasks: Tasks
) -> None:
    def refuse() -> Change:
        raise WorkbenchError("name_taken", "这个名称已经用了。", "请换一个。")

    form = Renaming(workbench, tasks, refuse)
    qtbot.addWidget(form)
    form.show()
    form.name.setText("回访")
    form.yes.click()
    qtbot.waitUntil(lambda: "已经用了" in form.fault.text())
    assert form.isVisible()
    assert form.name.text() == "回访"
    assert form.yes.isEnabled()
