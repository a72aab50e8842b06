"""What to propose (domain 8.2): flows first, then idle money, last a switch that the customer himself may want; never more than
flows, never into a band that his class bars, never what no suitable product fills."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from workbench.base.day_words import named_day
from workbench.base.i18n import commas
from workbench.base.money import wan
from workbench.insight.allocation.bands import BANDS, BOLD, CASH, GOLD, GROWTH, STABLE, band_name
from workbench.insight.allocation.flows import Flow
from workbench.insight.allocation.gaps import BandGap
from workbench.insight.allocation.slots import FilledSlot, SlotSeller, fill, holding_key
from workbench.rules.parameters import Rules

#: days within which what matures counts as money at hand (the measure `matures_30`)
_AT_HAND = 30
MoveKind = Literal["maturity", "salary", "idle", "switch", "plain"]


@dataclass(frozen=True, slots=True)
class Move:
    """One proposal: `fen` of a `flow` (fen) into a band, on a day (ISO, '' where none is set), with the product that fills it."""

    kind: MoveKind
    fen: int
    flow: int
    day: str
    from_band: str
    band: str
    slot: FilledSlot
    sentence: str

    def as_json(self) -> dict[str, Any]:
        """For programs: yuan."""
        return {
            "kind": self.kind, "amount": self.fen / 100, "of": self.flow / 100, "day": self.day or None,
            "from": self.from_band or None, "to": self.band, "sentence": self.sentence, "slot": self.slot.as_json(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProposedMoves:
    """The proposals in order, and what is said beside them: why there is none, which slot stays empty."""

    rows: tuple[Move, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class _Desk:
    """Fen still wanted by each band that lies below its range, and fen that each band can give without falling below its own."""

    seller: SlotSeller
    gaps: dict[str, BandGap]
    base: int
    wants: dict[str, int] = field(default_factory=dict)
    gives: dict[str, int] = field(default_factory=dict)
    empty: dict[str, str] = field(default_factory=dict)

    @property
    def rules(self) -> Rules:
        """The rules in force."""
        return self.seller.rules

    def step(self, kind: MoveKind) -> int:
        """Fen that an amount is rounded down to."""
        return round(self.rules.number("alloc.round") * 100) if kind != "salary" else 100_00

    def least(self, kind: MoveKind) -> int:
        """The smallest amount (fen) that is worth a proposal."""
        return round(self.rules.number("alloc.least") * 100) if kind != "salary" else 100_00

    def wanted(self) -> list[str]:
        """The bands below their range, the greatest want first."""
        return sorted(
            (band for band, fen in self.wants.items() if fen > 0), key=lambda band: (-self.wants[band], band)
        )

    def bearable(self, band: str, slot: FilledSlot | None = None) -> int:
        """Fen that one product of a band may still take without concentrating the assets (check 6 of domain 8.1): beside what he
        has of it and what was proposed of it before."""
        buyer = self.seller.buyer
        share = self.rules.number("suit.risky_share" if band == BOLD else "suit.single_share")
        if band in (CASH, STABLE) or buyer is None:
            return self.base
        has = 0 if slot is None else self.seller.held.get(holding_key(slot.product_code, slot.product), 0)
        return round((buyer.aum or 0) * share) - has

    def take(
        self, kind: MoveKind, available: int, band: str, coming: int = 0
    ) -> tuple[int, FilledSlot] | None:
        """An amount of at most `available` for a band, with a product; None where none fits, which is noted. `coming`: fen of it
        that are not yet at hand."""
        most, step = min(available, self.wants[band], self.bearable(band)), self.step(kind)
        slot = None
        while (fen := most // step * step) >= self.least(kind):
            slot = fill(self.seller, band, fen, coming=coming)
            if not slot.filled:
                self.empty.setdefault(band, slot.why)
                return None
            most = min(fen, self.bearable(band, slot))
            if most == fen:
                key = holding_key(slot.product_code, slot.product)
                held = {**self.seller.held, key: self.seller.held.get(key, 0) + fen}
                self.seller = replace(self.seller, held=held)
                self.wants[band] -= fen
                return fen, slot
        if slot is not None:
            full = self.rules.text("alloc.slot.full").format(product=slot.product)
            self.empty.setdefault(band, full)
        return None


def moves_of(
    seller: SlotSeller,
    gaps: Sequence[BandGap],
    base: int,
    flows: Sequence[Flow],
    demand: int | None,
    loose: dict[str, int],
    untold: str = "",
) -> ProposedMoves:
    """The proposals for a customer with a valid class. `demand`: fen at call; `loose`: fen of each band without a fixed term;
    `untold`: why it cannot be told whether money moves, '' where it can."""
    desk = _Desk(seller, {one.band: one for one in gaps}, base)
    for one in gaps:
        if one.range_ is None or one.most is None or one.least is None:
            continue
        if one.verdict == "below" and one.range_.high > 0:
            desk.wants[one.band] = round((one.range_.middle - one.most) * base)
        desk.gives[one.band] = max(0, round((one.least - one.range_.low) * base))
    rows = [*_of_flows(desk, flows), *_of_idle(desk, demand), *_of_switches(desk, loose)]
    most = seller.rules.whole("alloc.moves")
    return ProposedMoves(tuple(rows[:most]), tuple(_notes(desk, gaps, flows, rows, untold)))


def plain_moves(seller: SlotSeller, flows: Sequence[Flow], untold: str = "") -> ProposedMoves:
    """Without a valid class: maturing money, into deposits and bonds alone. `untold` as of `moves_of`."""
    rules, rows, empty = seller.rules, [], {}
    for flow in flows:
        if flow.kind != "maturity":
            continue
        slot = fill(seller, "plain", flow.fen)
        if not slot.filled:
            empty[STABLE] = rules.text("alloc.empty").format(band=band_name(STABLE, rules), why=slot.why)
            continue
        words = rules.text("alloc.move.plain")
        sentence = words.format(day=named_day(flow.day), amount=wan(flow.fen), product=slot.words)
        rows.append(Move("plain", flow.fen, flow.fen, flow.day, flow.band, STABLE, slot, sentence))
    if not rows and not empty:
        empty[STABLE] = untold or rules.text("alloc.no_flow_plain").format(
            days=rules.whole("alloc.flow_days")
        )
    return ProposedMoves(tuple(rows[: rules.whole("alloc.moves")]), tuple(empty.values()))


def _of_flows(desk: _Desk, flows: Sequence[Flow]) -> list[Move]:
    rows = []
    for flow in flows:
        if flow.kind == "salary":
            limit = round(flow.fen * desk.rules.number("alloc.salary_share"))
            left = limit
        else:
            left = min(flow.fen, desk.gives.get(flow.band, 0))
        for band in desk.wanted():
            if band == flow.band:
                continue
            taken = desk.take(flow.kind, left, band, _coming(desk, flow))
            if taken is None:
                continue
            fen, slot = taken
            left -= fen
            if flow.kind == "maturity":
                desk.gives[flow.band] -= fen
            rows.append(_move(desk, flow.kind, fen, flow.fen, flow.day, flow.band, band, slot))
            if flow.kind == "salary":
                break
    return rows


def _coming(desk: _Desk, flow: Flow) -> int:
    """Fen of a flow that what is at hand does not count yet: a salary, and what matures after a month (`Buyer.liquid`)."""
    counted = (desk.seller.day + dt.timedelta(days=_AT_HAND)).isoformat()
    return 0 if flow.kind == "maturity" and flow.day <= counted else flow.fen


def _of_idle(desk: _Desk, demand: int | None) -> list[Move]:
    """Money at call above the range of ready money: it moves without any loss."""
    cash = desk.gaps.get(CASH)
    if cash is None or cash.verdict != "above" or cash.range_ is None or cash.least is None or demand is None:
        return []
    # not more of what is at hand than one purchase may take (check 7 of domain 8.1)
    bearable = round(demand * desk.rules.number("suit.liquid_share"))
    above = min(round((cash.least - cash.range_.high) * desk.base), bearable, desk.gives.get(CASH, 0))
    if not desk.wanted():
        nearest = _nearest(desk)
        if nearest is not None:
            desk.wants[nearest[0]] = nearest[1]
    rows = []
    for band in desk.wanted():
        if band == CASH:
            continue
        taken = desk.take("idle", above, band)
        if taken is not None:
            fen, slot = taken
            above -= fen
            desk.gives[CASH] -= fen
            rows.append(_move(desk, "idle", fen, demand, "", CASH, band, slot))
    return rows


def _nearest(desk: _Desk) -> tuple[str, int] | None:
    """The band that has most room up to the middle of its range, where none is far below it, with that room in fen."""
    room = {
        band: round((one.range_.middle - one.most) * desk.base)
        for band, one in desk.gaps.items()
        if band != CASH and one.range_ is not None and one.range_.high > 0 and one.most is not None
    }
    best = max(room, key=lambda band: room[band], default="")
    return (best, room[best]) if best and room[best] > 0 else None


def _of_switches(desk: _Desk, loose: dict[str, int]) -> list[Move]:
    """Out of a band above its range, what has no fixed term; the customer's own choice, never urged."""
    rows = []
    for band in (BOLD, GROWTH, GOLD):
        one = desk.gaps.get(band)
        if one is None or one.verdict != "above" or one.range_ is None or one.least is None:
            continue
        above = min(round((one.least - one.range_.high) * desk.base), loose.get(band, 0))
        for into in desk.wanted():
            if into == band:
                continue
            taken = desk.take("switch", above, into, loose.get(band, 0))
            if taken is not None:
                fen, slot = taken
                above -= fen
                rows.append(_move(desk, "switch", fen, loose[band], "", band, into, slot))
    return rows


