"""How a sheet writes amounts: words for blank, currency, credit and debit, and the dash that stands for zero."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from workbench.intake.cells.shown import plain
from workbench.rules.parameters import Rules

#: which sides of the ledger tell a sign in a column: both (a debit is negative), a credit alone, or neither
Sides = Literal["both", "credit", "neither"]
#: a currency sign before or behind a bracketed amount, or an amount in brackets: the writing of bookkeepers
_BRACKETED = r"-?(?:{money})?\([^()]*\d[^()]*\)(?:{money})?"


@dataclass(frozen=True)
class Notation:
    """The words in plain form, as the rules have them."""

    null: frozenset[str]
    #: words for the own currency, which say nothing else
    money: frozenset[str] = frozenset()
    #: signs of it that a cell format writes
    signs: frozenset[str] = frozenset()
    credit: frozenset[str] = frozenset()
    debit: frozenset[str] = frozenset()
    dashes: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, rules: Rules) -> "Notation":
        """The notation by the rules in force."""

        def words(name: str) -> frozenset[str]:
            return frozenset(plain(word) for word in rules.words(f"intake.{name}"))

        return cls(
            words("null_words") | {""}, words("currency_words") | words("currency_signs"), words("currency_signs"),
            words("credit_words"), words("debit_words"), words("dash_words"),
        )  # fmt: skip

    @cached_property
    def number(self) -> re.Pattern[str]:
        """A number as people write it, in plain form."""
        money, side = _any(self.money), _any(self.credit | self.debit)
        return re.compile(
            rf"(?:(?P<side>{side}):?)?(?P<sign>[-+])?(?:{money})?(?P<sign2>[-+])?(?P<open>\()?(?P<sign3>[-+])?"
            rf"(?:{money})?(?P<sign4>[-+])?"
            r"(?P<digits>\d{1,4}(?:,\d{3,4})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+)(?P<power>E[-+]?\d+)?"
            r"(?P<minus>-)?(?P<suffix>亿元|百万元|万元|千元|元|亿|万|千|%)?(?P<minus2>-)?(?P<close>\))?"
            rf"(?:{money})?(?P<side2>{side})?"
        )

    @cached_property
    def _zero(self) -> re.Pattern[str]:
        """A dash behind a sign or word of the currency: what a bookkeeping format writes for zero."""
        return re.compile(rf"(?:{_any(self.money)})(?:{_any(self.dashes)})")

    @cached_property
    def _style(self) -> re.Pattern[str]:
        return re.compile(
            _BRACKETED.format(money=_any(self.money)) + rf"|(?:{_any(self.signs)}).*", re.DOTALL
        )

    def zeros(self, texts: Iterable[str]) -> frozenset[str]:
        """Those of a column's texts (in plain form) that stand for zero: a dash with a sign of the currency, and, where
        the column is written as bookkeepers do (a sign before amounts, owed amounts in brackets), a bare one."""
        texts = set(texts)
        dashed = frozenset(text for text in texts if text in self.dashes or self._zero.fullmatch(text))
        if not dashed:
            return dashed
        if any(self._style.fullmatch(text) for text in texts):
            return dashed
        return dashed - self.dashes


def _any(words: Iterable[str]) -> str:
    """One of the words, the longest first; a pattern that nothing fits for none."""
    listed = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, listed)) or r"(?!)"
