"""What the cells of a column look like: samples for a person, evidence for or against a field."""

import re
from collections.abc import Callable, Sequence
from itertools import islice

from workbench.intake.cells.values import shown
from workbench.intake.columns.looks import ID_CARD, MOBILE, NUMBER, Looks
from workbench.intake.reading.reader import RawSheet
from workbench.rules.parameters import Rules

_DATE = re.compile(r"\d{4}\D?\d{1,2}(?:\D?\d{1,2}\D?.*)?|\d{5}|0")
_PHONE = re.compile(r"[\d*+\-/,;() ]{7,}")

#: Field kind -> pattern of most of its cells; kinds that may hold anything are left out.
_LIKE: dict[str, Callable[[str], object]] = {
    "money": NUMBER.fullmatch,
    "number": NUMBER.fullmatch,
    "count": NUMBER.fullmatch,
    "percent": NUMBER.fullmatch,
    "date": _DATE.fullmatch,
    "phone": _PHONE.fullmatch,
    "idcard": ID_CARD.fullmatch,
    "id": lambda text: any(map(str.isdigit, text)),
    "name": lambda text: not any(map(str.isdigit, text)),
}
#: forms of cells that are those of one field only
_TELLING: dict[str, str] = {"risk": "risk_level", "gender": "gender"}
#: Field kind -> most distinct values of such a column.
_FEW = {"flag": 6, "gender": 8, "level": 40}


class Shapes:
    """Looks at the first rows of a sheet below its header only."""

    def __init__(self, sheet: RawSheet | None, below: int, rules: Rules) -> None:
        self._sheet = sheet
        self._looks = Looks(rules)
        #: the number of the first column in Excel
        self.first_column = sheet.first_column if sheet is not None else 1
        self._rows = slice(below, below + rules.whole("intake.sample_rows"))
        self._null = frozenset(rules.words("intake.null_words"))
        self._share = rules.number("intake.shape_share")
        self._contradicts = rules.number("intake.shape_contradicts")
        self._least = rules.whole("intake.least_values")
        self._score = rules.number("intake.shape_score")
        self._digits = tuple(round(number) for number in rules.numbers("intake.customer_number_digits"))

    def samples(self, index: int) -> tuple[str, ...]:
        """Up to three different filled cells, as shown."""
        if self._sheet is None:
            return ()
        cells = self._sheet.columns[index][self._rows]
        texts = (text for text in dict.fromkeys(map(shown, cells)) if text and text not in self._null)
        return tuple(islice(texts, 3))

    def _texts(self, index: int) -> list[str]:
        if self._sheet is None:
            return []
        return self._looks.texts(self._sheet.columns[index][self._rows])

    def against(self, index: int, kind: str) -> bool:
        """Whether the cells contradict a field of this kind; False when there are too few to tell."""
        texts = self._texts(index)
        if len(set(texts)) < self._least:
            return False
        if kind in _FEW:
            return len(set(texts)) > _FEW[kind]
        like = _LIKE.get(kind)
        return like is not None and sum(1 for text in texts if like(text)) < len(texts) * self._contradicts

    def misfit(self, index: int, kind: str, field: str) -> bool:
        """Whether most cells have a form that this field does not hold, whatever the heading says."""
        if self._sheet is None:
            return False
        return self._looks.misfit(self._sheet.columns[index][self._rows], kind, field)

    def fits(self, index: int, kind: str, field: str) -> bool:
        """Whether there are enough cells to tell, and they have a form that the field holds."""
        if self._sheet is None:
            return False
        cells = self._sheet.columns[index][self._rows]
        return bool(self._looks.form(cells)) and not self._looks.misfit(cells, kind, field)

    def proposal(self, index: int) -> tuple[str, float] | None:
        """(field, score 0..100) by the cells alone: id_no, phone, risk_level, gender, or customer_no for distinct
        numbers of one length. None: no proposal."""
        texts = self._texts(index)
        different = set(texts)
        if len(texts) < self._least:
            return None
        for field, like in (("id_no", ID_CARD.fullmatch), ("phone", MOBILE.fullmatch)):
            share = sum(1 for text in texts if like(text)) / len(texts)
            if share >= self._share:
                return field, round(share * self._score, 1)
        if (form := self._looks.form_of(texts)) in _TELLING:
            return _TELLING[form], round(self._share * self._score, 1)
        if len(different) < self._least:
            return None
        if len(different) == len(texts) and self._numbered(texts):
            return "customer_no", round(self._score * self._share, 1)
        return None

    def _numbered(self, texts: Sequence[str]) -> bool:
        shortest, longest = self._digits
        lengths = {len(text) for text in texts}
        return (
            len(lengths) == 1
            and shortest <= min(lengths) <= longest
            and all(text.isascii() and text.isdigit() for text in texts)
            and not all(text.startswith(("19", "20")) and _DATE.fullmatch(text) for text in texts)
        )
