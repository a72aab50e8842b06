"""Stores the results of a check: the verdict of each customer, the grades of his signals, the ranks; only what changed.

No sentence and no evidence: these are made when somebody reads (`results.py`).
"""

import json
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Insert,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.schema import CreateTable

from db.known import check_runs
from db.shapes import Number
from db.stores.planning import reads_every_customer
from db.tables import customers, risks, signals
from workbench.base.months import data_date
from workbench.insight.churn.assessing import guard_of, version
from workbench.insight.churn.fusion import severity_of
from workbench.insight.churn.signals.registry import CODES
from workbench.insight.churn.statement import CheckStatement, named
from workbench.rules.parameters import Rules

_VERDICT = ("risk", "light", "aum", "tier", "profiles", "cannot_tell", "hard_rule", "facts")
#: filled by INSERT ... SELECT, whose compiled form is kept, unlike that of a table made from a SELECT; looked into customer by
#: customer, which without its key takes minutes where everybody is checked again
_FRESH = Table(
    "fresh_verdicts",
    MetaData(),
    Column("customer_id", Integer, primary_key=True, autoincrement=False),
    Column("no", Text),
    *(Column(name, risks.c[name].type) for name in _VERDICT),
    *(Column(code, Number) for code in CODES),
    Column("place", Integer),
    prefixes=["TEMPORARY"],
)


def store(
    conn: Connection,
    check: CheckStatement,
    revision: int,
    rules: Rules,
    only: Collection[int] | None = None,
) -> None:
    """Brings the month's stored results up to date, or those of the customers of `only`; the ranks are those of all.

    Inside `Book.derive()`. `revision` is the state of the book that the results stand on.
    """
    month = check.window.month
    if only is None:
        reads_every_customer(conn)
    conn.execute(CreateTable(_FRESH, if_not_exists=True))
    if only is None:
        conn.execute(_fresh_of_all(check))
    else:
        conn.execute(_fresh_of_some(check), {"named": sorted(only)})
    stood = None if only is None else _stored(conn, month, only)
    first = conn.execute(select(risks.c.id).where(risks.c.month == month).limit(1)).first() is None
    if first:
        _insert(conn, month, select(_FRESH))
    else:
        _bring_up(conn, month, only)
    _signals(conn, month, rules, only, first=first)
    if stood is not None and stood == _stored(conn, month, only or ()):
        # nobody's verdict is another, so no rank and no number of lights is
        conn.execute(update(check_runs).values(revision=revision).where(check_runs.c.month == month))
        _emptied(conn, only)
        return
    if not first:
        _rank(conn, month)
    counted = _FRESH if only is None else select(risks).where(risks.c.month == month).subquery("counted")
    _keep_run(conn, month, revision, rules, counted)
    _emptied(conn, only)


def _emptied(conn: Connection, only: Collection[int] | None) -> None:
    """Gives back the room of a whole book. After a few the table stays for the next: without it SQLite would plan anew all
    statements that the connection holds ready."""
    if only is None:
        _FRESH.drop(conn)
    else:
        conn.execute(delete(_FRESH))


@lru_cache(maxsize=12)
def _fresh_of_all(check: CheckStatement) -> Insert:
    """The statement of a check that is run again and again: after each write, for each week."""
    return _fresh(check.verdicts())


@lru_cache(maxsize=12)
def _fresh_of_some(check: CheckStatement) -> Insert:
    """The same for customers whose ids it is given as `named`."""
    return _fresh(check.named_verdicts)


def _fresh(verdicts: Select[Any]) -> Insert:
    rows = verdicts.subquery("verdicts")
    place = func.row_number().over(order_by=_order(rows.c, rows.c.no))
    columns = [rows.c[column.name] for column in _FRESH.columns if column.name != "place"]
    fresh = select(*columns, place.label("place"))
    return insert(_FRESH).from_select([column.name for column in _FRESH.columns], fresh)


