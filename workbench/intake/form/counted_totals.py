"""Totals whose key cell holds a number: the count of customers where a customer's number would stand.

合计 | 14183 | (no name) | 5.1e9 must not become the largest customer, nor may a person called 何小计 be lost. A row with a
label in one of its text columns is a total when nothing in it speaks of a person and its number is none that a customer
of this list could have: of another length than theirs, or exactly the count of the rows it stands for.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from workbench.intake.catalogue.fields import AS_OF, catalogue
from workbench.intake.cells.values import shown
from workbench.intake.form.row_roles import Role, RowWords, plain
from workbench.intake.reading.reader import Cell, RawSheet
from workbench.rules.parameters import Rules

#: A label may be as much longer than its word: 中国某某银行股份有限公司城东支行合计.
_LONGER = 24
#: Kinds of fields that only a person's row fills.
_PERSONAL = frozenset({"phone", "idcard", "gender", "date", "level"})
_FIGURES = frozenset({"money", "count", "number", "percent"})
_PHONE_OR_ID = re.compile(r"1\d{10}|1\d{2}\*{4}\d{4}|\d{6}[\d*]{8}\d{3}[\dX]|\d{15}")
_NOTHING = frozenset({"", "-", "--", "—", "——", "/", "0", "无", "N/A", "#N/A"})
_WORDY = re.compile(r"[^\W\d_]")


def counted_totals(
    sheet: RawSheet, first: int, key: int, names: Sequence[str], named: Collection[int], rules: Rules
) -> dict[int, Role]:
    """Index and role of each such total from row `first` on; `names` are the headings, `named` rows told already."""
    search = _LabelSearch.at(sheet, key, names, RowWords.of(rules))
    labelled = [index for index in search.rows(sheet, first) if index not in named]
    if not labelled:
        return {}
    texts = [cell.strip() if cell.__class__ is str else shown(cell) for cell in sheet.columns[key][first:]]
    rows = range(first, sheet.height)
    labels = {
        index: label for index in labelled
        if texts[index - first].isdecimal() and (label := search.label(sheet.row(index))) is not None
    }  # fmt: skip
    if not labels:
        return {}
    usual = _usual(texts, rules)
    data = [index for index in rows if index not in named and index not in labels]
    roles: dict[int, Role] = {}
    for index, label in labels.items():
        text = texts[index - first]
        exact = int(text) in _counts(index, data, sorted(labels), texts, first)
        if exact if label.like_a_name else exact or (usual is not None and len(text) != usual):
            roles[index] = label.role
    return roles


def _usual(texts: Sequence[str], rules: Rules) -> int | None:
    """How long most numbers of the list are; None when no length is that of most."""
    lengths = Counter(map(len, filter(None, texts)))
    if not lengths:
        return None
    (length, often), *_rest = lengths.most_common(1)
    return length if often > lengths.total() * rules.number("intake.usual_length_share") else None


def _counts(
    index: int, data: Sequence[int], totals: Sequence[int], texts: Sequence[str], first: int
) -> set[int]:
    """What a count in this row may stand for: all rows or numbers, those above, those of the group on either side."""
    above = max((other for other in totals if other < index), default=first - 1)
    below = min((other for other in totals if other > index), default=first + len(texts))
    return {
        len(data), len({texts[row - first] for row in data}), sum(row < index for row in data),
        sum(above < row < index for row in data), sum(index < row < below for row in data),
    } - {0}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Label:
    """`like_a_name`: one sign and the word, where names stand: 何小计 as well as 总合计."""

    role: Role
    like_a_name: bool


@dataclass(frozen=True, slots=True)
class _LabelSearch:
    """Which columns of the sheet name a person or tell something of one."""

    key: int
    words: RowWords
    called: frozenset[int]
    personal: frozenset[int]
    #: the key and the columns of figures, where no label stands
    figures: frozenset[int]
    quick: re.Pattern[str]

    @classmethod
    def at(cls, sheet: RawSheet, key: int, names: Sequence[str], words: RowWords) -> "_LabelSearch":
        called: set[int] = set()
        personal: set[int] = set()
        figures = {key}
        for number, name in enumerate(names[: len(sheet.columns)]):
            match = catalogue().find(name) if name and number != key else None
            if match is None or match[0].key == AS_OF:
                continue
            if match[0].key == "name":
                called.add(number)
            elif match[0].kind in _PERSONAL:
                personal.add(number)
            elif match[0].kind in _FIGURES:
                figures.add(number)
        spaced = (r"\s*".join(map(re.escape, word)) for word in words.all_totals())
        return cls(
            key,
            words,
            frozenset(called),
            frozenset(personal),
            frozenset(figures),
            re.compile("|".join(spaced), re.IGNORECASE),
        )

    def rows(self, sheet: RawSheet, first: int) -> list[int]:
        """Rows in which some text holds a total's word; each column is searched in one look."""
        indices: set[int] = set()
        for number, column in enumerate(sheet.columns):
            cells = column[first:]
            if number in self.figures or str not in set(map(type, cells)):
                continue
            texts = {cell for cell in set(cells) if cell.__class__ is str}
            joined = "".join("\n".join(texts).upper().replace("\u3000", " ").split(" "))
            if not any(word in joined for word in self.words.all_totals()):
                continue
            hits = {text for text in texts if self.quick.search(text)}
            indices.update(index for index, cell in enumerate(cells, first) if cell in hits)
        return sorted(indices)

    def label(self, cells: Sequence[Cell]) -> _Label | None:
        """What the row calls itself; None when it is no total or speaks of a person."""
        label: _Label | None = None
        for number, cell in enumerate(cells):
            if number == self.key:
                continue
            text = plain(shown(cell))
            role = self.words.total(text, loose=True, longer=_LONGER) if cell.__class__ is str else None
            if role is not None:
                if label is None or label.like_a_name:
                    label = _Label(role, number in self.called and self._like_a_name(text))
            elif self._of_a_person(number, cell, text):
                return None
        return label

    def _like_a_name(self, text: str) -> bool:
        return any(len(text) == len(word) + 1 and text.endswith(word) for word in self.words.all_totals())

    def _of_a_person(self, number: int, cell: Cell, text: str) -> bool:
        if text in _NOTHING:
            return False
        if number in self.called:
            return _WORDY.search(text) is not None
        return number in self.personal or (cell.__class__ is str and _PHONE_OR_ID.fullmatch(text) is not None)
