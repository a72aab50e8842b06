"""Outflows that the lists explain by themselves (domain 4.5-4): a loan repaid, an own product that AUM leaves out, an
account of the family. Only as much counts as balances confirm."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, FromClause, Row, case, func, literal, or_, select

from db.known import relations
from db.tables import snapshots
from workbench.base.dates import shift_month
from workbench.base.expressions import Expr
from workbench.base.money import wan
from workbench.insight.measures.scope import reported_data
from workbench.rules.parameters import Rules
from workbench.rules.sentences import shown

_PART = 5_000
#: up to this many customers nobody looks first who has anything to explain
_FEW = 50
#: a customer's balances of one month
_Balances = Row[Any]


@dataclass(frozen=True, slots=True)
class ListedExplanation:
    """What explains a customer's fall since a month: `parts` are (code of the explanation, fen), at most `lost_fen`
    together. It explains the fall if it makes up `explained.share` of it (`enough`)."""

    lost_fen: int
    parts: tuple[tuple[str, int], ...]
    enough: bool
    sentence: str

    @property
    def known_fen(self) -> int:
        """Fen of the fall that balances confirm to be elsewhere."""
        return sum(fen for _code, fen in self.parts)


def explained_by_lists(
    conn: Connection, month: str, only: Collection[int], rules: Rules
) -> dict[int, ListedExplanation]:
    """Customer id -> what the lists explain of his fall over `explained.back` months; those without a fall, without both
    months or without any explanation are left out."""
    since = shift_month(month, -rules.whole("explained.back"))
    family = _family(conn, only, rules)
    # of a few all balances are read at once
    traced = frozenset(only) if len(only) <= _FEW else _with_trace(conn, (since, month), only, rules)
    ids = sorted(family.keys() | traced)
    everyone = sorted({*ids, *(other for others in family.values() for other in others)})
    balances = _balances(conn, (since, month), everyone, rules.words("intake.aum_parts"))
    #: what a relative gained is somebody's once only
    gained = {one: max(_rise(balances, one, since, month), 0) for one in everyone}
    explanations = {}
    for one in ids:
        before, now = balances.get((one, since)), balances.get((one, month))
        if before is None or now is None:
            continue
        lost = -_rise(balances, one, since, month)
        if lost <= 0:
            continue
        parts = _parts(lost, before, now, rules)
        left = lost - sum(fen for _code, fen in parts)
        moved = 0
        for other in family.get(one, ()):
            taken = min(left - moved, gained[other])
            gained[other] -= taken
            moved += taken
        if moved > 0:
            parts.append(("family", moved))
        if parts:
            explanations[one] = _worded(lost, tuple(parts), since, rules)
    return explanations


def _with_trace(conn: Connection, months: tuple[str, str], only: Collection[int], rules: Rules) -> set[int]:
    """Those of `only` whose balance fell between the months, and of whom a loan that fell too, or more than AUM knows of,
    is told: of the others no list explains anything."""
    every, finer = rules.words("intake.aum_parts"), rules.words("intake.deposit_parts")
    reported = reported_data(conn, months[1], with_number=False)
    if reported is None:
        return set()
    # what no list tells adds nothing, and the rows are wide
    every = tuple(part for part in every if f"{part}_balance" in reported.columns)
    with_loans = "loan_balance" in reported.columns
    if not every and not with_loans:
        return set()
    before, now = snapshots.alias("before"), snapshots.alias("now")
    beyond = case(
        (now.c.deposit_balance.is_not(None), _sum_of(now, [part for part in every if part not in finer])),
        else_=_sum_of(now, [part for part in every if part != "deposit"]),
    )
    query = (
        select(now.c.customer_id)
        .join(before, before.c.customer_id == now.c.customer_id)
        .where(
            before.c.month == months[0],
            now.c.month == months[1],
            now.c.aum_balance < before.c.aum_balance,
            # what this month tells alone, so that of most the month before is not looked up
            or_(beyond > now.c.aum_balance, *([now.c.loan_balance.is_not(None)] if with_loans else [])),
            or_(
                beyond > now.c.aum_balance,
                *([before.c.loan_balance > now.c.loan_balance] if with_loans else []),
            ),
        )
    )
    # in order, so that the parts go through the book once
    wanted = sorted(only)
    found: set[int] = set()
    for start in range(0, len(wanted), _PART):
        part = query.where(now.c.customer_id.in_(wanted[start : start + _PART]))
        found.update(conn.execute(part).scalars())
    return found


def _sum_of(row: FromClause, parts: Sequence[str]) -> Expr:
    """The sum of the parts that are told, in fen."""
    total: Expr = literal(0)
    for part in parts:
        total = total + func.coalesce(row.c[f"{part}_balance"], 0)
    return total


def _parts(lost: int, before: _Balances, now: _Balances, rules: Rules) -> list[tuple[str, int]]:
    """Loans repaid and own products outside AUM, each at most what is left to explain."""
    parts = []
    for code, fen in (
        ("loan", _difference(before.loan_balance, now.loan_balance)),
        ("own_product", _difference(_outside(now, rules), _outside(before, rules))),
    ):
        if (taken := min(fen, lost)) > 0:
            parts.append((code, taken))
            lost -= taken
    return parts


def _difference(more: int | None, less: int | None) -> int:
    return 0 if more is None or less is None else more - less


def _outside(row: _Balances, rules: Rules) -> int | None:
    """What the customer holds beyond AUM, in fen: the parts added up, as far as they exceed it. None without AUM or parts."""
    names = set(rules.words("intake.aum_parts"))
    # the kinds of deposit are told beside their sum
    finer = set(rules.words("intake.deposit_parts"))
    names -= finer if row.deposit_balance is not None else {"deposit"}
    known: list[int] = [fen for part in names if (fen := getattr(row, f"{part}_balance")) is not None]
    if row.aum_balance is None or not known:
        return None
    return max(sum(known) - int(row.aum_balance), 0)


def _rise(balances: Mapping[tuple[int, str], _Balances], one: int, since: str, month: str) -> int:
    """By how many fen a customer's balance rose; 0 where a month does not tell it."""
    before, now = balances.get((one, since)), balances.get((one, month))
    if before is None or now is None:
        return 0
    return _difference(now.aum_balance, before.aum_balance)


