"""The values of win-back: what is written of it, what follows from the book, what is asked for by whoever writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Strategy = Literal["gap", "rival", "need"]
WinBackState = Literal["open", "won", "given_up"]
STRATEGIES: tuple[Strategy, ...] = ("gap", "rival", "need")
#: what a comparison is made of, in this order
SIDES = ("rate", "liquidity", "safety", "service")
#: rigid needs that may be the entry (domain 4.9)
ENTRIES = ("loan", "school", "medical", "house", "passport", "payroll")


@dataclass(frozen=True, slots=True)
class GapFact:
    """Something we failed at, as the book tells it: `code` of the kind, its day (ISO), the sentence. `key` stands for it on the
    command line and in the form."""

    code: str
    date: str
    words: str

    @property
    def key(self) -> str:
        """Kind and day: 'complaint:2026-10-08'."""
        return f"{self.code}:{self.date}"

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {"key": self.key, "date": self.date, "fact": self.words}


@dataclass(frozen=True, slots=True)
class RivalFact:
    """A fact of the rival: `side` of the comparison, what is so there, where it is written, and on which day (ISO) it was looked
    at."""

    side: str
    words: str
    source: str
    date: str

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {"side": self.side, "fact": self.words, "source": self.source, "date": self.date}


@dataclass(frozen=True, slots=True)
class NewWinBack:
    """What is written of a win-back, as typed. `strategy` '' for that of the confirmed cause; `why` another one was chosen;
    `rival_rate` in percent a year, `rival_amount` in yuan, `rival_due`, `rival_from` days (ISO); `entry`: code of `ENTRIES`;
    `gaps`: keys of proposed facts that are so."""

    strategy: str = ""
    why: str = ""
    rival: str = ""
    rival_product: str = ""
    rival_rate: str = ""
    rival_amount: str = ""
    rival_due: str = ""
    rival_from: str = ""
    entry: str = ""
    need: str = ""
    gaps: tuple[str, ...] = ()
    facts: tuple[RivalFact, ...] = ()


@dataclass(frozen=True, slots=True)
class WonBack:
    """What came back: `fen` None where it cannot be told, 0 where nothing did; both dates; `words` say which."""

    fen: int | None
    base: int | None
    base_as_of: str | None
    now: int | None
    as_of: str | None
    words: str

    def as_json(self) -> dict[str, Any]:
        """For programs, in yuan."""
        return {
            "won": exact(self.fen), "base": exact(self.base), "base_as_of": self.base_as_of, "now": exact(self.now),
            "as_of": self.as_of, "words": self.words,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class RivalMoney:
    """What is known of the money there. `cost` of moving it before it matures (fen) and the sentence how it is reckoned, None
    where it cannot be; `part`: what he may be asked to bring back (fen), never all of it."""

    rival: str = ""
    product: str = ""
    rate: float | None = None
    amount: int | None = None
    due: str | None = None
    since: str | None = None
    cost: int | None = None
    cost_words: str = ""
    part: int | None = None
    part_words: str = ""

    def as_json(self) -> dict[str, Any]:
        """For programs: money in yuan, the rate as a share a year."""
        return {
            "rival": self.rival, "product": self.product, "rate": self.rate, "amount": exact(self.amount),
            "due": self.due, "since": self.since, "switch_cost": exact(self.cost), "switch_cost_words": self.cost_words,
            "part": exact(self.part), "part_words": self.part_words,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class WinBack:
    """The file of one customer to be won back; days are ISO."""

    id: int
    customer_id: int
    customer_no: str
    name: str
    opened: str
    cause: str
    cause_words: str
    strategy: str
    strategy_words: str
    do: str
    why: str
    state: str
    state_words: str
    ended: str | None
    ended_why: str
    money: RivalMoney
    facts: tuple[RivalFact, ...]
    entry: str
    entry_words: str
    need: str
    gaps: tuple[GapFact, ...]
    apology: str
    apologised: str
    recovery: str
    watch: str
    won: WonBack
    #: the next thing to do, in one sentence
    next: str = ""

    def as_json(self) -> dict[str, Any]:
        """For programs; what a person wrote is masked by the register."""
        return {
            "id": self.id, "customer_no": self.customer_no, "name": self.name, "opened": self.opened, "cause": self.cause or None,
            "strategy": self.strategy, "strategy_name": self.strategy_words, "do": self.do, "why": self.why,
            "state": self.state, "ended": self.ended, "rival_money": self.money.as_json(),
            "rival_facts": [one.as_json() for one in self.facts], "entry": self.entry or None, "need": self.need,
            "service_gaps": [one.as_json() for one in self.gaps], "apology": self.apology, "apologised": self.apologised or None,
            "recovery": self.recovery, "watch_until": self.watch or None, "won_back": self.won.as_json(),
            "next": self.next,
        }  # fmt: skip


def as_typed(one: WinBack) -> NewWinBack:
    """A file as it was typed, so that some of it can be typed anew."""
    money = one.money
    return NewWinBack(
        one.strategy,
        one.why,
        money.rival,
        money.product,
        "" if money.rate is None else f"{money.rate * 100:g}",
        "" if money.amount is None else f"{money.amount / 100:.2f}".removesuffix(".00"),
        money.due or "",
        money.since or "",
        one.entry,
        one.need,
        tuple(gap.key for gap in one.gaps),
        one.facts,
    )


@dataclass(frozen=True, slots=True)
class WinBackView:
    """One customer before and during a win-back: the confirmed cause ('' where none is), the strategy it asks for, what we
    failed at as the book tells it (`gaps`, `untold` what cannot be told), why none is offered now ('' where one is), his open
    file, those that ended."""

    customer_no: str
    name: str
    cause: str
    cause_words: str
    strategy: str
    strategy_words: str
    gaps: tuple[GapFact, ...]
    untold: str
    refused: str
    case: WinBack | None
    earlier: tuple[WinBack, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "customer_no": self.customer_no, "name": self.name, "cause": self.cause or None,
            "strategy": self.strategy, "strategy_name": self.strategy_words,
            "service_gaps": [one.as_json() for one in self.gaps], "cannot_tell": self.untold or None,
            "refused": self.refused or None,
            "win_backs": [one.as_json() for one in (*((self.case,) if self.case else ()), *self.earlier)],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class WinBackBoard:
    """All files: the open ones by the day that their money is free at the rival, those that ended; by the list of `as_of`.
    `won`: what came back with those that are told (fen), `counted` of how many, `untold` of how many it cannot be told."""

    as_of: str | None
    open: tuple[WinBack, ...] = ()
    ended: tuple[WinBack, ...] = ()
    won: int = 0
    counted: int = 0
    untold: int = 0
    notes: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "as_of": self.as_of, "win_backs": [one.as_json() for one in (*self.open, *self.ended)],
            "won_back": exact(self.won) if self.counted else None, "counted": self.counted,
            "cannot_tell": self.untold,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """A line of the comparison: the rival's facts of a side with source and date, ours with theirs; '' where none is known."""

    side: str
    name: str
    theirs: str
    ours: str


@dataclass(frozen=True, slots=True)
class OurOffer:
    """A product of ours that suits him, with its figures from head office's list of a day."""

    name: str
    regime: str
    figures: str
    as_of: str | None


@dataclass(frozen=True, slots=True)
class RivalComparison:
    """The comparison of a win-back. `refused`: why none is made now, '' where it is; `missing`: what would have to be entered;
    `ours`: products that suit him; `none_ours`: why there are none."""

    case: WinBack
    sides: tuple[ComparedSide, ...] = ()
    ours: tuple[OurOffer, ...] = ()
    none_ours: str = ""
    refused: str = ""
    missing: tuple[str, ...] = ()
    as_of: str | None = None
    notes: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "sides": [{"side": one.side, "theirs": one.theirs, "ours": one.ours} for one in self.sides],
            "ours": [
                {"name": one.name, "figures": one.figures, "as_of": one.as_of} for one in self.ours
            ],
            "no_products": self.none_ours or None, "refused": self.refused or None, "missing": list(self.missing),
        }  # fmt: skip


def exact(fen: int | None) -> float | None:
    """Fen as yuan for programs; None where it is not known."""
    return None if fen is None else fen / 100
