"""What insight says of a customer: verdicts with reasons, risks, portraits; frozen values without any SQL."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from workbench.insight.advice import Action
    from workbench.insight.behaviour import Behaviour
    from workbench.insight.causes import Cause
    from workbench.insight.corrections import Correction
    from workbench.insight.freshness import Freshness
    from workbench.insight.genes.card import GeneCard
    from workbench.insight.journey import Stage
    from workbench.insight.links import Household
    from workbench.insight.matrix.offers import Offer
    from workbench.insight.reconciling import FlowProblem
    from workbench.insight.tags.explain import TagOnCustomer
    from workbench.insight.tags.picture import Picture
    from workbench.insight.towers.standing import Standing
    from workbench.insight.unsaid import Never

State = Literal["hit", "no", "unknown"]
Light = Literal["red", "orange", "yellow"]
#: Kinds of deposits that a list may tell instead of their total.
DEPOSITS = ("demand", "time_deposit", "large_cd", "notice_deposit", "structured_deposit")
#: What rests on the observed style of a customer is a subjective observation: it never leaves the book (domain 2.2).
_SUBJECTIVE = frozenset({"style", "style_confidence", "cues"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """One signal about one customer. severity 0..3; grade 0..1 (graded severity, domain 4.3: .34/.67/1.0 at the
    three thresholds, interpolated between); evidence holds the numbers (fen for money keys ending in _fen)."""

    code: str
    state: State
    severity: int
    grade: float
    reason: str
    evidence: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": self.severity,
            "grade": round(self.grade, 4),
            "reason": self.reason,
            "evidence": self.evidence,
        }


@dataclass(frozen=True, slots=True)
class CustomerRisk:
    """One customer's place in the ranking of all. risk 0..100; light None when nothing is lit."""

    customer_id: int
    customer_no: str
    name: str
    risk: float
    light: Light | None
    rank: int
    aum_fen: int | None
    tier: str | None
    signals: tuple[Verdict, ...] = ()
    #: codes of the signals whose columns are missing
    cannot_tell: tuple[str, ...] = ()
    #: fragile profiles that apply: 'P1'..'P4'
    profiles: tuple[str, ...] = ()
    #: the hard rule that lifted the light, and its sentence
    hard_rule: str | None = None
    #: why the risk lights nothing although it is high enough (domain 4.5): a sentence
    no_light: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "customer_no": self.customer_no,
            "name": self.name,
            "risk": round(self.risk, 4),
            "light": self.light,
            "rank": self.rank,
            "signals": [verdict.as_json() for verdict in self.signals],
            "cannot_tell": list(self.cannot_tell),
            "profiles": list(self.profiles),
            "hard_rule": self.hard_rule,
            "no_light": self.no_light,
        }


@dataclass(frozen=True, slots=True)
class CheckSummary:
    """A check of the whole book at one month. `guard` is the sentence when the data guard (domain 4.5-9) blocks
    the lights; `features_off` names what could not be looked at because no column tells."""

    month: str
    as_of: str | None
    customers: int
    lights: dict[str, int]
    rule_version: str
    guard: str | None = None
    features_off: tuple[str, ...] = ()
    fresh: "Freshness | None" = None


@dataclass(frozen=True, slots=True)
class Lead:
    """A reason to contact one customer this week. kind: 'red','orange','yellow','C1','C2','C3','matured','birthday',
    'N1'.

    value_fen: assets at stake or to be gained; due: ISO date; evidence as in Verdict."""

    customer_id: int
    customer_no: str
    name: str
    kind: str
    reason: str
    value_fen: int
    due: str
    aum_fen: int | None
    tier: str | None
    evidence: dict[str, Any] = field(default_factory=dict)

    @property
    def beyond_reach(self) -> bool:
        """Whether it is about a line that no deposit the customer can be asked for reaches."""
        return self.evidence.get("topup") in ("reach", "leaving", "stale")


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One line of the customer list (latest month)."""

    customer_id: int
    customer_no: str
    name: str
    phone: str | None
    tier: str | None
    bank_level: str | None
    aum_fen: int | None
    daily_average_fen: int | None
    #: change of the daily average against the month before, fen; None when either is not told
    change_fen: int | None
    risk: float | None
    light: Light | None
    branch: str | None
    manager: str | None
    last_touch: str | None
    month: str | None


@dataclass(frozen=True, slots=True)
class CustomerHit:
    """One answer of the search box. `matched` says by what: name, pinyin, number, phone."""

    customer_id: int
    customer_no: str
    name: str
    phone: str | None
    matched: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure came from: file, sheet, row as seen in Excel, batch."""

    file: str
    sheet: str
    row: int
    batch: int


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """One month of a customer: figures in fen by field name (only those told), and where they came from."""

    month: str
    as_of: str
    figures: dict[str, int]
    source: Source | None

    def part(self, part: str, measure: str) -> int | None:
        """One part of the assets ('deposit', 'wealth', …) in a measure ('balance', 'daily_average'), fen; deposits
        from their kinds when the list gives no total."""
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
    source: Source | None

    def matured(self, day: str) -> bool:
        """Whether it came due before a day (ISO)."""
        return self.maturity_date is not None and self.maturity_date < day


