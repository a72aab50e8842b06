"""In which order the rows at hand are shown, and which of them: by value, what is unknown last in both directions."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QCollator, QLocale

from ui.widgets.table_column import Column

#: how a cell says that there is no value
UNKNOWN = frozenset({"", "—", "…"})
_SEVERITY = {"red": 3, "orange": 2, "yellow": 1}
_NUMBER = re.compile(r"([+−-]?)\s*(\d[\d,]*(?:\.\d+)?)\s*(亿|万)?")
_TIMES = {"亿": 100_000_000.0, "万": 10_000.0}


def number_in(text: str) -> float | None:
    """The first number of a text, as cells write them: '1,234', '−3.0万', '12%', '3 / 20'; None without one."""
    seen = _NUMBER.search(text)
    if seen is None:
        return None
    size = float(seen[2].replace(",", "")) * _TIMES.get(seen[3] or "", 1.0)
    return -size if seen[1] in ("−", "-") and seen[1] else size


def _collator() -> QCollator:
    """Chinese by its sounds, numbers in a text by their size, small and large letters alike."""
    made = QCollator(QLocale(QLocale.Language.Chinese))
    made.setNumericMode(True)
    return made


def sort_value(column: Column[Any], collator: QCollator) -> Callable[[Any], Any]:
    """What a row is sorted by in a column; None where it is unknown."""
    if column.value is not None:
        return column.value
    if column.fen is not None:
        return column.fen
    if column.light is not None:
        light = column.light

        def severity(row: Any) -> int | None:
            """The place of the light; without one it is known only where words say so."""
            place = _SEVERITY.get(light(row) or "", 0)
            return None if not place and column.text(row).strip() in UNKNOWN else place

        return severity
    if column.number or column.largest:
        return lambda row: number_in(column.text(row))

    def words(row: Any) -> Any:
        """The place of the text among texts."""
        text = column.text(row).strip()
        return None if text in UNKNOWN else collator.sortKey(text)

    return words


@dataclass(slots=True)
class RowOrder:
    """The order by one column (number, descending) and the texts kept of some columns; empty: as the page gave the rows."""

    by: tuple[int, bool] | None = None
    kept: dict[int, frozenset[str]] = field(default_factory=dict)
    #: rows that stay where they are, before or after the others: sums
    pinned: Callable[[Any], bool] | None = None

    def __bool__(self) -> bool:
        return self.by is not None or bool(self.kept)

    def places(self, rows: Sequence[Any], columns: Sequence[Column[Any]]) -> list[int]:
        """The numbers of the rows shown, in order."""
        pinned = self.pinned
        stay = {n for n, row in enumerate(rows) if pinned(row)} if pinned is not None else set()
        free = [n for n in range(len(rows)) if n not in stay and self._passes(rows[n], columns)]
        if self.by is not None:
            free = self._sorted(rows, free, columns[self.by[0]], descending=self.by[1])
        head = next((n for n in range(len(rows)) if n not in stay), len(rows))
        return [*range(head), *free, *(n for n in sorted(stay) if n >= head)]

    def _sorted(
        self, rows: Sequence[Any], places: list[int], column: Column[Any], *, descending: bool
    ) -> list[int]:
        value = sort_value(column, _collator())
        pairs = [(value(rows[n]), n) for n in places]
        known = [pair for pair in pairs if pair[0] is not None]
        # stable in both directions: equal rows keep the order of the page
        known.sort(key=lambda pair: pair[0], reverse=descending)
        return [n for _value, n in known] + [n for one, n in pairs if one is None]

    def _passes(self, row: Any, columns: Sequence[Column[Any]], *, but: int = -1) -> bool:
        return all(columns[at].text(row) in texts for at, texts in self.kept.items() if at != but)

    def values(
        self, rows: Sequence[Any], columns: Sequence[Column[Any]], number: int
    ) -> list[tuple[str, int]]:
        """The texts of a column with how many rows have each, in the order of their values, what is unknown last; of the rows
        that the other columns' filters leave."""
        column, value = columns[number], sort_value(columns[number], _collator())
        pinned = self.pinned
        left = [
            row
            for row in rows
            if self._passes(row, columns, but=number) and not (pinned is not None and pinned(row))
        ]
        counts = Counter(column.text(row) for row in left)
        first: dict[str, Any] = {}
        for row in left:
            first.setdefault(column.text(row), value(row))
        known = sorted((t for t in counts if first[t] is not None and t.strip() not in UNKNOWN), key=first.__getitem__,
                       reverse=column.largest_first)  # fmt: skip
        rest = [text for text in counts if text not in set(known)]
        return [(text, counts[text]) for text in (*known, *rest)]
