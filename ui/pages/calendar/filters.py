"""Which touches the calendar counts: by tower, segment, reason, channel."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from ui.pages.calendar.words import ReasonWord
from ui.widgets.parts import button
from workbench.base.i18n import _
from workbench.insight.genes.data import segments
from workbench.outreach.agenda.agenda import AgendaFilter

if TYPE_CHECKING:
    from workbench.app import Workbench

TOWERS = ("top", "waist", "base")
GROUP = "group"


class AgendaFilters(QObject):
    """A choice for each, in `fields`; `changed()`."""

    changed = Signal()

    def __init__(self, workbench: "Workbench", word: ReasonWord) -> None:
        super().__init__()
        self._word = word
        #: the reasons that the years looked at have
        self._codes: set[str] = set()
        rules = workbench.rules
        self.towers = _choice(_("全部塔层"), ((one, rules.text(f"tower.{one}")) for one in TOWERS))
        self.segments = _choice(_("全部客群"), ((one.code, _(one.name)) for one in segments()))
        self.reasons = _choice(_("全部事由"), ())
        channels = (*workbench.outreach.channels(), (GROUP, group_word()))
        self.channels = _choice(_("全部渠道"), channels)
        self.all = button(_("看全部"), self.clear_all, "link")
        self.fields: tuple[QWidget, ...] = (self.towers, self.segments, self.reasons, self.channels, self.all)
        for one, name in (
            (self.towers, _("塔层")), (self.segments, _("客群")), (self.reasons, _("事由")), (self.channels, _("渠道"))
        ):  # fmt: skip
            one.setAccessibleName(name)
            one.currentIndexChanged.connect(self._changed)
        self.all.hide()

    def show_reasons(self, codes: Iterable[str]) -> None:
        """Offer the reasons that the year has, those of one name together, beside those offered already."""
        self._codes.update(codes)
        offered = {self.reasons.itemText(at) for at in range(1, self.reasons.count())}
        for name in sorted({self._word(code) for code in self._codes} - offered):
            self.reasons.addItem(name, name)

    def wanted(self) -> AgendaFilter:
        """The filter as it is set."""
        name = self.reasons.currentData()
        reasons = tuple(sorted(code for code in self._codes if name and self._word(code) == name))
        return AgendaFilter(_codes(self.towers), _codes(self.segments), reasons, _codes(self.channels))

    def clear_all(self) -> None:
        """Count all touches."""
        for one in (self.towers, self.segments, self.reasons, self.channels):
            one.blockSignals(True)
            one.setCurrentIndex(0)
            one.blockSignals(False)
        self._changed()
        self.towers.setFocus()

    def _changed(self, _at: int = 0) -> None:
        self.all.setVisible(self.wanted() != AgendaFilter())
        self.changed.emit()


def group_word() -> str:
    """The name of the channel that reaches many at once."""
    return _("群发")


def _choice(everything: str, codes: Iterable[tuple[str, str]]) -> QComboBox:
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.addItem(everything, "")
    for code, words in codes:
        made.addItem(words, code)
    return made


def _codes(one: QComboBox) -> tuple[str, ...]:
    code = str(one.currentData() or "")
    return (code,) if code else ()