@dataclass(frozen=True, slots=True)
class TouchRow:
    """One contact with a customer."""

    id: int
    date: str
    channel: str
    result: str
    initiated_by: str
    next_date: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """All that is known of one customer as of a month (domain 0-4, 10.5, 11). The parts from `picture` on are None or
    empty for a customer whom no month tells."""

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
    #: fen to the next line of the ladder, and above the own line; None when not told
    to_upgrade_fen: int | None
    to_keep_fen: int | None
    points: tuple[MonthPoint, ...]
    holdings: tuple[HoldingRow, ...]
    risk: CustomerRisk | None
    touches: tuple[TouchRow, ...]
    source: Source | None
    #: says so when the level was judged by the point-in-time balance (domain 0-5)
    tier_note: str | None = None
    #: every column of the tag layers, and the day that it is seen from
    picture: "Picture | None" = None
    standing: "Standing | None" = None
    gene: "GeneCard | None" = None
    tags: "tuple[TagOnCustomer, ...]" = ()
    behaviour: "Behaviour | None" = None
    stage: "Stage | None" = None
    offers: "tuple[Offer, ...]" = ()
    household: "Household | None" = None
    corrections: "tuple[Correction, ...]" = ()
    causes: "tuple[Cause, ...]" = ()
    next_actions: "tuple[Action, ...]" = ()
    do_not_say: "tuple[Never, ...]" = ()
    #: how old the data are that all this rests on
    fresh: "Freshness | None" = None
    #: months whose flows the balances contradict
    problems: "tuple[FlowProblem, ...]" = ()
    #: own fields of the book that need no mask (`workbench.people.legible`)
    legible: frozenset[str] = frozenset()

    @property
    def leaving_tags(self) -> "tuple[TagOnCustomer, ...]":
        """The tags that may leave the book: none that rests on the observed style."""
        return tuple(tag for tag in self.tags if not _SUBJECTIVE & {one.name for one in tag.inputs})

    def as_json(self) -> dict[str, Any]:
        return {
            "customer": {"customer_no": self.customer_no, "name": self.name}
            | {key: value for key, _, value in self.facts},
            "as_of": self.as_of,
            "freshness": _said(self.fresh),
            "tier": self._tier(),
            "gene": _said(self.gene),
            "tags": [tag.as_json() for tag in self.leaving_tags],
            "snapshots": [
                {"month": p.month, "as_of": p.as_of}
                | {key: _yuan(fen) for key, fen in p.figures.items()}
                | {"source": _where(p.source)}
                for p in self.points
            ],
            "holdings": [_holding(one, self.picture.day if self.picture else "") for one in self.holdings],
            "signals": [verdict.as_json() for verdict in self.risk.signals] if self.risk else [],
            "journey": _said(self.stage),
            "touches": [_touch(one) for one in self.touches],
            "next_actions": [one.as_json() for one in self.next_actions],
            "do_not_say": [one.as_json() for one in self.do_not_say],
            "risk": self.risk.as_json() if self.risk else None,
            "causes": [one.as_json() for one in self.causes],
            "behaviour": _said(self.behaviour),
            "household": _said(self.household),
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
            "standing": _said(self.standing),
        }


def _said(part: Any) -> Any:
    return None if part is None else part.as_json()


def _yuan(fen: int | None) -> float | None:
    return None if fen is None else fen / 100


def _where(source: Source | None) -> dict[str, Any] | None:
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


@dataclass(frozen=True, slots=True)
class BookSummary:
    """What the book holds: shown at the top of the navigation and on the week page."""

    customers: int
    months: tuple[str, ...]
    as_of: str | None
    last_import_at: str | None
    new: int
    changed: int
    vanished: int
