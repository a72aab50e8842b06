"""What insight says of a customer: verdicts with reasons, risks, portraits; frozen values without any SQL."""

from dataclasses import dataclass, field
from typing import Any, Literal

State = Literal["hit", "no", "unknown"]
Light = Literal["red", "orange", "yellow"]


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


@dataclass(frozen=True, slots=True)
class Lead:
    """A reason to contact one customer this week. kind: 'red','orange','yellow','C1','C2','C3','birthday','N1'.

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
    """All that is known of one customer as of a month (domain 0, 1, 4)."""

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

    def as_json(self) -> dict[str, Any]:
        def where(source: Source | None) -> dict[str, Any] | None:
            if source is None:
                return None
            return {"file": source.file, "sheet": source.sheet, "row": source.row, "batch": source.batch}

        def yuan(fen: int | None) -> float | None:
            return None if fen is None else fen / 100

        return {
            "customer": {"customer_no": self.customer_no, "name": self.name}
            | {key: value for key, _, value in self.facts},
            "as_of": self.as_of,
            "tier": {
                "code": self.tier,
                "name": self.tier_name,
                "tower": self.tower,
                "bank_level": self.bank_level,
                "note": self.tier_note,
                "to_upgrade": yuan(self.to_upgrade_fen),
                "to_keep": yuan(self.to_keep_fen),
            },
            "snapshots": [
                {"month": p.month, "as_of": p.as_of}
                | {key: yuan(fen) for key, fen in p.figures.items()}
                | {"source": where(p.source)}
                for p in self.points
            ],
            "holdings": [
                {
                    "product_code": h.product_code,
                    "product_name": h.product_name,
                    "category": h.category,
                    "product_risk": h.product_risk,
                    "amount": yuan(h.amount_fen),
                    "profit": yuan(h.profit_fen),
                    "maturity_date": h.maturity_date,
                    "kind": h.kind,
                    "source": where(h.source),
                }
                for h in self.holdings
            ],
            "signals": [verdict.as_json() for verdict in self.risk.signals] if self.risk else [],
            "risk": self.risk.as_json() if self.risk else None,
            "touches": [
                {
                    "date": t.date,
                    "channel": t.channel,
                    "result": t.result,
                    "initiated_by": t.initiated_by,
                    "next_date": t.next_date,
                    "note": t.note,
                }
                for t in self.touches
            ],
            "source": where(self.source),
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
