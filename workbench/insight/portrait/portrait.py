"""The portrait of one customer as frozen values: months, holdings, contacts, and what is concluded from them."""

from dataclasses import dataclass
from typing import Any

from workbench.base.i18n import _, commas
from workbench.insight.churn.causes import Cause
from workbench.insight.churn.verdict import CustomerRisk
from workbench.insight.genes.card import GeneCard
from workbench.insight.journey.stages import JourneyStage
from workbench.insight.measures.freshness import Freshness
from workbench.insight.measures.reconciling import FlowProblem
from workbench.insight.portrait.advice import Action
from workbench.insight.portrait.behaviour import Behaviour
from workbench.insight.portrait.chips import ChipSource, HeadChip
from workbench.insight.portrait.unsaid import Never
from workbench.insight.portrait.untold import Untold
from workbench.insight.products.hooks import SuitableHook
from workbench.insight.products.offers import Offer
from workbench.insight.tags.explain import TagOnCustomer
from workbench.insight.tags.picture import Picture
from workbench.insight.towers.tier_position import TierPosition
from workbench.people.consent import Consent
from workbench.people.corrections import Correction
from workbench.people.links import Household
from workbench.people.source_row import SourceRow

#: Kinds of deposits that a list may report instead of their total.
DEPOSITS = ("demand", "time_deposit", "large_cd", "notice_deposit", "structured_deposit")


#: Inputs of the observed style, a subjective observation that never leaves the book (domain 2.2).
_SUBJECTIVE = frozenset({"style", "style_confidence", "cues"})


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """One month of a customer: figures in fen by field name, only those reported, and the row they came from."""

    month: str
    as_of: str
    figures: dict[str, int]
    source: SourceRow | None

    def part(self, part: str, measure: str) -> int | None:
        """A part of the assets ('deposit', 'wealth', …) as 'balance' or 'daily_average' in fen; None if not reported.

        Deposits are the sum of their kinds where the list gives no total.
        """
        value = self.figures.get(f"{part}_{measure}")
        if value is None and part == "deposit":
            kinds = [self.figures[key] for kind in DEPOSITS if (key := f"{kind}_{measure}") in self.figures]
            return sum(kinds) if kinds else None
        return value


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """A product held at the latest month, or a line of a maturity list. Amounts in fen."""

    product_code: str | None
    product_name: str | None
    category: str | None
    product_risk: str | None
    amount_fen: int | None
    profit_fen: int | None
    maturity_date: str | None
    kind: str
    source: SourceRow | None
    #: the date of the list that tells it (ISO)
    as_of: str | None = None

    def matured(self, day: str) -> bool:
        """Whether it matured before a day (ISO); on the day itself it has not."""
        return self.maturity_date is not None and self.maturity_date < day


