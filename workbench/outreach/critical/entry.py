"""The queue of the critical classes as frozen values (七类临界客户, domain 4.8)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from workbench.base.day_words import short_day
from workbench.base.i18n import _, headed
from workbench.insight.measures.freshness import Freshness
from workbench.rules.sentences import Sentence


class CriticalReasonJson(TypedDict):
    """One class of a customer."""

    code: str
    name: str
    reason: str
    due: str | None
    amount: float
    amount_text: str
    action: str


class CriticalEntryJson(TypedDict):
    """A customer of the queue, his first class on top."""

    customer_no: str
    name: str
    tier: str | None
    aum: float | None
    due: str | None
    classes: list[CriticalReasonJson]
    do_not: list[str]


@dataclass(frozen=True, slots=True)
class CriticalReason:
    """One class that a customer is in: its `code` and `word`, the sentence with its numbers (`words`), the workday (ISO) by
    which it is to be done ('' while the data are too old for clocks), what is done, and the amount (fen) as text that names
    it."""

    code: str
    word: str
    words: str | Sentence
    clock: str
    action: str
    value_fen: int
    amount: str

    @property
    def sentence(self) -> str:
        """Why, with the numbers."""
        return str(self.words)

    @property
    def aside(self) -> str:
        """The class as it stands behind another one, with its day."""
        if not self.clock:
            return headed(self.word, self.sentence)
        words = _("{word}({day} 前):{sentence}")
        return words.format(word=self.word, day=short_day(self.clock), sentence=self.sentence)

    def as_json(self) -> CriticalReasonJson:
        """The class for the command line, amounts in yuan."""
        return {
            "code": self.code, "name": self.word, "reason": self.sentence, "due": self.clock or None,
            "amount": self.value_fen / 100, "amount_text": self.amount, "action": self.action,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class CriticalEntry:
    """A customer of the queue: his classes, the one that is dealt with first on top; `tier_word`: the name of his level;
    `dont`: what must not be said or sold."""

    customer_id: int
    customer_no: str
    name: str
    tier: str | None
    tier_word: str
    aum_fen: int | None
    reasons: tuple[CriticalReason, ...]
    dont: tuple[str, ...] = ()

    @property
    def first(self) -> CriticalReason:
        """The class that is dealt with first."""
        return self.reasons[0]

    @property
    def clock(self) -> str:
        """The workday (ISO) by which it is to be done; '' while the data are too old for clocks."""
        return self.first.clock

    def as_json(self) -> CriticalEntryJson:
        """The customer for the command line."""
        return {
            "customer_no": self.customer_no, "name": self.name, "tier": self.tier,
            "aum": None if self.aum_fen is None else self.aum_fen / 100, "due": self.clock or None,
            "classes": [reason.as_json() for reason in self.reasons], "do_not": list(self.dont),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class CriticalQueue:
    """The queue of a week: one entry a customer, the earliest clock first.

    `words`: code of a class -> its name; `counts`: code -> customers in it; `paper`: the entries that the printed list has
    room for; `blind`: what cannot be told, and by which column it could; `notes`: who was left out and why; `unseen`: the
    classes that could not be looked at, which is not the same as nobody in them; `none`: code of a class with customers none
    of whom is listed -> how many there are and why.
    """

    week: str
    as_of: str | None
    fresh: Freshness
    entries: tuple[CriticalEntry, ...]
    words: Mapping[str, str]
    counts: Mapping[str, int]
    paper: tuple[CriticalEntry, ...] = ()
    blind: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unseen: frozenset[str] = frozenset()
    #: the parts of `blind`, what cannot be told of anybody first
    untold: tuple[str, ...] = ()
    manager: str = ""
    branch: str = ""
    none: Mapping[str, str] = field(default_factory=dict)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is known of the list as a whole: classes with nobody on it although there are some, and who was left out."""
        return (*(_("{words}。").format(words=words) for words in self.none.values()), *self.notes)

    def of_class(self, code: str) -> tuple[CriticalEntry, ...]:
        """The entries in a class, whichever of their classes comes first."""
        return tuple(one for one in self.entries if any(reason.code == code for reason in one.reasons))

    def count_word(self, code: str) -> str:
        """The customers in a class; '—' where nobody could be looked at, or none of those who are in it is listed."""
        return "—" if code in self.unseen or code in self.none else f"{self.counts[code]:,}"

    def as_json(self) -> dict[str, object]:
        """The queue for the command line; a class that could not be looked at has no number of customers."""
        return {
            "week": self.week, "as_of": self.as_of, "freshness": self.fresh.as_json(),
            "classes": [
                {
                    "code": code, "name": self.words[code], "none_listed": self.none.get(code, ""),
                    "customers": None if self.count_word(code) == "—" else self.counts[code],
                }
                for code in self.words
            ],
            "customers": [entry.as_json() for entry in self.entries],
            "cannot_tell": list(self.blind), "notes": list(self.remarks),
        }  # fmt: skip
