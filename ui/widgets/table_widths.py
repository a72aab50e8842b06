"""How the columns of a table stand: as wide as their words and the room allow, or as the person dragged, moved and hid them;
remembered on this PC."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView

from ui.theme import px, zoom
from ui.widgets.table_column import Column
from ui.widgets.table_model import TableModel
from workbench.base.i18n import of_any_language
from workbench.base.table_layouts import TableLayout, load_layout, save_layout

#: Pixels beside the words of a cell, also with a light before them; up to how wide a column grows by itself, and what
#: it leaves to one that stretches; and how many rows are looked at for it, for a key column of rows at hand.
_MARGIN, _ICON, _WIDEST, _STRETCHED, _LOOKED_AT, _KEYS = 26, 46, 220, 170, 40, 2_000
#: and what it leaves to one whose words take several lines
_SENTENCE = 320
#: pixels below which a column that stretches cannot be read
_NARROWEST = 120
#: milliseconds after a drag before it is remembered
_REST = 300


def _unbroken(texts: Iterable[str], wrap: bool) -> Iterable[str]:
    """The texts that must stand on one line: whole texts, or, where lines break, the words that cannot."""
    return (word for text in texts for word in text.split() if word.isascii()) if wrap else texts


class ColumnWidths(QObject):
    """The widths, order and hiding of the columns of one table, by their numbers as declared."""

    def __init__(self, table: QTableView, model: TableModel, name: str) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._name = name
        #: columns whose width the person chose
        self._dragged: set[int] = set()
        #: columns that the person hid, and those that the page has nothing to say in
        self.hidden: set[int] = set()
        self._withheld: set[int] = set()
        #: the least width of the key columns: their words
        self._least: dict[int, int] = {}
        self._fitting = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REST)
        self._soon.timeout.connect(self.save)

    @property
    def _columns(self) -> tuple[Column[Any], ...]:
        return self._model.columns

    def begin(self) -> None:
        """Stand as remembered, after the columns were replaced."""
        heads = self._table.horizontalHeader()
        self._dragged.clear()
        self.hidden.clear()
        self._withheld.clear()
        self._least.clear()
        self._fitting = True
        for number, column in enumerate(self._columns):
            heads.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
            self._table.setColumnWidth(number, px(column.width or _NARROWEST))
        self._fitting = False
        self._apply(load_layout(self._name) if self._name else TableLayout())
        self.fit()

    # -- by the person -------------------------------------------------------------------------------------

    def names(self) -> list[str]:
        """What the columns are remembered by: their titles, the same in every language, the second of the same name numbered."""
        names: list[str] = []
        for column in self._columns:
            title = of_any_language(column.title).replace("\n", " ")
            names.append(title if title not in names else f"{title}#{len(names)}")
        return names

    def _apply(self, layout: TableLayout) -> None:
        heads, names = self._table.horizontalHeader(), self.names()
        known = [names.index(one) for one in layout.order if one in names]
        self._fitting = True
        places = sorted(heads.visualIndex(number) for number in known)
        for place, number in zip(places, known, strict=True):
            heads.moveSection(heads.visualIndex(number), place)
        for number, name in enumerate(names):
            if name in layout.widths:
                self._dragged.add(number)
                self._table.setColumnWidth(number, px(layout.widths[name]))
            if name in layout.hidden and self.may_hide(number):
                self.hidden.add(number)
        self._fitting = False
        self._show()

    def save(self) -> None:
        """Remember how the columns stand."""
        self._soon.stop()
        if not self._name:
            return
        heads, names = self._table.horizontalHeader(), self.names()
        before = load_layout(self._name)
        order = [names[heads.logicalIndex(place)] for place in range(len(names))]
        moved = order != names
        others = tuple(one for one in before.order if one not in names)
        widths = {title: width for title, width in before.widths.items() if title not in names}
        widths |= {names[n]: round(self._table.columnWidth(n) * 100 / zoom()) for n in sorted(self._dragged)}
        hidden = {one for one in before.hidden if one not in names} | {
            names[number] for number in self.hidden
        }
        save_layout(self._name, TableLayout((*others, *(order if moved else ())), widths, frozenset(hidden)))

    def reset(self) -> None:
        """All columns as declared, and forgotten."""
        if self._name:
            save_layout(self._name, TableLayout())
        heads = self._table.horizontalHeader()
        self._dragged.clear()
        self.hidden.clear()
        self._fitting = True
        for number in range(len(self._columns)):
            heads.moveSection(heads.visualIndex(number), number)
        self._fitting = False
        self._show()
        self.fit()

    def may_hide(self, number: int) -> bool:
        """Whether a column may be hidden: not the one that says whose row it is, nor the last one left."""
        left = [n for n in range(len(self._columns)) if n not in self.hidden and n not in self._withheld]
        return not self._columns[number].key and left != [number]

    def hide(self, number: int, hidden: bool) -> None:
        """Hide a column or show it again, and remember it."""
        if hidden and not self.may_hide(number):
            return
        (self.hidden.add if hidden else self.hidden.discard)(number)
        self._show()
        self.fit()
        self.save()

    def withhold(self, number: int, nothing: bool) -> None:
        """Leave a column out while the page has nothing to say in it, whatever the person chose."""
        (self._withheld.add if nothing else self._withheld.discard)(number)
        self._show()

    def offered(self) -> list[int]:
        """The columns that may be shown, in the order in which they stand."""
        heads = self._table.horizontalHeader()
        numbers = [heads.logicalIndex(place) for place in range(len(self._columns))]
        return [n for n in numbers if n not in self._withheld and self._columns[n].title.strip()]

    def _show(self) -> None:
        for number in range(len(self._columns)):
            self._table.setColumnHidden(number, number in self.hidden or number in self._withheld)

    def moved(self) -> None:
        """A column was dragged to another place."""
        if not self._fitting:
            self._soon.start()

    def resized(self, number: int, _old: int, new: int) -> None:
        """A column got another width: by the mouse it is the person's choice, no narrower than the words of a key column."""
        if self._fitting or not QApplication.mouseButtons() & Qt.MouseButton.LeftButton or not new:
            return
        self._dragged.add(number)
        if new < self._least.get(number, 0):
            self._set(number, self._least[number])
        self.stretch()
        self._soon.start()

    def widen(self, number: int) -> None:
        """As wide as the widest word at hand (a double click at its edge)."""
        self._dragged.add(number)
        self._soon.start()

    # -- by the words and the room -------------------------------------------------------------------------

    def fit(self) -> None:
        """Widen columns to their title and first 40 rows, up to 220 px and as far as stretching columns leave room; a key column
        to all its words at hand.

        A column is narrower than its own width only where there is no room, and never than its words; one that the person
        dragged is left alone.
        """
        table, model = self._table, self._model
        metrics = QFontMetrics(table.font())
        looked_at = min(_LOOKED_AT, model.rowCount())
        rows = [row for number in range(looked_at) if (row := model.at_hand(number)) is not None]
        bare, least, desired = {}, {}, {}
        for number, column in enumerate(self._columns):
            if table.isColumnHidden(number):
                continue
            if column.key:
                self._least[number] = self._key_width(column, metrics)
            if column.width and number not in self._dragged:
                beside = _ICON if column.light else _MARGIN
                title = max(map(metrics.horizontalAdvance, model.title(number).split("\n")))
                texts = _unbroken(map(column.text, rows), table.wordWrap())
                words = max(map(metrics.horizontalAdvance, texts), default=0)
                around = max(title + px(_MARGIN), self._least.get(number, 0))
                least[number] = max(px(column.width), around)
                desired[number] = max(least[number], min(words + px(beside), px(_WIDEST)))
                bare[number] = least[number]
                if rows and (not column.number or looked_at == model.rowCount()):  # no figure is ever cut
                    lines = (line for row in rows for line in column.text(row).split("\n"))
                    whole = max(map(metrics.horizontalAdvance, lines))
                    bare[number] = max(around, min(whole + px(beside), px(_WIDEST)))
        low, high = least, desired
        if self._room() < sum(least.values()):
            most = least if self._stretching() else desired
            low = {number: min(bare[number], most[number]) for number in least}
            high = {number: max(low[number], least[number]) for number in least}
        share = self._share(sum(low.values()), sum(high.values()))
        for number in least:
            self._set(number, low[number] + int((high[number] - low[number]) * share))
        self.stretch()

    def _key_width(self, column: Column[Any], metrics: QFontMetrics) -> int:
        model = self._model
        near = min(_KEYS, model.rowCount())
        rows = (row for number in range(near) if (row := model.at_hand(number)) is not None)
        texts = _unbroken((column.text(row) for row in rows), self._table.wordWrap())
        words = max(map(metrics.horizontalAdvance, set(texts)), default=0)
        return words + px(_ICON if column.light else _MARGIN) if words else 0

    def _stretching(self) -> list[int]:
        return [
            n
            for n, column in enumerate(self._columns)
            if not column.width and n not in self._dragged and not self._table.isColumnHidden(n)
        ]

    def stretch(self) -> None:
        """Let columns of width 0 share the rest, each at least 120 px; below that the table scrolls sideways."""
        stretching = self._stretching()
        if not stretching:
            return
        others = [
            n for n in range(len(self._columns)) if n not in stretching and not self._table.isColumnHidden(n)
        ]
        room = self._table.viewport().width() - sum(map(self._table.columnWidth, others))
        least = px(_NARROWEST) if others else 24
        each = max(least, room // len(stretching))
        for number in stretching:
            self._set(number, max(each, self._least.get(number, 0)))
        spare = room - each * len(stretching)
        if 0 < spare < len(stretching):
            self._set(stretching[-1], each + spare)

    def _share(self, least: int, desired: int) -> float:
        """The share (0..1) that columns get of what they desire beyond their least width."""
        if desired == least:
            return 1.0
        return min(1.0, max(0.0, (self._room() - least) / (desired - least)))

    def _room(self) -> int:
        """Pixels for the columns that fit their words, beside what those that stretch should have."""
        taken = sum(self._table.columnWidth(n) for n in self._dragged if not self._table.isColumnHidden(n))
        each = _SENTENCE if self._table.wordWrap() else _STRETCHED
        return self._table.viewport().width() - taken - len(self._stretching()) * px(each)

    def _set(self, number: int, width: int) -> None:
        if self._table.columnWidth(number) != width:
            self._fitting, before = True, self._fitting
            self._table.setColumnWidth(number, width)
            self._fitting = before
