"""The form that most cells of a column have, and which kinds of fields may hold it: values decide with the heading."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal

from workbench.intake.cells.values import shown
from workbench.intake.reading.frames import Cell
from workbench.rules.parameters import Rules

#: the form of a column; '' where no form is that of most cells
Form = Literal["", "idcard", "phone", "date", "flag", "risk", "gender", "number", "words"]

ID_CARD = re.compile(r"[1-9][\d*]{5}(?:19|20|\*\*)[\d*]{9}[\dXx*]|[1-9]\d{14}")
MOBILE = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d[- ]?[\d*]{4}[- ]?[\d*]{4}")
_LANDLINE = re.compile(r"\(?0\d{2,3}[-) ]{1,2}[\d*]{7,8}(?:[-转 ]+\d{1,5})?")
NUMBER = re.compile(r"[-+(¥￥]*[\d,.]+(?:E[-+]?\d+)?(?:%|元|万|亿|万元|亿元)?[-)]?", re.IGNORECASE)
_DAY = re.compile(
    r"(?:19|20|29|99)\d\d(?:[-/.年](?:0?[1-9]|1[0-2])[-/.月](?:0?[1-9]|[12]\d|3[01])日?(?:[ T].*)?"
    r"|[-/.年](?:0?[1-9]|1[0-2])月?|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
    r"|(?:0?[1-9]|1[0-2])月(?:0?[1-9]|[12]\d|3[01])日"
)
#: a long number that a program wrote as a decimal: 13812345671.0
_WHOLE = re.compile(r"^(\d{7,})\.0+$")
#: below this a number has no form but that of a number
_SMALL = 10_000_000
#: forms that a field of this kind holds; kinds that are left out hold anything
_HOLDS: dict[str, frozenset[Form]] = {
    "money": frozenset({"number"}),
    "number": frozenset({"number"}),
    "count": frozenset({"number"}),
    "percent": frozenset({"number"}),
    "date": frozenset({"date", "number"}),
    "phone": frozenset({"phone", "number"}),
    "idcard": frozenset({"idcard", "number"}),
    "flag": frozenset({"flag", "number", "words"}),
    "gender": frozenset({"gender", "flag", "number", "words"}),
    "level": frozenset({"risk", "number", "words"}),
    "name": frozenset({"words", "gender"}),
    "text": frozenset({"date", "flag", "risk", "gender", "number", "words"}),
}
#: fields whose levels are those of risk
_RISKS = frozenset({"risk_level", "product_risk"})
_FEW: dict[str, int] = {"flag": 6, "gender": 8, "level": 40}
#: what a number must look like to be a field of the kind: a serial day or a month, a landline, a rounded identity number
_NUMBERS: dict[str, re.Pattern[str]] = {
    "date": re.compile(r"\d{5}(?:\.\d+)?|(?:19|20)\d{4}(?:\d\d)?|0"),
    "phone": re.compile(r"[\d*+\-/,;() ]{7,}"),
    "idcard": re.compile(r"[\d*]{15}|[\d*]{17}[\dXx*]|\d\.\d+E\+?\d+", re.IGNORECASE),
}


class Looks:
    """Finds the form of cells by the words and shares of the rules in force."""

    def __init__(self, rules: Rules) -> None:
        self._null = frozenset((*rules.words("intake.null_words"), ""))
        self._share = rules.number("intake.shape_share")
        self._least = rules.whole("intake.least_values")
        self._never = frozenset(rules.words("intake.null_dates")) - {"0"}
        names = ("currency_words", "credit_words", "debit_words")
        before, *after = ("|".join(map(re.escape, rules.words(f"intake.{name}"))) for name in names)
        #: what stands around an amount: 人民币, CR
        self._amount = re.compile(
            rf"^(?:{before})\s*(?=[-+(]?\d)|(?<=\d)\s*(?:{before}|{'|'.join(after)})$", re.IGNORECASE
        )
        answers = {*rules.words("intake.yes_words"), *rules.words("intake.no_words")}
        self._flags = frozenset(word for word in answers if not word.isdigit())
        genders = {*rules.words("intake.male_words"), *rules.words("intake.female_words")}
        self._genders = frozenset(word for word in genders if len(word) > 1 or not word.isascii())
        self._risk = re.compile("|".join(rules.words("intake.risk_patterns")), re.IGNORECASE)

    def texts(self, cells: Iterable[Cell]) -> list[str]:
        """The cells that say something, half-width."""
        texts = (
            unicodedata.normalize("NFKC", shown(cell)).strip().removeprefix("'").strip() for cell in cells
        )
        return [_WHOLE.sub(r"\1", text) for text in texts if text not in self._null]

    def form(self, cells: Sequence[Cell]) -> Form:
        """The form of most cells that say something; '' when there are too few of them, or no form has most."""
        kinds = set(map(type, cells)) - {type(None)}
        if kinds and kinds <= {float, int}:
            numbers = [abs(cell) for cell in cells if isinstance(cell, float | int)]
            if len(numbers) >= self._least and max(numbers) < _SMALL:
                return "number"
        return self.form_of(self.texts(cells))

    def form_of(self, texts: Sequence[str]) -> Form:
        """The same of texts as `texts` gives them."""
        if len(texts) < self._least:
            return ""
        wanted = len(texts) * self._share
        counts: dict[Form, int] = {}
        for text in texts:
            form = self._form(text)
            counts[form] = counts.get(form, 0) + 1
        best = max(counts, key=lambda form: counts[form])
        return best if counts[best] >= wanted else ""

    def _form(self, text: str) -> Form:
        text = self._amount.sub("", text) or text
        if text[0].isdigit() or text[0] in "+-(¥.":
            if ID_CARD.fullmatch(text):
                return "idcard"
            if MOBILE.fullmatch(text) or _LANDLINE.fullmatch(text):
                return "phone"
            if _DAY.fullmatch(text) or text in self._never:
                return "date"
            return "number" if NUMBER.fullmatch(text) else ""
        upper = text.upper()
        if upper in self._flags:
            return "flag"
        if upper in self._genders:
            return "gender"
        if self._risk.search(upper):
            return "risk"
        return "" if any(map(str.isdigit, text)) else "words"

    def misfit(self, cells: Sequence[Cell], kind: str, field: str) -> bool:
        """Whether the cells have a form that a field of this kind does not hold; False when there are too few to
        tell."""
        if kind not in _HOLDS:
            return False
        form = self.form(cells)
        if not form:
            return False
        if form not in _HOLDS[kind]:
            return True
        if kind == "level" and (form == "risk") != (field in _RISKS) and form != "number":
            return True
        if kind in _FEW:
            return len(set(self.texts(cells))) > _FEW[kind]
        if form == "number" and kind in _NUMBERS:
            texts = self.texts(cells)
            return sum(1 for text in texts if _NUMBERS[kind].fullmatch(text)) * 2 < len(texts)
        return False
