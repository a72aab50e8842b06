"""我的风格: the manager's own questionnaire, its three graphs, and the ones before (domain 2.2 a)."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.tasks import Tasks
from ui.theme import colours
from ui.widgets.parts import Card, button, column, empty, flow, label, row
from ui.widgets.preview import PreviewDialog
from ui.widgets.questionnaire import StyleTestDialog
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.i18n import _, bracketed, semicolons
from workbench.insight.genes.disc import animals_note, ipsative_note, letter_name
from workbench.insight.genes.styles import StyleTest
from workbench.insight.measures.cues import LETTERS
from workbench.sheets.printed import Printed
from workbench.sheets.style_sheet import style_pdf

if TYPE_CHECKING:
    from workbench.app import Workbench


class StyleBars(QWidget):
    """Four bars from `low` to `high` with their figures, those of `strong` set off; zero is a line."""

    def __init__(
        self, name: str, figures: Mapping[str, float], low: float, high: float, pattern: str, strong: float
    ) -> None:
        super().__init__()
        self._figures, self._low, self._high, self._pattern = figures, low, high, pattern
        self._strong = strong
        wording = " ".join(f"{letter} {pattern.format(value)}" for letter, value in figures.items())
        self.setAccessibleName(f"{name}: {wording}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """180 x 150 px, a quarter of the card."""
        return QSize(180, 150)

    def minimumSizeHint(self) -> QSize:
        """120 x 120 px, room for four figures."""
        return QSize(120, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The zero line, four bars with their figures above and letters below."""
        c, painter = colours(), QPainter(self)
        foot, head = 20, 18
        room = self.height() - foot - head
        span = self._high - self._low

        def at(value: float) -> int:
            """The height of a value in pixels from the top."""
            return head + round(room * (self._high - value) / span)

        step = self.width() / len(LETTERS)
        painter.setPen(QColor(c.line))
        painter.drawLine(0, at(max(self._low, 0)), self.width(), at(max(self._low, 0)))
        for number, (letter, value) in enumerate(self._figures.items()):
            top, bottom = sorted((at(value), at(max(self._low, 0))))
            bar = QRect(round(step * (number + 0.25)), top, round(step / 2), max(bottom - top, 1))
            painter.fillRect(bar, QColor(c.accent if value == self._strong else c.pale))
            painter.setPen(QColor(c.ink))
            above = top if value >= 0 else top - 1
            figure = QRect(round(step * number), above - 18, round(step), 16)
            painter.drawText(figure, int(Qt.AlignmentFlag.AlignCenter), self._pattern.format(value))
            word = QRect(round(step * number), self.height() - foot, round(step), foot)
            painter.drawText(word, int(Qt.AlignmentFlag.AlignCenter), letter)
        painter.end()


class StyleTab(QWidget):
    """The newest result in pictures and words, the history below, one button to take the test."""

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__()
        self.workbench = workbench
        self.tasks = tasks
        self.result = Card(_("我的沟通风格"))
        self.start = button("", self.take_test, "primary")
        self.print_button = button(_("打印报告…"), self.preview)
        self.warning = label("", "second", wrap=True)
        self.table = Table(
            [
                Column(_("日期"), lambda x: x.at, 100),
                Column(_("类型"), lambda x: bracketed(x.result.pattern_name, _word(x)), 130),
                *(
                    Column(
                        f"{letter} {letter_name(letter).partition('-')[0]}",
                        partial(_index, letter),
                        76,
                        number=True,
                    )
                    for letter in LETTERS
                ),
                Column(_("用时"), lambda x: _("{n} 秒").format(n=x.seconds), 72, number=True),
                Column(_("说明"), lambda x: semicolons(x.doubts), 0, ink=lambda x: "second"),
            ],
            tasks,
            name="genes.styles",
        )
        self.table.chosen.connect(lambda _number: self._show(self.table.current()))
        self.history = Card(_("历次结果"))
        self.history.body.addWidget(self.table)
        self.history.body.addStretch(1)
        notes = column(
            label(ipsative_note(), "second", wrap=True), label(animals_note(), "second", wrap=True), spacing=2
        )
        head = row(self.warning, self.print_button, self.start)
        head.setStretch(0, 1)
        body = column(head, self.result, self.history, notes)
        body.setStretch(1, 3)
        body.setStretch(2, 2)
        outer = column(flow(body))
        outer.setContentsMargins(0, 8, 0, 0)
        self.setLayout(outer)

    def fill(self, styles: tuple[tuple[StyleTest, ...], str]) -> None:
        """Show the tests, the newest first, and why it is too early for another one ('' when it is not)."""
        tests, warning = styles
        self.start.setText(_("再做一次(24 组,约 5 分钟)") if tests else _("开始诊断(24 组,约 5 分钟)"))
        self.warning.setText(warning or _("诊断的是客户经理自己;客户不作答,用观察卡。用键盘 1–4 作答。"))
        self.history.setVisible(bool(tests))
        self.print_button.setEnabled(bool(tests))
        self.table.table.fill(tests)
        self.table.fit(5)
        if tests:
            self.table.setCurrentIndex(self.table.table.index(0, 0))
        self._show(tests[0] if tests else None)

    def _show(self, test: StyleTest | None) -> None:
        empty(self.result.body)
        if test is None:
            words = _("还没有做过。做完后,客户画像和基因卡会按您的风格提示怎样配合客户的风格。")
            self.result.body.addWidget(label(words, "second", wrap=True))
            self.result.body.addStretch(1)
            return
        result = test.result
        self.result.body.addWidget(label(f"{result.pattern_name} · {result.words}", "big", wrap=True))
        self.result.body.addWidget(label(result.note, wrap=True))
        for doubt in test.doubts:
            self.result.body.addWidget(label(doubt, "red", wrap=True))
        graphs = row(spacing=16)
        for name, figures, low, high, pattern, strong in (
            (_("图一 工作面具(最像)"), result.most, 0, 24, "{:.0f}", max(result.most.values())),
            (_("图二 压力本能(最不像,越低越强)"), result.least, 0, 24, "{:.0f}", min(result.least.values())),
            (
                _("图三 自我认知(差值)"),
                result.difference,
                -24,
                24,
                "{:+.0f}",
                max(result.difference.values()),
            ),
            (_("指数(0–100)"), result.index, 0, 100, "{:.1f}", max(result.index.values())),
        ):
            graph = column(label(name, "second"), StyleBars(name, figures, low, high, pattern, strong))
            graph.setStretch(1, 1)
            graphs.addLayout(graph, 1)
        self.result.body.addLayout(graphs, 1)
        legend = "   ".join(f"{letter} {letter_name(letter)}" for letter in LETTERS)
        self.result.body.addWidget(label(legend, "second"))

    def preview(self) -> None:
        """Preview the report of the newest test as it will be printed."""
        genes, sheets = self.workbench.insight.genes, self.workbench.sheets

        def make() -> Printed:
            """The report with the manager and branch from the settings."""
            return style_pdf(genes.style_report(), **sheets.foot())

        PreviewDialog(self.workbench, self.tasks, make, parent=self).open()

    def take_test(self) -> None:
        """Open the questionnaire."""
        StyleTestDialog(self.workbench, self.tasks, self).open()


def _index(letter: str, test: StyleTest) -> str:
    return f"{test.result.index[letter]:.1f}"


def _word(test: StyleTest) -> str:
    return _("均衡") if test.result.balanced else test.result.pattern
