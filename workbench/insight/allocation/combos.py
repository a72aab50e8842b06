"""Combos for newcomers by the money that they bring (domain 8.3): two to four lines of slots, with terms, exit, review date."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.base.i18n import _, semicolons
from workbench.base.money import round_yuan, wan
from workbench.base.workdays import Workdays
from workbench.insight.allocation.bands import BOLD, CASH, GOLD, GROWTH, STABLE, RiskPackage
from workbench.insight.allocation.ladder import TermLadder, ladder
from workbench.insight.allocation.slots import FilledSlot, SlotSeller, fill, no_risk_urged
from workbench.rules.parameters import Rules

#: the combos by entry money, the smallest first: between the lines of `alloc.entry`
COMBOS = ("starter", "growing", "laddered", "full")
_RISING = (GROWTH, BOLD, GOLD)
_SAYS = (1, 2, 3)
#: the bands that a line is measured by
_BANDS_OF: Mapping[str, tuple[str, ...]] = {
    "cash": (CASH,), "stable": (STABLE,), "ladder": (STABLE,), "growth": (GROWTH,), "rising": _RISING,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ComboLine:
    """One line. `share` of 1 and `amount` in fen: None where the line is not a part of the money; `slots`: one, or for a ladder
    and for the rising bands several; `aside`: what was changed for this customer, '' for nothing."""

    code: str
    name: str
    share: float | None
    amount: int | None
    slots: tuple[FilledSlot, ...]
    terms: str
    exit: str
    aside: str = ""

    def as_json(self) -> dict[str, Any]:
        """For programs: yuan."""
        return {
            "line": self.code, "name": self.name, "share": self.share,
            "amount": None if self.amount is None else self.amount / 100, "slots": [one.as_json() for one in self.slots],
            "terms": self.terms, "exit": self.exit, "note": self.aside or None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Combo:
    """A combo; `fen` is what is brought, `says` three sentences, `review` the workday (ISO) on which it is looked at again."""

    code: str
    name: str
    band_words: str
    fen: int
    lines: tuple[ComboLine, ...]
    ladder: TermLadder | None
    says: tuple[str, ...]
    review: str

    def as_json(self) -> dict[str, Any]:
        """For programs: yuan."""
        return {
            "code": self.code, "name": self.name, "amount": self.fen / 100, "lines": [one.as_json() for one in self.lines],
            "ladder": self.ladder.as_json() if self.ladder else None, "says": list(self.says), "review": self.review,
        }  # fmt: skip


def combo_code(fen: int, rules: Rules) -> str:
    """Which combo an amount of entry money is for; a line belongs to the combo above it."""
    return COMBOS[sum(fen >= line * 100 for line in rules.numbers("alloc.entry"))]


def entry_words(code: str, rules: Rules) -> str:
    """'5万以下', '5万–20万', '50万及以上'."""
    lines = [round_yuan(one) for one in rules.numbers("alloc.entry")]
    place = COMBOS.index(code)
    if place == 0:
        return _("{line}以下").format(line=lines[0])
    if place == len(lines):
        return _("{line}及以上").format(line=lines[-1])
    return f"{lines[place - 1]}–{lines[place]}"


def combo(
    code: str,
    fen: int,
    seller: SlotSeller,
    package: RiskPackage | None,
    workdays: Workdays,
    salary: int | None = None,
    has: Mapping[str, int] | None = None,
) -> Combo:
    """A combo for an amount. `package`: of the customer's class, None without a valid one; `salary`: fen a month, where told;
    `has`: fen by band that he has already."""
    rules = seller.rules
    shares, aside = _shares(code, package, rules, quiet=no_risk_urged(seller.buyer, rules))
    amounts = _amounts(fen, shares, round(rules.number("alloc.round") * 100))
    maker = _Maker(seller, package, workdays, shares, amounts, aside, has or {})
    made = maker.lines(code, salary)
    review = workdays.next_workday(seller.day + dt.timedelta(days=rules.whole("alloc.review_days")))
    return Combo(
        code, rules.text(f"alloc.combo.{code}"), entry_words(code, rules), fen,
        made, maker.made_ladder,
        tuple(rules.text(f"alloc.combo.{code}.say{n}") for n in _SAYS), review.isoformat(),
    )  # fmt: skip


def _shares(
    code: str, package: RiskPackage | None, rules: Rules, *, quiet: bool
) -> tuple[dict[str, float], str]:
    """Band -> share of 1, summing to 1; what the class bars, and of a `quiet` one all that may rise, goes to the stable part,
    which the second value says."""
    if code == "starter":
        return {CASH: 1.0}, ""
    possible = package if package is not None and package.possible else None
    if code == "growing":
        cash, stable, growth = rules.numbers("alloc.combo.growing")
        kept = min(growth, possible.ranges[GROWTH].high if possible and not quiet else 0.0)
        aside = "" if kept >= growth else rules.text("alloc.combo.old" if quiet else "alloc.combo.moved")
        shares = {CASH: cash, STABLE: stable + growth - kept, GROWTH: kept}
        return _with_cash(_whole(shares), possible), aside
    if code == "full" and possible is not None and not quiet:
        return possible.targets(), ""
    cash, stable = rules.numbers("alloc.combo.laddered")
    why = "alloc.combo.old" if quiet and possible is not None else "alloc.combo.plain"
    aside = rules.text(why) if code == "full" else ""
    return _with_cash(_whole({CASH: cash, STABLE: stable}), possible), aside


def _with_cash(shares: dict[str, float], package: RiskPackage | None) -> dict[str, float]:
    """At least as much ready money as the class wants, out of the stable part."""
    missing = min(package.ranges[CASH].low - shares[CASH], shares[STABLE]) if package else 0.0
    if missing > 0:
        return {**shares, CASH: shares[CASH] + missing, STABLE: shares[STABLE] - missing}
    return shares


def _whole(shares: Mapping[str, float]) -> dict[str, float]:
    """Shares that edited rules no longer sum to 1 are scaled to it."""
    every = sum(shares.values())
    return {band: share / every for band, share in shares.items()} if every else {CASH: 1.0}


def _amounts(fen: int, shares: Mapping[str, float], step: int) -> dict[str, int]:
    """Fen by band in whole steps; what rounding leaves stays ready money."""
    amounts = {band: round(fen * share) // step * step for band, share in shares.items()}
    amounts[CASH] = fen - sum(amount for band, amount in amounts.items() if band != CASH)
    return amounts


class _Maker:
    """Makes the lines of one combo."""

    def __init__(
        self,
        seller: SlotSeller,
        package: RiskPackage | None,
        workdays: Workdays,
        shares: Mapping[str, float],
        amounts: Mapping[str, int],
        aside: str,
        has: Mapping[str, int],
    ) -> None:
        self.seller, self.package, self.workdays = seller, package, workdays
        self.shares, self.amounts, self.aside, self.has = shares, amounts, aside, has
        self.made_ladder: TermLadder | None = None

    def _line(
        self,
        code: str,
        slots: tuple[FilledSlot, ...],
        share: float | None,
        amount: int | None,
        aside: str = "",
    ) -> ComboLine:
        text = self.seller.rules.text
        had = sum(self.has.get(band, 0) for band in _BANDS_OF.get(code, ()))
        held = text("alloc.combo.has").format(amount=wan(had)) if had else ""
        aside = semicolons(filter(None, (held, aside)))
        return ComboLine(
            code, text(f"alloc.line.{code}"), share, amount, slots, text(f"alloc.line.{code}.terms"),
            text(f"alloc.line.{code}.exit"), aside,
        )  # fmt: skip

    def lines(self, code: str, salary: int | None) -> tuple[ComboLine, ...]:
        """The lines of a combo in their order."""
        match code:
            case "starter":
                lines: tuple[ComboLine | None, ...] = (self.cash(), self.monthly(salary), self.plain("card"))
            case "growing":
                lines = (self.cash(), self.stable(), self.growth(), self.plain("pension"))
            case "laddered":
                lines = (self.cash(), self.laddered(), self.plain("cover"))
            case _:
                lines = (self.cash(), self.laddered(), self.rising(), self.plain("cover"))
        return tuple(one for one in lines if one is not None)

    def cash(self) -> ComboLine:
        """Ready money."""
        amount = self.amounts[CASH]
        return self._line("cash", (fill(self.seller, "cash", amount),), self.shares[CASH], amount)

    def stable(self) -> ComboLine:
        """The stable part in one."""
        amount = self.amounts[STABLE]
        slot = "stable" if self.package else "plain"
        return self._line(
            "stable", (fill(self.seller, slot, amount),), self.shares[STABLE], amount, self.aside
        )

    def laddered(self) -> ComboLine:
        """The stable part as a ladder."""
        amount = self.amounts[STABLE]
        self.made_ladder = ladder(self.seller, amount, self.workdays, tested=self.package is not None)
        slots = tuple(one.slot for one in self.made_ladder.rungs)
        return self._line("ladder", slots, self.shares[STABLE], amount, self.made_ladder.why or self.aside)

    def growth(self) -> ComboLine | None:
        """What may grow; none where the class bars it."""
        amount = self.amounts.get(GROWTH, 0)
        if amount <= 0:
            return None
        return self._line("growth", (fill(self.seller, GROWTH, amount),), self.shares[GROWTH], amount)

    def rising(self) -> ComboLine | None:
        """All bands above the stable ones in one line."""
        amount = sum(self.amounts.get(band, 0) for band in _RISING)
        if amount <= 0:
            return None
        slots = tuple(
            fill(self.seller, band, self.amounts[band]) for band in _RISING if self.amounts.get(band, 0) > 0
        )
        return self._line("rising", slots, sum(self.shares.get(band, 0) for band in _RISING), amount)

    def monthly(self, salary: int | None) -> ComboLine:
        """A small sum each month, at most a share of the salary where one is told."""
        rules = self.seller.rules
        part = None
        if salary:
            part = round(salary * rules.number("alloc.salary_share")) // 100_00 * 100_00 or None
        aside = rules.text("alloc.combo.monthly") if part is None else ""
        return self._line("monthly", (fill(self.seller, "monthly", part),), None, part, aside)

    def plain(self, code: str) -> ComboLine:
        """A line beside the money: a card, insurance, the pension account."""
        return self._line(code, (fill(self.seller, code, None),), None, None)
