"""Which of the sheets that are out is typed back."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QSizePolicy

from workbench.base.i18n import _
from workbench.outreach.results.forms import form_of
from workbench.outreach.results.handed_sheet import HandedSheet


class SheetChoice(QComboBox):
    """Chooses a sheet; `currentData()` is its number."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("哪一张单子"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def offer(self, sheets: Sequence[HandedSheet]) -> None:
        """Offer these sheets; the chosen one stays chosen, silently."""
        chosen = self.currentData()
        self.blockSignals(True)
        self.clear()
        for sheet in sheets:
            self.addItem(sheet_words(sheet), sheet.number)
        numbers = [sheet.number for sheet in sheets]
        if chosen in numbers:
            self.setCurrentIndex(numbers.index(chosen))
        self.blockSignals(False)


def sheet_words(sheet: HandedSheet) -> str:
    """A sheet in the list of those that are out."""
    words = _("{name} {of} · 编号 {number} · {n} 行")
    return words.format(name=form_of(sheet.kind).name, of=sheet.of, number=sheet.number, n=len(sheet.rows))
