"""Totals whose key cell holds a number: the count of customers where a customer's number would stand.

合计 | 14183 | (no name) | 5.1e9 must not become the largest customer, and a person called 何小计 must not be lost. A row with
a total's label in a text column is a total when it tells nothing of a person and its number cannot be a customer's: its
length differs from theirs, or it equals the count of the rows that it sums up.
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

#: How many characters a label may have beside its word: 中国某某银行股份有限公司城东支行合计.
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
    """Such totals from row `first` on: row index -> role.

    `names` are the headings, `key` the index of the key column, `named` the rows that already have a role.
    """
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
    usual = usual_length(texts, rules)
    shortest = _shortest(texts, labelled, first, rules) if usual is None else 0
    data = [index for index in rows if index not in named and index not in labels]
    roles: dict[int, Role] = {}
    for index, label in labels.items():
        text = texts[index - first]
        exact = int(text) in _counts(index, data, sorted(labels), texts, first)
        far = len(text) != usual if usual is not None else len(text) <= shortest
        if exact if label.like_a_name else exact or far:
            roles[index] = label.role
    return roles


def _shortest(texts: Sequence[str], labelled: Collection[int], first: int, rules: Rules) -> int:
    """Up to how many digits a number is far from all numbers of the list, whose lengths differ."""
    others = [len(text) for index, text in enumerate(texts, first) if text and index not in labelled]
    return min(others, default=0) - rules.whole("intake.far_digits")


def usual_length(texts: Sequence[str], rules: Rules) -> int | None:
    """The length of most numbers of the list; None when no length is that of most."""
    lengths = Counter(map(len, filter(None, texts)))
    if not lengths:
        return None
    (length, often), *_rest = lengths.most_common(1)
    return length if often > lengths.total() * rules.number("intake.usual_length_share") else None


def _counts(
    index: int, data: Sequence[int], totals: Sequence[int], texts: Sequence[str], first: int
) -> set[int]:
    """What a count in this row may sum up: all rows, all distinct numbers, the rows above, the group above or below."""
    above = max((other for other in totals if other < index), default=first - 1)
    below = min((other for other in totals if other > index), default=first + len(texts))
    return {
        len(data), len({texts[row - first] for row in data}), sum(row < index for row in data),
        sum(above < row < index for row in data), sum(index < row < below for row in data),
    } - {0}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Label:
    """`like_a_name`: one character and the word, in a column of names: 何小计 as well as 总合计."""

    role: Role
    like_a_name: bool


@dataclass(frozen=True, slots=True)
class _LabelSearch:
    """Searches rows for labels of totals, knowing which columns hold names and other facts about a person."""

    key: int
    words: RowWords
    called: frozenset[int]
    personal: frozenset[int]
    #: the key and the columns of figures, where no label stands
    figures: frozenset[int]
    quick: re.Pattern[str]

    @classmethod
    def at(cls, sheet: RawSheet, key: int, names: Sequence[str], words: RowWords) -> "_LabelSearch":
        """The search on one sheet; `names` are its headings, `key` is the index of the key column."""
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
        spaced = (r"\s*".join(map(re.escape, word)) for word in (*words.all_totals(), *words.whole))
        return cls(
            key,
            words,
            frozenset(called),
            frozenset(personal),
            frozenset(figures),
            re.compile("|".join(spaced), re.IGNORECASE),
        )

    def rows(self, sheet: RawSheet, first: int) -> list[int]:
        """Indices of rows from `first` on with a word for totals in some text; each column is searched once."""
        indices: set[int] = set()
        for number, column in enumerate(sheet.columns):
            cells = column[first:]
            if number in self.figures or str not in set(map(type, cells)):
                continue
            texts = {cell for cell in set(cells) if cell.__class__ is str}
            joined = "".join("\n".join(texts).upper().replace("\u3000", " ").split(" "))
            if not any(word in joined for word in (*self.words.all_totals(), *self.words.whole)):
                continue
            hits = {text for text in texts if self.quick.search(text) and not self._usual_text(text, cells)}
            indices.update(index for index, cell in enumerate(cells, first) if cell in hits)
        return sorted(indices)

    def _usual_text(self, text: str, cells: Sequence[Cell]) -> bool:
        """Whether the whole list is of the bank named so (本行), which then labels nothing."""
        return plain(text) in self.words.whole and cells.count(text) * 2 > len(cells)

    def label(self, cells: Sequence[Cell]) -> _Label | None:
        """The label of a total row; None when it is no total or tells something of a person."""
        label: _Label | None = None
        for number, cell in enumerate(cells):
            if number == self.key:
                continue
            text = plain(shown(cell))
            role: Role | None = None
            if cell.__class__ is str:
                whole: Role | None = "total" if text in self.words.whole else None
                role = whole or self.words.total(text, loose=True, longer=_LONGER)
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
