"""Classes of transactions by their texts: reversal, active, third party, other bank, kind of counterparty."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.intake.cells.code_words import word_lists
from workbench.intake.cells.parsed import Read
from workbench.intake.cells.shown import plain
from workbench.rules.parameters import Rules

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

SAME_NAME = "same_name"
_FLAG = "txn_interbank"
_SPOKEN = ("counterparty", "txn_summary", "txn_channel")


class Texts:
    """The classes of all rows, by one look at each distinct text.

    Three-valued arrays hold 1 yes, 0 no, -1 cannot tell; None where the sheet has no column to tell by.
    """

    def __init__(self, columns: Mapping[str, Sequence[Read]], count: int, rules: Rules) -> None:
        self._count = count
        self._rules = rules
        self._columns = {
            key: _Column(columns[key])
            for key in (*_SPOKEN, "counterparty_bank", _FLAG)
            if key in columns
        }  # fmt: skip
        self._names = columns.get("counterparty")
        self.reversal = self._says(("txn_summary",), "reversal_words")
        self.third_party = self._says(_SPOKEN, "third_party_words") if self._has(*_SPOKEN) else None
        self.active = self._active()
        self.tells_bank = self._has("counterparty_bank", _FLAG)
        self.interbank = self._interbank()
        self.class_names = (*word_lists(rules, "counterparty"), SAME_NAME)
        self.classes = self._classes()

    def same_name(self, holder: Sequence[str | None]) -> Ints | None:
        """Whether the counterparty is the account holder, three-valued; a masked or unknown holder cannot tell."""
        if self._names is None:
            return None
        codes, uniques = pd.factorize(np.array([*self._names, *holder], dtype=object))
        other, own = codes[: self._count], codes[self._count :]
        names = [plain(name) for name in uniques.tolist()]
        _same, by_text = np.unique(np.array([*names, ""], dtype=object), return_inverse=True)
        verdict = np.where(by_text[other] == by_text[own], 1, 0).astype(np.int64)
        verdict[own < 0] = -1
        masked = np.array(["*" in name for name in names] + [False])
        unsure = np.flatnonzero((masked[other] | masked[own]) & (other >= 0) & (own >= 0))
        pairs, where = np.unique(other[unsure] * len(names) + own[unsure], return_inverse=True)
        fits = [_may_be(names[pair // len(names)], names[pair % len(names)]) for pair in pairs.tolist()]
        verdict[unsure] = np.where(np.array(fits, dtype=bool), -1, 0)[where] if fits else 0
        verdict[self._says(("counterparty", "txn_summary"), "same_name_words")] = 1
        verdict[(other < 0) & (verdict != 1)] = 0
        return verdict

    def _has(self, *keys: str) -> bool:
        return any(key in self._columns for key in keys)

    def _says(self, keys: Sequence[str], words: str) -> Flags:
        return self._holds(keys, self._rules.words(f"intake.{words}"))

    def _holds(self, keys: Sequence[str], words: Sequence[str]) -> Flags:
        hits = np.zeros(self._count, dtype=bool)
        for key in keys:
            if key in self._columns:
                hits |= self._columns[key].holds(words)
        return hits

    def _active(self) -> Ints | None:
        """Whether the customer acted himself (no interest, fee or wage), three-valued; a blank summary cannot tell."""
        if "txn_summary" not in self._columns:
            return None
        passive = self._says(("txn_summary",), "passive_words")
        return np.where(passive, 0, np.where(self._columns["txn_summary"].filled, 1, -1)).astype(np.int64)

    def _interbank(self) -> Ints:
        """Whether the counterparty banks elsewhere, three-valued: by the flag, the bank's name, then the words of
        summary and channel. A blank bank name means our own bank."""
        verdict = np.full(self._count, 0 if self._has("counterparty_bank") else -1, dtype=np.int64)
        if bank := self._columns.get("counterparty_bank"):
            ours = self._rules.words("intake.own_bank_names")
            verdict[bank.filled] = 1 if ours else -1
            if ours:
                verdict[bank.holds(ours)] = 0
        if flag := self._columns.get(_FLAG):
            verdict[flag.filled] = -1
            verdict[flag.equals(self._rules.words("intake.yes_words"))] = 1
            verdict[flag.equals(self._rules.words("intake.no_words"))] = 0
        spoken = ("counterparty_bank", "txn_summary", "txn_channel", _FLAG)
        verdict[self._says(spoken, "same_bank_words")] = 0
        verdict[self._says(spoken, "interbank_words")] = 1
        if self.third_party is not None:
            verdict[self.third_party] = 0
        return verdict

    def _classes(self) -> Ints | None:
        """The kind of counterparty: 1, 2, ... by `class_names`, 0 for none; its name goes before the summary."""
        if not self._has("counterparty", "txn_summary"):
            return None
        lists = word_lists(self._rules, "counterparty")
        classes = np.zeros(self._count, dtype=np.int64)
        for key in ("counterparty", "txn_summary"):
            if key in self._columns:
                by_key = self._columns[key].classed(tuple(lists.values()))
                classes = np.where(classes == 0, by_key, classes)
        return classes


class _Column:
    """A text column, factorised: each distinct text is searched once."""

    def __init__(self, values: Sequence[Read]) -> None:
        codes, uniques = pd.factorize(np.array(values, dtype=object))
        self._codes = codes
        self._texts = [plain(text) for text in uniques.tolist()]
        self.filled: Flags = codes >= 0

    def _spread(self, per_text: Sequence[int]) -> Ints:
        return np.array([*per_text, 0], dtype=np.int64)[self._codes]

    def _where(self, per_text: Sequence[bool]) -> Flags:
        return np.array([*per_text, False], dtype=bool)[self._codes]

    def holds(self, words: Sequence[str]) -> Flags:
        """Rows whose text contains one of the words; none when there are no words."""
        if not words:
            return np.zeros(len(self._codes), dtype=bool)
        search = re.compile("|".join(re.escape(plain(word)) for word in words)).search
        return self._where([search(text) is not None for text in self._texts])

    def equals(self, words: Sequence[str]) -> Flags:
        """Rows whose whole text is one of the words, in plain form."""
        wanted = {plain(word) for word in words}
        return self._where([text in wanted for text in self._texts])

    def classed(self, lists: Sequence[Sequence[str]]) -> Ints:
        """The number (from 1) of the first list with a word in the text; 0 for none."""
        parts = ("|".join(re.escape(plain(word)) for word in words) for words in lists)
        search = re.compile("|".join(f"({part})" for part in parts)).search
        matches = (search(text) for text in self._texts)
        return self._spread([match.lastindex or 0 if match else 0 for match in matches])


def _may_be(one: str, other: str) -> bool:
    """Whether two names, of which one at least is masked, can be the same: 张* and 张三."""
    if len(one) == len(other):
        return all(a == b or "*" in (a, b) for a, b in zip(one, other, strict=True))
    head, tail = (one, other) if "*" in one else (other, one)
    return tail.startswith(head.partition("*")[0])