@dataclass(frozen=True, slots=True)
class TouchRow:
    """One contact with a customer; dates ISO, `initiated_by` 'manager' or 'customer'."""

    id: int
    date: str
    channel: str
    result: str
    initiated_by: str
    next_date: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """All that is known of one customer as of a month (domain 0 to 4, 10.5, 11). The parts from `picture` on are None or
    empty for a customer who is on no monthly list."""

    customer_id: int
    customer_no: str
    name: str
    month: str | None
    as_of: str | None
    #: (field key, label, value shown unmasked) in catalogue order, unknown columns last
    facts: tuple[tuple[str, str, str], ...]
    tier: str | None
    tier_name: str | None
    tower: str | None
    bank_level: str | None
    #: fen missing to the next line of the ladder, and above the own line; None without an average
    to_upgrade_fen: int | None
    to_keep_fen: int | None
    points: tuple[MonthPoint, ...]
    holdings: tuple[HoldingRow, ...]
    risk: CustomerRisk | None
    touches: tuple[TouchRow, ...]
    source: SourceRow | None
    #: set when the level was judged by the point-in-time balance instead of the daily average (domain 0-5)
    tier_note: str | None = None
    #: the columns of the tag layers for this customer, and the day they are computed for
    picture: Picture | None = None
    standing: TierPosition | None = None
    gene: GeneCard | None = None
    tags: tuple[TagOnCustomer, ...] = ()
    behaviour: Behaviour | None = None
    stage: JourneyStage | None = None
    #: what changes what one does, the most binding first
    chips: tuple[HeadChip, ...] = ()
    offers: tuple[Offer, ...] = ()
    #: the product that opens the door, suitable for him
    hook: SuitableHook | None = None
    household: Household | None = None
    corrections: tuple[Correction, ...] = ()
    causes: tuple[Cause, ...] = ()
    next_actions: tuple[Action, ...] = ()
    do_not_say: tuple[Never, ...] = ()
    #: what cannot be told, with the columns that would unlock it
    untold: tuple[Untold, ...] = ()
    #: whether he may be marketed to on the day of the picture
    consent: Consent | None = None
    #: age of the data behind the portrait
    fresh: Freshness | None = None
    #: months whose flows the balances contradict
    problems: tuple[FlowProblem, ...] = ()
    #: keys of the facts that come from the identity number because no list tells them (domain 16.4)
    by_number: frozenset[str] = frozenset()
    #: own fields of the book that need no mask (`workbench.people.legible`)
    legible: frozenset[str] = frozenset()

    @property
    def leaving_tags(self) -> tuple[TagOnCustomer, ...]:
        """The tags that may leave the book: none that rests on the observed style."""
        return tuple(tag for tag in self.tags if not _SUBJECTIVE & {one.name for one in tag.inputs})

    @property
    def leaving_chips(self) -> tuple[HeadChip, ...]:
        """The chips that may leave the book."""
        return tuple(chip for chip in self.chips if chip.leaves)

    @property
    def reported(self) -> frozenset[str]:
        """The fields that the lists report of the customer."""
        figures = self.points[-1].figures if self.points else {}
        return frozenset({key for key, _label, _value in self.facts} | set(figures))

    @property
    def head(self) -> ChipSource:
        """What the chips are made of."""
        return ChipSource(
            self.tags, self.risk, self.standing, self.tier_name, self.tower, self.bank_level, _SUBJECTIVE,
            frozenset(what for limit in self.do_not_say for what in limit.bars),
        )  # fmt: skip

    @property
    def by_number_words(self) -> str:
        """A sentence naming the facts that come from the identity number; '' if there are none."""
        labels = [label for key, label, _value in self.facts if key in self.by_number]
        return _("{facts}由证件号推算").format(facts=commas(labels)) if labels else ""

    def as_json(self) -> dict[str, Any]:
        """The portrait for the command line, money in yuan; what rests on the observed style is left out."""
        leaving = {tag.label for tag in self.leaving_tags}
        return {
            "customer": {"customer_no": self.customer_no, "name": self.name}
            | {key: value for key, _label, value in self.facts},
            "by_id_number": sorted(self.by_number),
            "as_of": self.as_of,
            "freshness": _part_json(self.fresh),
            "tier": self._tier(),
            "gene": _part_json(self.gene),
            "chips": [chip.as_json() for chip in self.leaving_chips],
            "tags": [tag.as_json() for tag in self.leaving_tags],
            "snapshots": [
                {"month": p.month, "as_of": p.as_of}
                | {key: _yuan(fen) for key, fen in p.figures.items()}
                | {"source": _where(p.source)}
                for p in self.points
            ],
            "holdings": [_holding(one, self.picture.day if self.picture else "") for one in self.holdings],
            "signals": [verdict.as_json() for verdict in self.risk.signals] if self.risk else [],
            "journey": _part_json(self.stage),
            "touches": [_touch(one) for one in self.touches],
            "next_actions": [one.as_json() for one in self.next_actions],
            "do_not_say": [one.as_json() for one in self.do_not_say],
            "cannot_tell": [one.as_json() for one in self.untold if one.kind != "tag" or one.name in leaving],
            "consent": _part_json(self.consent),
            "risk": self.risk.as_json() if self.risk else None,
            "causes": [one.as_json() for one in self.causes],
            "behaviour": _part_json(self.behaviour),
            "household": _part_json(self.household),
            "offers": [one.as_json() for one in self.offers],
            "corrections": [one.as_json() for one in self.corrections],
            "data_problems": [one.as_json() for one in self.problems],
            "source": _where(self.source),
        }

    def _tier(self) -> dict[str, Any]:
        return {
            "code": self.tier,
            "name": self.tier_name,
            "tower": self.tower,
            "bank_level": self.bank_level,
            "note": self.tier_note,
            "to_upgrade": _yuan(self.to_upgrade_fen),
            "to_keep": _yuan(self.to_keep_fen),
            "standing": _part_json(self.standing),
        }


def _part_json(part: Any) -> Any:
    return None if part is None else part.as_json()


def _yuan(fen: int | None) -> float | None:
    return None if fen is None else fen / 100


def _where(source: SourceRow | None) -> dict[str, Any] | None:
    if source is None:
        return None
    return {"file": source.file, "sheet": source.sheet, "row": source.row, "batch": source.batch}


def _holding(one: HoldingRow, day: str) -> dict[str, Any]:
    return {
        "product_code": one.product_code,
        "product_name": one.product_name,
        "category": one.category,
        "product_risk": one.product_risk,
        "amount": _yuan(one.amount_fen),
        "profit": _yuan(one.profit_fen),
        "maturity_date": one.maturity_date,
        "matured": one.matured(day),
        "kind": one.kind,
        "source": _where(one.source),
    }


def _touch(one: TouchRow) -> dict[str, Any]:
    return {
        "date": one.date,
        "channel": one.channel,
        "result": one.result,
        "initiated_by": one.initiated_by,
        "next_date": one.next_date,
        "note": one.note,
    }
