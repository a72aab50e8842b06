"""What the manager decided about lights, as it stands on a day: explained, muted, handed over, the cause confirmed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection, Select, func, or_, select

from db.known import light_decisions
from workbench.insight.churn.verdict import LeavingCause
from workbench.rules.parameters import Rules

DecisionKind = Literal["explain", "mute", "hand_over", "cause"]
#: What may be confirmed: one of the three causes of domain 4.1, or that nobody knows.
CAUSES: tuple[LeavingCause, ...] = ("natural", "fault", "competition", "unknown")
#: More customers than this are not named in the statement; all decisions are read.
_NAMED = 500


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `value`: code of an explanation or a cause, or to whom he was handed over; `until`: the last day (ISO)
    on which it holds, None for good."""

    id: int
    kind: DecisionKind
    date: str
    value: str | None = None
    until: str | None = None
    note: str | None = None

    def as_json(self) -> dict[str, Any]:
        """For programs; without what a person wrote (the note, to whom), which may name people."""
        code = None if self.kind == "hand_over" else self.value
        return {"kind": self.kind, "date": self.date, "value": code, "until": self.until}


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions in force about one customer: the newest of each kind."""

    explained: Decision | None = None
    muted: Decision | None = None
    handed_over: Decision | None = None
    cause: Decision | None = None

    def all(self) -> tuple[Decision, ...]:
        """Those that there are."""
        return tuple(filter(None, (self.explained, self.muted, self.handed_over, self.cause)))


#: Nothing was decided.
UNDECIDED = Decisions()
_FIELDS: Mapping[str, str] = {
    "explain": "explained", "mute": "muted", "hand_over": "handed_over", "cause": "cause",
}  # fmt: skip


def decisions_on(conn: Connection, day: str, only: Collection[int] | None = None) -> dict[int, Decisions]:
    """Customer id -> the decisions in force on a day (ISO): made by then and not run out. Of each kind the newest counts,
    so that a shorter pause replaces a longer one. `only`: of these customers; None for all."""
    if only is not None and not only:
        return {}
    d = light_decisions.c
    query = select(light_decisions).where(d.date <= day)
    if only is not None and len(only) <= _NAMED:
        query = query.where(d.customer_id.in_(only))
    newest: dict[int, Decisions] = {}
    for row in conn.execute(query.order_by(d.date, d.id)):
        decision = Decision(row.id, row.kind, row.date, row.value, row.until, row.note)
        of_customer = newest.get(row.customer_id, UNDECIDED)
        newest[row.customer_id] = replace(of_customer, **{_FIELDS[row.kind]: decision})
    wanted = newest if only is None else {one: newest[one] for one in only if one in newest}
    in_force = {one: _still(decisions, day) for one, decisions in wanted.items()}
    return {one: decisions for one, decisions in in_force.items() if decisions.all()}


def _still(decisions: Decisions, day: str) -> Decisions:
    """The decisions without those that ran out before the day."""
    over = {_FIELDS[one.kind]: None for one in decisions.all() if one.until is not None and one.until < day}
    return replace(decisions, **over)


def confirmed_causes(conn: Connection) -> dict[LeavingCause, int]:
    """How many customers of the book have each cause confirmed; the last confirmation of a customer counts."""
    latest = latest_causes().subquery("latest")
    query = select(latest.c.value, func.count()).where(latest.c.place == 1).group_by(latest.c.value)
    numbers = {str(value): int(number) for value, number in conn.execute(query)}
    return {cause: numbers.get(cause, 0) for cause in CAUSES}


def latest_causes() -> Select[Any]:
    """Customer id, confirmed cause and its place among those of the customer (1: the last one)."""
    d = light_decisions.c
    place = func.row_number().over(partition_by=d.customer_id, order_by=(d.date.desc(), d.id.desc()))
    return select(d.customer_id, d.value, place.label("place")).where(d.kind == "cause")


def grounds_of_leaving(
    conn: Connection, only: Collection[int], until: str | None = None
) -> list[tuple[int, int, str]]:
    """(customer id, id, day) of what told why some customers' money left, the newest first: a cause that was confirmed and is
    known, an outflow that was explained; also what has run out. `until` a day (ISO); None: ever."""
    d = light_decisions.c
    told = or_(d.kind == "explain", (d.kind == "cause") & (d.value != "unknown"))
    query = select(d.customer_id, d.id, d.date).where(told)
    if len(only) <= _NAMED:
        query = query.where(d.customer_id.in_(only))
    if until is not None:
        query = query.where(d.date <= until)
    rows = conn.execute(query.order_by(d.date.desc(), d.id.desc()))
    return [(row.customer_id, row.id, row.date) for row in rows if row.customer_id in only]


def explanations_between(first: str, last: str, day: str) -> Select[Any]:
    """Customer ids of the explanations decided between two days (ISO) that still hold on a day."""
    d = light_decisions.c
    return select(d.customer_id).where(
        d.kind == "explain", d.date.between(first, last), or_(d.until.is_(None), d.until >= day)
    )


def reasons(rules: Rules) -> tuple[tuple[str, str], ...]:
    """(code, name) of what may explain an outflow (domain 4.5-4)."""
    return tuple((code, rules.text(f"explained.reason.{code}")) for code in rules.words("explained.reasons"))


def cause_names(rules: Rules) -> tuple[tuple[LeavingCause, str], ...]:
    """(code, name) of what may be confirmed as the cause."""
    return tuple((code, _cause_name(code, rules)) for code in CAUSES)


def _cause_name(code: str, rules: Rules) -> str:
    return rules.text("cause.unclear" if code == "unknown" else f"cause.{code}")


def in_words(decision: Decision, rules: Rules) -> str:
    """One sentence about a decision with its day: '11-20 已说明去向:买房,到 2027-02-18'."""
    named = decision.value or ""
    if decision.kind == "cause":
        named = _cause_name(named, rules)
    elif decision.kind == "explain" and rules.has_text(key := f"explained.reason.{named}"):
        named = rules.text(key)
    return rules.text(f"decision.{decision.kind}").format(
        date=decision.date, value=named, until=decision.until or ""
    )
