"""Two instruments of style: the manager's questionnaire, and the observation card of a customer (domain 2.2)."""

import random
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.tasks import Tasks
from ui.widgets.fault_line import FaultLine
from ui.widgets.parts import Card, ask, button, column, flow, label, row
from ui.widgets.refusals import fault_handler, under_way
from ui.widgets.style_words import StyleWords
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Tiles
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.insight.genes.card import Style
from workbench.insight.genes.disc import BLOCKS, BlockAnswer, blocks, letter_name, screen_order
from workbench.insight.genes.observed import Observation
from workbench.insight.measures.cues import LETTERS, cues
from workbench.outreach.playbook.by_style import SceneWords, by_style, scenes_of

if TYPE_CHECKING:
    from workbench.app import Workbench


class StyleTestDialog(QDialog):
    """One block at a time: keys 1-4 (or Space on a button) choose 最像, then 最不像; Backspace goes one step back."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.tasks = tasks
        self.setWindowTitle(_("自我沟通风格诊断"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        self.seed = random.randrange(1_000_000_000)
        self.order = screen_order(self.seed)
        self.answers: list[BlockAnswer] = []
        self.most: int | None = None
        self._keeping = False
        self._begun = time.monotonic()
        self.progress = QProgressBar()
        self.progress.setRange(0, BLOCKS)
        self.progress.setFormat("%v / %m")
        self.question = label("", "heading")
        self.choices = [button("", partial(self.choose, place)) for place in range(len(LETTERS))]
        self.fault = FaultLine()
        self.back = button(_("上一步"), self.step_back, tip="Backspace")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self.progress)
        layout.addWidget(self.question)
        for choice in self.choices:
            choice.setMinimumHeight(36)
            choice.setStyleSheet("text-align: left;")
            layout.addWidget(choice)
        layout.addWidget(label(_("按第一反应选,没有对错。键盘 1–4 选择,退格键回到上一步。"), "second"))
        layout.addWidget(self.fault)
        layout.addLayout(row(self.back, None, button(_("以后再做"), self.reject)))
        self._show()

    def _show(self) -> None:
        number = len(self.answers)
        self.progress.setValue(number)
        self.back.setEnabled(bool(number) or self.most is not None)
        if number == BLOCKS:
            self._keep()
            return
        words = _("哪一句最像您?") if self.most is None else _("哪一句最不像您?")
        self.question.setText(_("第 {n} 组:{words}").format(n=number + 1, words=words))
        statements = dict(zip(LETTERS, blocks()[number], strict=True))
        for place, choice in enumerate(self.choices):
            chosen = place == self.most
            mark = _("   ← 最像") if chosen else ""
            choice.setText(f"{place + 1}   {_(statements[self.order[number][place]])}{mark}")
            choice.setEnabled(not chosen)
        self.choices[1 if self.most == 0 else 0].setFocus()

    def choose(self, place: int) -> None:
        """Take the statement at `place` 0..3 on the screen: first 最像, then 最不像."""
        if len(self.answers) == BLOCKS or place == self.most:
            return
        if self.most is None:
            self.most = place
        else:
            shown = self.order[len(self.answers)]
            self.answers.append(BlockAnswer(shown[self.most], shown[place], self.most))
            self.most = None
        self._show()

    def step_back(self) -> None:
        """Take the last choice back."""
        if self.most is not None:
            self.most = None
        elif self.answers:
            last = self.answers.pop()
            self.most = last.place
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys 1-4 choose, Backspace goes back."""
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < len(self.choices):
            self.choose(place)
        elif event.key() == Qt.Key.Key_Backspace:
            self.step_back()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Leave, whichever way; asks first when answers would be lost."""
        number = len(self.answers)
        if not number or self._keeping:
            super().reject()
            return
        ask(
            self, _("自我沟通风格诊断"), _("已答的 {n} 组不会保留,要离开吗?").format(n=number), "",
            _("离开"), _("继续答"), super().reject,
        )  # fmt: skip

    def _keep(self) -> None:
        self._keeping = True
        self.question.setText(_("正在保存…"))
        for choice in self.choices:
            choice.setEnabled(False)
        seconds = round(time.monotonic() - self._begun)
        genes, seed, answers = self.workbench.insight.genes, self.seed, tuple(self.answers)
        self.tasks.write(
            lambda: genes.keep_style(seed, answers, seconds),
            lambda _change: self.accept(),
            words=_("风格诊断已保存"),
            failed=under_way(self, self.tasks, self._failed),
            owner=self,
        )

    def _failed(self, error: Exception) -> None:
        self._keeping = False
        fault_handler(self.fault, self.tasks)(error)


class CueDialog(QDialog):
    """The observation card of one customer: tick what was observed in a contact, delete earlier observations."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        customer_no: str,
        parent: QWidget | None = None,
        *,
        touch_id: int | None = None,
    ) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.tasks = tasks
        self.customer_no = customer_no
        self.touch_id = touch_id
        self.setWindowTitle(_("客户风格观察卡"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1120, 640)
        self.date = QDateEdit()
        self.date.setDisplayFormat("yyyy-MM-dd")
        self.date.setCalendarPopup(True)
        day = today()
        self.date.setDate(QDate(day.year, day.month, day.day))
        self.date.setMaximumDate(self.date.date())
        self.boxes = {cue.code: QCheckBox(_(cue.text)) for cue in cues()}
        cards = []
        for letter in LETTERS:
            card = Card(f"{letter} {letter_name(letter)}")
            for cue in cues():
                if cue.letter == letter:
                    card.body.addWidget(self.boxes[cue.code])
            card.body.addStretch(1)
            cards.append(card)
        self.seen = Table(
            [
                Column(_("日期"), lambda x: x.date, 100),
                Column(_("风格"), lambda x: x.letter, 48),
                Column(_("看到的"), lambda x: x.text, 0),
            ],
            tasks,
            name="styles.seen",
        )
        self.seen.chosen.connect(lambda _number: self._enable())
        self.reason = label("", "second", wrap=True)
        self._so_far = ""
        for box in self.boxes.values():
            box.toggled.connect(lambda _on: self._tell_reason())
        self.words = StyleWords()
        self.fault = FaultLine()
        self.take_back = button(_("删掉这一条"), self.untick)
        self.seen.offer(self.take_back)
        self.forget_all = button(_("删除全部观察…"), self._ask_forget)
        self.save: QPushButton = button(_("记下"), self.keep, "primary", tip="Ctrl+Enter")
        self.save.setShortcut("Ctrl+Return")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 14)
        layout.setSpacing(8)
        words = _("只勾这次联系里看到、听到的;不要让客户做题。主观观察,不导出,客户要求时可以全部删除。")
        layout.addWidget(label(words, "second", wrap=True))
        layout.addLayout(row(label(_("联系日期"), "second"), self.date, None))
        body = column(
            Tiles(cards, len(LETTERS), 200, 8),
            self.reason,
            self.words,
            label(_("以前的观察"), "heading"),
            self.seen,
        )
        layout.addWidget(flow(body), 1)
        layout.addWidget(self.fault)
        layout.addLayout(
            row(self.take_back, self.forget_all, None, button(_("关闭"), self.reject), self.save)
        )
        for made in (self.take_back, self.forget_all):  # until the earlier observations are read
            made.setEnabled(False)
        self._read()

    def _read(self) -> None:
        genes, number, outreach = self.workbench.insight.genes, self.customer_no, self.workbench.outreach

        def job() -> tuple[tuple[Observation, ...], Style, tuple[SceneWords, ...]]:
            """What was observed, the style found so far, and its words for the customer."""
            scenes = scenes_of(outreach.playbook.for_customer(number, by_style()))
            return genes.observed(number), genes.card(number).style, scenes

        self.tasks.run(
            job, self._show, failed=fault_handler(self.fault, self.tasks), owner=self, key=(self, "seen"),
        )  # fmt: skip

    def _show(self, read: tuple[tuple[Observation, ...], Style, tuple[SceneWords, ...]]) -> None:
        observations, style, scenes = read
        self.words.show_words(style, scenes)
        self.seen.table.fill(observations)
        self.seen.fit(6)
        self.seen.setVisible(bool(observations))
        self._so_far = style.reason
        self._tell_reason()
        self.forget_all.setEnabled(bool(observations))
        self._enable()

    def _enable(self) -> None:
        self.take_back.setEnabled(self.seen.current() is not None)

    def _tell_reason(self) -> None:
        """What the style goes by so far; what is ticked now counts once it is stored."""
        n = len(self.ticked())
        self.reason.setText(_("勾了 {n} 条,记下以后再判断风格。").format(n=n) if n else self._so_far)

    def ticked(self) -> tuple[str, ...]:
        """The cues ticked now."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def keep(self) -> None:
        """Write the ticked cues and close."""
        genes, number, chosen = self.workbench.insight.genes, self.customer_no, self.ticked()
        day, touch = self.date.date().toString("yyyy-MM-dd"), self.touch_id
        self.tasks.write(
            lambda: genes.tick(number, chosen, day, touch),
            lambda _change: self.accept(),
            words=_("观察已记下"),
            failed=under_way(self, self.tasks, fault_handler(self.fault, self.tasks), self.save),
            owner=self,
        )

    def untick(self) -> None:
        """Delete the chosen observation."""
        observation = self.seen.current()
        if observation is None:
            return
        genes, number, which = self.workbench.insight.genes, self.customer_no, observation.id
        self._write(lambda: genes.untick(number, which), _("观察已删掉"))

    def _ask_forget(self) -> None:
        hint = _("对这位客户的风格判断会一起消失。")
        ask(self, _("删除全部观察"), _("删除这位客户的全部观察?"), hint, _("删除"), _("不删"), self.forget)

    def forget(self) -> None:
        """Delete everything observed of the customer."""
        genes, number = self.workbench.insight.genes, self.customer_no
        self._write(lambda: genes.forget(number), _("观察已全部删除"))

    def _write(self, job: "Callable[[], Change]", words: str) -> None:
        failed = under_way(
            self, self.tasks, fault_handler(self.fault, self.tasks), self.take_back, stays=True
        )
        self.tasks.write(job, lambda _change: self._read(), words=words, failed=failed, owner=self)
