"""取前 N 位,按 …: only the first of those that match, written into the text of the condition."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ui.pages.picker.forms import limit_text
from ui.widgets.parts import label, row
from workbench.base.i18n import _
from workbench.base.terms import Term
from workbench.insight.language.builder import as_groups, of_groups
from workbench.insight.language.formatted import named
from workbench.insight.language.parse import parse

_RANKED = frozenset({"money", "number", "count", "ratio", "date"})


class LimitBar(QWidget):
    """`limited(text)`: the condition with another limit, or with none."""

    limited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._shown: tuple[str, object] = ("", None)
        self.first = QLineEdit()
        self.first.setPlaceholderText(_("全部"))
        self.first.setFixedWidth(64)
        self.first.setMaxLength(12)
        self.first.setAccessibleName(_("取前几位"))
        self.rank = QComboBox()
        self.rank.setAccessibleName(_("按什么取"))
        self.rank.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.first.editingFinished.connect(self._changed)
        self.rank.activated.connect(lambda _at: self._changed())
        line = row(label(_("取前"), "second"), self.first, label(_("位,按"), "second"), self.rank)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.rank.setEnabled(False)  # until there is something to rank by
        self.first.setEnabled(False)

    def offer(self, terms: Sequence[Term]) -> None:
        """Add terms to rank by; those without an order are skipped."""
        for term in terms:
            if term.kind in _RANKED and self.rank.findData(named(term.name)) < 0:
                self.rank.addItem(term.label, named(term.name))
        for part in (self.first, self.rank):
            part.setEnabled(self.rank.count() > 0)

    def show_limit(self, text: str, terms: Sequence[Term]) -> None:
        """Show the limit of a condition that reads these terms."""
        self._text = text
        self.offer(terms)
        query = parse(text)
        if query.limit is not None:
            by = limit_text(query).partition(" by ")[2]
            plain = by.strip("`")
            term = next((t for t in terms if plain in (t.name, t.label, *t.aliases)), None)
            rank = named(term.name) if term else by
            if self.rank.findData(rank) < 0:
                self.rank.addItem(by, rank)
            self.rank.setCurrentIndex(self.rank.findData(rank))
        self.first.setText(str(query.limit.count) if query.limit is not None else "")
        self._shown = (self.first.text(), self.rank.currentData())

    def _changed(self) -> None:
        typed = self.first.text().strip()
        if (typed, self.rank.currentData()) == self._shown:
            return
        count = int(typed) if typed.isdecimal() else 0
        if typed and not (count and self.rank.count()):
            self.first.setText(self._shown[0])  # not a number: the limit in force stays
            self.first.selectAll()
            return
        self._shown = (typed, self.rank.currentData())
        query = parse(self._text)
        which = "bottom" if query.limit is not None and not query.limit.descending else "top"
        limit = f"{which} {count} by {self.rank.currentData()}" if count else ""
        if limit or query.limit is not None:
            self.limited.emit(of_groups(as_groups(query), limit))
