"""The ladder (domain 8.3): stable money split by terms, with real days, so that something comes back each quarter."""

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Any

from workbench.base.money import round_yuan, wan
from workbench.base.workdays import Workdays
from workbench.insight.allocation.slots import FilledSlot, SlotSeller, fill
from workbench.rules.parameters import Rules

#: months of a quarter, and quarters that are looked ahead
QUARTER, AHEAD = 3, 4


@dataclass(frozen=True, slots=True)
class Rung:
    """One part: `fen`, its term in months, the workday (ISO) on which its money is there, and what it is made of."""

    months: int
    fen: int
    matures: str
    slot: FilledSlot

    def as_json(self) -> dict[str, Any]:
        """For programs: yuan."""
        return {
            "months": self.months,
            "amount": self.fen / 100,
            "matures": self.matures,
            "slot": self.slot.as_json(),
        }


@dataclass(frozen=True, slots=True)
class TermLadder:
    """The rungs, the shortest first. `quarters`: of each of the next four quarters, the rungs (by number from 0) whose money
    comes back in it, when each is placed again for its own term; `why`: why there is none, '' where there are rungs; `notice`:
    that days off are not announced yet."""

    fen: int
    rungs: tuple[Rung, ...]
    quarters: tuple[tuple[int, ...], ...]
    why: str = ""
    notice: str = ""
    #: the workday (ISO) on which the money is placed
    begins: str = ""

    def as_json(self) -> dict[str, Any]:
        """For programs: yuan."""
        return {
            "amount": self.fen / 100, "begins": self.begins, "rungs": [one.as_json() for one in self.rungs],
            "quarters": [list(one) for one in self.quarters], "reason": self.why or None,
        }  # fmt: skip


def split(fen: int, terms: tuple[int, ...], rung: int, step: int) -> tuple[tuple[int, int], ...]:
    """(months, fen) of the parts: as many terms as `rung` fen each allow, of those that are left out the middle ones first; equal
    parts in steps of `step` fen, the rest with the shortest. () where not even one part fits."""
    if fen < rung or not terms:
        return ()
    kept = sorted(set(terms))
    while len(kept) > 1 and _smallest(fen, len(kept), step) < rung:
        # the shortest stays, so that money comes back each quarter, and the longest as long as it can
        del kept[1 if len(kept) > 2 else -1]
    part = _smallest(fen, len(kept), step)
    return tuple((months, part if n else fen - part * (len(kept) - 1)) for n, months in enumerate(kept))


def _smallest(fen: int, count: int, step: int) -> int:
    """An equal part of `count`, in whole steps."""
    if count == 1:
        return fen
    return fen // count // step * step


def ladder(
    seller: SlotSeller, fen: int, workdays: Workdays, *, tested: bool = True, start: dt.date | None = None
) -> TermLadder:
    """The ladder of an amount from a day on (None: the seller's). `tested`: whether wealth products may be among it at all."""
    rules = seller.rules
    begins = workdays.next_workday(start or seller.day)
    terms = tuple(round(one) for one in rules.numbers("alloc.ladder.months"))
    least, step = round(rules.number("alloc.ladder.rung") * 100), round(rules.number("alloc.round") * 100)
    parts = split(fen, terms, least, step)
    slot = "stable" if tested else "plain"
    rungs = tuple(
        Rung(months, part, matures(begins, months, workdays).isoformat(), fill(seller, slot, part, months))
        for months, part in parts
    )
    years = [int(one.matures[:4]) for one in rungs]
    return TermLadder(
        fen, rungs, quarters_of([one.months for one in rungs]),
        "" if rungs else _too_little(fen, rules), workdays.notice(*years) if years else "", begins.isoformat(),
    )  # fmt: skip


def _too_little(fen: int, rules: Rules) -> str:
    words = rules.text("alloc.ladder.little")
    return words.format(amount=wan(fen), least=round_yuan(rules.number("alloc.ladder.rung")))


def matures(day: dt.date, months: int, workdays: Workdays) -> dt.date:
    """The workday on which money placed on a day for some months is there again."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return workdays.next_workday(dt.date(year, month + 1, min(day.day, last)))


def quarters_of(terms: list[int]) -> tuple[tuple[int, ...], ...]:
    """Of each of the next four quarters, the places of the terms (months) that end in it when renewed for the same term."""
    return tuple(
        tuple(
            place
            for place, months in enumerate(terms)
            if any(
                QUARTER * number < months * turn <= QUARTER * (number + 1)
                for turn in range(1, QUARTER * AHEAD + 1)
            )
        )
        for number in range(AHEAD)
    )
