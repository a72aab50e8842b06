"""Puts the four pots of one customer together; pure, no book: what is read stands in `Assembling`."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.base.day_words import named_day
from workbench.base.i18n import _, commas, sentences
from workbench.base.money import wan
from workbench.base.workdays import Workdays
from workbench.insight.allocation.allocation import Allocation, CoverNeed
from workbench.insight.allocation.bands import BANDS, STABLE, RiskPackage, package_of
from workbench.insight.allocation.combos import COMBOS, Combo, combo, combo_code
from workbench.insight.allocation.flows import Flow, flows_of
from workbench.insight.allocation.gaps import BandGap, gaps_of
from workbench.insight.allocation.held import HeldLine
from workbench.insight.allocation.ladder import TermLadder, ladder
from workbench.insight.allocation.moves import Move, ProposedMoves, moves_of, plain_moves
from workbench.insight.allocation.present import Present, columns_words, present_of
from workbench.insight.allocation.slots import SlotSeller, fill
from workbench.insight.allocation.taboos import Contacts, Portfolio, taboos
from workbench.insight.genes.data import quadrants
from workbench.insight.measures.freshness import freshness
from workbench.insight.portrait.situation import Situation
from workbench.insight.portrait.unsaid import barred_by, do_not_say
from workbench.insight.products.barring import PRODUCTS, bar_names, products_barred
from workbench.insight.products.offers import Shelf
from workbench.insight.products.suitability import of_values
from workbench.insight.products.verdict import Buyer
from workbench.insight.tags.picture import Picture
from workbench.people.consent import Consent
from workbench.people.labels import label
from workbench.rules.parameters import Rules

#: measures that tell whether money moves, with the field that would tell each
_MOVING = (("matures_90", "deposit_maturity_date"), ("payroll_run", "payroll_amount"))


@dataclass(frozen=True, slots=True)
class Assembling:
    """All that the four pots of a customer are made of."""

    customer_id: int
    customer_no: str
    name: str
    picture: Picture
    day: dt.date
    shelf: Shelf
    lines: Sequence[HeldLine]
    listed: bool
    maturing: Sequence[Flow]
    contacts: Contacts
    consent: Consent
    workdays: Workdays
    rules: Rules

    def made(self) -> Allocation:
        """The whole."""
        rules, values, day = self.rules, self.picture.values, self.day.isoformat()
        buyer = of_values(values, rules)
        package = (
            package_of(buyer.risk_class, rules, self.shelf) if buyer.tested and buyer.risk_class else None
        )
        untested = "" if package else self._untested(buyer)
        barred = self._barred()
        if not values:
            return Allocation(
                self.customer_id, self.customer_no, self.name, None, day, barred, untested, package, None, (), (), (),
                (rules.text("alloc.no_month"),), None, None, None, "", (),
            )  # fmt: skip
        present = present_of(values, self.lines, self.listed, self.picture.as_of, rules)
        gaps = gaps_of(present, package, rules)
        flows, beyond = _believed(flows_of(values, self.maturing, day, rules), present)
        notes = list(self._notes(present, gaps, package, barred))
        if beyond:
            words = rules.text("alloc.flow_differs")
            notes.append(words.format(amount=wan(sum(one.fen for one in beyond))))
        moves, cover, made_combo, renewed = ProposedMoves(), None, None, None
        renewed_words = ""
        if not (barred or self._stopped(package)):
            held: dict[str, int] = defaultdict(int)
            for line in self.lines:
                if line.code:
                    held[line.code] += line.amount or 0
            seller = SlotSeller(self.shelf, buyer, self.day, rules, held)
            cover = self._cover(seller, package) if package else None
            made_combo = self._combo(seller, present, package, flows)
            if made_combo is not None and made_combo.code != COMBOS[-1]:
                # one plan at a time: a newcomer begins with the combo, not with the ranges
                notes.append(rules.text("alloc.newcomer").format(day=named_day(made_combo.review)))
            else:
                moves = self._moves(seller, present, package, gaps, flows)
            if made_combo is None:
                renewed, renewed_words = self._renewed(seller, package, flows, moves.rows)
        checks = taboos(Portfolio(present, gaps, package, self.lines, self.listed, self.contacts), rules)
        return Allocation(
            self.customer_id, self.customer_no, self.name, self.picture.as_of, day, barred, untested, package, present, gaps,
            flows, moves.rows, (*notes, *moves.notes), cover, made_combo, renewed, renewed_words, checks,
        )  # fmt: skip

    @property
    def stale(self) -> bool:
        """Whether the data are too old for proposals."""
        return freshness(self.picture.as_of, self.rules, self.day.isoformat()).stale

    def _stopped(self, package: RiskPackage | None) -> bool:
        """Whether nothing can be proposed: old data, or ranges that do not add up."""
        return self.stale or (package is not None and not package.possible)

    def _untested(self, buyer: Buyer) -> str:
        text = self.rules.text
        if buyer.risk_class is None:
            why = text("alloc.untested.none")
        elif buyer.valid_days is None:
            why = text("alloc.untested.undated")
        else:
            why = text("alloc.untested.expired").format(days=-buyer.valid_days)
        return text("alloc.untested").format(why=why)

    def _barred(self) -> str:
        """Why no product may be spoken of now: the gravest ground against marketing, else a limit of the portrait."""
        words, values, rules = self.rules.text("alloc.barred"), self.picture.values, self.rules
        if self.consent.held:
            return words.format(why=self.consent.sentence)
        quadrant = quadrants().get(str(values.g_quad_now_d0))
        situation = Situation(
            values, self.day.isoformat(), self.picture.as_of, None, self.consent, quadrant=_(quadrant.name) if quadrant else "",
            at_first=tuple(_(text) for text in quadrant.first) if quadrant else (),
            forbidden=tuple(_(text) for text in quadrant.forbidden) if quadrant else (),
        )  # fmt: skip
        limit = barred_by(do_not_say(situation, rules), PRODUCTS)
        if limit is not None:
            return words.format(why=limit.why)
        code = products_barred(values, rules)
        return words.format(why=bar_names(rules)[code]) if code else ""

    def _notes(
        self, present: Present, gaps: Sequence[BandGap], package: RiskPackage | None, barred: str
    ) -> list[str]:
        rules, values = self.rules, self.picture.values
        notes = []
        if self.stale and not barred:
            notes.append(rules.text("alloc.stale").format(as_of=self.picture.as_of))
        elif values.light in ("red", "orange") and not barred:
            notes.append(rules.text("alloc.lit"))
        if package is not None and not package.possible:
            low, high = f"{package.lowest:.0%}", f"{package.highest:.0%}"
            notes.append(rules.text("alloc.broken").format(low=low, high=high))
        blind = present.columns(*BANDS)
        if present.total is None:
            notes.append(rules.text("alloc.no_total"))
        elif not present.empty and not any(one.known for one in gaps):
            notes.append(rules.text("alloc.blind").format(columns=columns_words(blind)))
        if present.empty:
            notes.append(rules.text("alloc.zero"))
        if present.differs:
            notes.append(rules.text("alloc.differs").format(amount=wan(present.differs)))
        if present.apart:
            notes.append(rules.text("alloc.apart_words").format(amount=wan(present.apart)))
        if values.matured_since:
            notes.append(rules.text("alloc.matured").format(amount=wan(values.matured_since)))
        if package is not None and values.held_risk is not None and values.held_risk > package.risk_class:
            notes.append(rules.text("alloc.over_held"))
        return notes

    def _moves(
        self,
        seller: SlotSeller,
        present: Present,
        package: RiskPackage | None,
        gaps: Sequence[BandGap],
        flows: Sequence[Flow],
    ) -> ProposedMoves:
        if package is None:
            return plain_moves(seller, flows, self._untold(("matures_90", "deposit_maturity_date")))
        loose: dict[str, int] = defaultdict(int)
        for line in self.lines:
            if not line.matures:
                loose[line.band] += max(line.amount or 0, 0)
        return moves_of(
            seller, gaps, present.base, flows, self.picture.values.demand, loose, self._untold(*_MOVING)
        )

    def _untold(self, *moving: tuple[str, str]) -> str:
        """Why it cannot be told whether money moves: the columns of the measures that are not known; '' where all are."""
        columns = [label(field) for measure, field in moving if self.picture.values.look_up(measure) is None]
        return self.rules.text("alloc.flow_untold").format(columns=commas(columns)) if columns else ""

    def _cover(self, seller: SlotSeller, package: RiskPackage) -> CoverNeed:
        rules, values = self.rules, self.picture.values
        income = values.yearly_income
        if income is None and values.monthly_income is not None:
            income = values.monthly_income * 12
        range_ = package.cover
        low = high = None
        if income:
            low, high = round(income * range_.low), round(income * range_.high)
            words = rules.text("alloc.cover.told").format(income=wan(income), low=wan(low), high=wan(high))
        else:
            words = rules.text("alloc.cover.untold").format(range=range_.words, column=label("yearly_income"))
        held = values.holds_protection
        has = "unknown" if held is None else "has" if held else "lacks"
        slot = fill(seller, "cover", None)
        kind = rules.text("alloc.cover.kind" if slot.filled else "alloc.cover.none")
        offered = kind.format(product=slot.words, why=slot.why)
        return CoverNeed(
            range_, income, low, high, sentences((words, rules.text(f"alloc.cover.{has}"), offered)), slot
        )  # fmt: skip

    def _combo(
        self, seller: SlotSeller, present: Present, package: RiskPackage | None, flows: Sequence[Flow]
    ) -> Combo | None:
        """For newcomers, of what they have here."""
        stage = self.picture.values.journey_stage
        if stage not in self.rules.words("alloc.combo_stages") or present.total is None or present.base <= 0:
            return None
        salary = next((one.fen for one in flows if one.kind == "salary"), None)
        code = combo_code(present.base, self.rules)
        return combo(code, present.base, seller, package, self.workdays, salary, present.placed)

    def _renewed(
        self, seller: SlotSeller, package: RiskPackage | None, flows: Sequence[Flow], moves: Sequence[Move]
    ) -> tuple[TermLadder | None, str]:
        """The largest stable sum that matures and is not moved elsewhere, as a ladder from its day on."""
        gone: dict[tuple[str, int], int] = defaultdict(int)
        for move in moves:
            if move.kind == "maturity":
                gone[move.day, move.flow] += move.fen
        left = [
            (one.fen - gone[one.day, one.fen], one)
            for one in flows
            if one.kind == "maturity" and one.band == STABLE
        ]
        fen, flow = max(left, key=lambda pair: pair[0], default=(0, None))
        if flow is None or fen < 2 * self.rules.number("alloc.ladder.rung") * 100:
            return None, ""
        start = dt.date.fromisoformat(flow.day)
        made = ladder(seller, fen, self.workdays, tested=package is not None, start=start)
        words = self.rules.text("alloc.ladder_of").format(day=named_day(flow.day), amount=wan(fen))
        return made, words


def _believed(flows: Sequence[Flow], present: Present) -> tuple[tuple[Flow, ...], tuple[Flow, ...]]:
    """The flows that his assets can hold, and the maturities that they cannot: nobody is proposed money that he does not have."""
    if present.total is None:
        return tuple(flows), ()
    left, fine, beyond = max(present.base, present.total), [], []
    for one in flows:
        if one.kind == "maturity" and one.fen > left:
            beyond.append(one)
            continue
        fine.append(one)
        left -= one.fen if one.kind == "maturity" else 0
    return tuple(fine), tuple(beyond)