def _order(verdict: Any, number: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
    """By risk, then assets, then number."""
    return (verdict.risk.desc(), func.coalesce(verdict.aum, 0).desc(), number)


def _insert(conn: Connection, month: str, fresh: Select[Any]) -> None:
    new = fresh.subquery("new").c
    values = select(new.customer_id, literal(month), new.place, *(new[name] for name in _VERDICT))
    conn.execute(
        insert(risks).from_select(
            ["customer_id", "month", "rank", *_VERDICT],
            values.order_by(new.customer_id),
            include_defaults=False,
        )
    )


def _stored(conn: Connection, month: str, only: Collection[int]) -> list[tuple[Any, ...]]:
    """The stored verdicts of some customers."""
    query = select(risks.c.customer_id, *(risks.c[name] for name in _VERDICT)).where(
        risks.c.month == month, *_among(risks, only)
    )
    return [tuple(row) for row in conn.execute(query.order_by(risks.c.customer_id))]


def _bring_up(conn: Connection, month: str, only: Collection[int] | None) -> None:
    """Removes, changes and adds what differs from the fresh verdicts."""
    fresh = _FRESH.c
    # a set, not a look per row: the fresh verdicts have no index
    gone = risks.c.customer_id.not_in(select(fresh.customer_id))
    conn.execute(delete(risks).where(risks.c.month == month, gone, *_among(risks, only)))
    differs = or_(*(risks.c[name].is_distinct_from(fresh[name]) for name in _VERDICT))
    conn.execute(
        update(risks)
        .values({name: fresh[name] for name in _VERDICT})
        .where(
            risks.c.month == month, risks.c.customer_id == fresh.customer_id, differs, *_among(risks, only)
        )
    )
    known = exists(select(literal(1)).where(risks.c.month == month, risks.c.customer_id == fresh.customer_id))
    _insert(conn, month, select(_FRESH).where(~known))


def _signals(
    conn: Connection, month: str, rules: Rules, only: Collection[int] | None, *, first: bool
) -> None:
    anchors = rules.numbers("grade.anchors")
    fresh = _FRESH.c
    hits = union_all(
        *(
            select(
                fresh.customer_id, literal(code).label("code"),
                severity_of(fresh[code], anchors).label("severity"), fresh[code].label("grade"),
            ).where(fresh[code] >= anchors[0] - 1e-9)
            for code in CODES
        )
    ).subquery("hits")  # fmt: skip
    new = select(hits.c.customer_id, literal(month), hits.c.code, hits.c.severity, hits.c.grade)
    if not first:
        same = (
            (signals.c.customer_id == hits.c.customer_id)
            & (signals.c.code == hits.c.code)
            & (signals.c.severity == hits.c.severity)
            & (signals.c.grade == hits.c.grade)
        )
        of_month = signals.c.month == month
        conn.execute(
            delete(signals).where(of_month, ~exists(select(literal(1)).where(same)), *_among(signals, only))
        )
        new = new.where(~exists(select(literal(1)).where(of_month, same)))
    names = ["customer_id", "month", "code", "severity", "grade"]
    conn.execute(insert(signals).from_select(names, new, include_defaults=False))


def _among(of: FromClause, only: Collection[int] | None) -> list[ColumnElement[bool]]:
    return [] if only is None else [of.c.customer_id.in_(only)]


def _rank(conn: Connection, month: str) -> None:
    """Sets the ranks of a month where they are others."""
    ranked = (
        select(
            risks.c.id,
            func.row_number().over(order_by=_order(risks.c, customers.c.customer_no)).label("place"),
        )
        .join(customers, customers.c.id == risks.c.customer_id)
        .where(risks.c.month == month)
        .subquery("ranked")
    )
    conn.execute(
        update(risks)
        .values(rank=ranked.c.place)
        .where(risks.c.id == ranked.c.id, risks.c.rank != ranked.c.place)
    )


def _keep_run(conn: Connection, month: str, revision: int, rules: Rules, counted: FromClause) -> None:
    """What the results stand on, and their numbers, so that nobody counts them again."""
    numbers, off = counts(conn, counted)
    conn.execute(delete(check_runs).where(check_runs.c.month == month))
    conn.execute(
        insert(check_runs),
        {
            "month": month, "as_of": data_date(conn, month) or month, "revision": revision,
            "rule_version": version(rules), "guarded": int(guard_of(conn, month) is not None),
            "lights": json.dumps(numbers), "never_judged": json.dumps(off),
        },
    )  # fmt: skip


def counts(conn: Connection, verdicts: FromClause) -> tuple[dict[str, int], list[str]]:
    """How many customers carry each light ('none' among them), and the codes that none could be judged by."""
    query = select(verdicts.c.light, verdicts.c.cannot_tell, func.count().label("number")).group_by(
        verdicts.c.light, verdicts.c.cannot_tell
    )
    numbers: dict[str, int] = {}
    off = (1 << len(CODES)) - 1
    rows = conn.execute(query).all()
    for light, unknown, number in rows:
        numbers[light or "none"] = numbers.get(light or "none", 0) + number
        off &= unknown
    return numbers, sorted(named(CODES, off)) if rows else []
