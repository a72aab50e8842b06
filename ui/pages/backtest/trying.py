"""The lines of the lights that are tried: three numbers, what they would have given, and the way back."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from ui.widgets.number_field import NumberField
from ui.widgets.parts import button, column, label, light_label
from ui.widgets.wrapped import Strip, together
from workbench.base.i18n import _
from workbench.insight.churn.backtest.report import AlertRow, BacktestReport
from workbench.insight.churn.backtest.words import percent

_LIGHTS = ("yellow", "orange", "red")
#: milliseconds after the last change before it is tried
_REST = 350


class TriedLines(QWidget):
    """`tried(lines)` once the numbers rest; nothing is stored here."""

    tried = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.spins = {light: self._spin(light) for light in _LIGHTS}
        self.back = button(_("回到现行规则"), self.reset, "link")
        self.words = label("", "second", wrap=True)
        names = {"yellow": _("试试黄灯从"), "orange": _("橙灯从"), "red": _("红灯从")}
        fields = [
            together(light_label(light, names[light]), self.spins[light], label(_("分"), "second"), 10)
            for light in _LIGHTS
        ]
        layout = column(Strip(*fields, together(self.back)), self.words, spacing=4)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self._in_force: tuple[int, ...] = ()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(lambda: self.tried.emit(self.lines))

    def _spin(self, light: str) -> QSpinBox:
        made = NumberField()
        made.setRange(1, 100)
        made.setMinimumWidth(72)
        made.setAccessibleName(
            {"yellow": _("黄灯门槛"), "orange": _("橙灯门槛"), "red": _("红灯门槛")}[light]
        )
        made.valueChanged.connect(lambda _value: self._moved())
        return made

    @property
    def lines(self) -> tuple[int, ...]:
        """The numbers as they stand: yellow, orange, red."""
        return tuple(spin.value() for spin in self.spins.values())

    @property
    def moved(self) -> bool:
        """Whether they are others than the rules in force."""
        return self.lines != self._in_force

    def put(self, in_force: Sequence[float]) -> None:
        """Show the lines in force."""
        self._in_force = tuple(round(line) for line in in_force)
        for spin, line in zip(self.spins.values(), self._in_force, strict=True):
            with QSignalBlocker(spin):
                spin.setValue(line)
        self._rest.stop()
        self.back.setVisible(False)
        self.words.setText(_("改动上面的数字,下面全部按新门槛重算;不点“存为规则”就不会改规则。"))

    def reset(self) -> None:
        """Back to the lines in force."""
        self.put(self._in_force)
        self.tried.emit(self.lines)

    def compare(self, now: BacktestReport, tried: BacktestReport) -> None:
        """Say what the tried lines would have given beside those in force."""
        words = _("现行 {lines}:{now}。试用 {tried_lines}:{tried}。还没有存为规则。")
        self.words.setText(
            words.format(
                lines=_joined(now), now=_gave(now.thresholds["orange"]), tried_lines=_joined(tried),
                tried=_gave(tried.thresholds["orange"]),
            )
        )  # fmt: skip

    def refuse(self, sentence: str) -> None:
        """Say why the numbers make no sense."""
        self.words.setText(sentence)

    def _moved(self) -> None:
        self.back.setVisible(self.moved)
        self._rest.start()


def _joined(report: BacktestReport) -> str:
    return "/".join(f"{line:g}" for line in report.lines)


def _gave(orange: AlertRow) -> str:
    if not orange.alerts:
        return _("橙灯和红灯没有预警任何客户")
    words = _("橙灯和红灯预警 {alerts} 户次,准确率 {precision},召回率 {recall}")
    return words.format(
        alerts=f"{orange.alerts:,}",
        precision=percent(orange.precision.value),
        recall=percent(orange.recall.value),
    )