def _move(
    desk: _Desk, kind: MoveKind, fen: int, flow: int, day: str, from_band: str, band: str, slot: FilledSlot
) -> Move:
    rules, to = desk.rules, desk.gaps[band]
    whole = kind == "maturity" and fen == flow
    words = rules.text("alloc.move.maturity_all" if whole else f"alloc.move.{kind}")
    source = desk.gaps.get(from_band)
    sentence = words.format(
        day=named_day(day) if day else "", amount=wan(flow), part=wan(fen), band=to.name, share=to.share_words,
        range=to.range_.words if to.range_ else "", product=slot.words, from_band=source.name if source else "",
        from_share=source.share_words if source else "",
    )  # fmt: skip
    return Move(kind, fen, flow, day, from_band, band, slot, sentence)


def _notes(
    desk: _Desk, gaps: Sequence[BandGap], flows: Sequence[Flow], rows: Sequence[Move], untold: str
) -> list[str]:
    rules = desk.rules
    words, filled = rules.text("alloc.empty"), {one.band for one in rows}
    notes = [
        words.format(band=band_name(band, rules), why=desk.empty[band])
        for band in BANDS
        if band in desk.empty and band not in filled
    ]
    points = f"{rules.number('alloc.outside') * 100:g}"
    if desk.base <= 0 or not any(one.known for one in gaps):
        return notes
    if not any(one.outside for one in gaps):
        unknown = any(one.verdict == "unknown" for one in gaps)
        notes.append(rules.text("alloc.calm_known" if unknown else "alloc.calm").format(points=points))
    elif not rows and not flows and not notes:
        notes.append(untold or rules.text("alloc.no_flow").format(days=rules.whole("alloc.flow_days")))
    over = [one.name for one in gaps if one.verdict == "above" and one.band not in (CASH, STABLE)]
    if over:
        notes.append(rules.text("alloc.no_more").format(bands=commas(over)))
    return notes