def _balances(
    conn: Connection, months: tuple[str, str], ids: Collection[int], parts: Sequence[str]
) -> dict[tuple[int, str], _Balances]:
    read = ("customer_id", "month", "aum_balance", "loan_balance", *(f"{part}_balance" for part in parts))
    query = select(*(snapshots.c[name] for name in read)).where(snapshots.c.month.in_(months))
    wanted = list(ids)
    rows: dict[tuple[int, str], _Balances] = {}
    for start in range(0, len(wanted), _PART):
        part = query.where(snapshots.c.customer_id.in_(wanted[start : start + _PART]))
        rows.update({(row.customer_id, row.month): row for row in conn.execute(part)})
    return rows


def _family(conn: Connection, ids: Collection[int], rules: Rules) -> dict[int, list[int]]:
    """Customer id -> the relatives in the book, from links registered on either side."""
    r, wanted = relations.c, frozenset(ids)
    query = select(r.customer_id, r.other_id).where(
        r.kind.in_(rules.words("links.family")), r.other_id.is_not(None), r.customer_id != r.other_id
    )
    family: dict[int, list[int]] = {}
    for one, other in conn.execute(query.order_by(r.id)):
        for customer, relative in ((one, other), (other, one)):
            if customer in wanted and relative not in family.get(customer, ()):
                family.setdefault(customer, []).append(relative)
    return family


def _worded(lost: int, parts: tuple[tuple[str, int], ...], since: str, rules: Rules) -> ListedExplanation:
    known = sum(fen for _code, fen in parts)
    words = rules.text("reason.joint").join(
        rules.text(f"explained.lists.{code}").format(amount=wan(fen)) for code, fen in parts
    )
    sentence = rules.text("explained.lists").format(
        since=since, lost=wan(lost), parts=words, share=shown("share", known / lost)
    )
    return ListedExplanation(lost, parts, known >= lost * rules.number("explained.share"), sentence)
