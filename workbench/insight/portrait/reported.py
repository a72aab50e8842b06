"""What lists and contact log report of one customer, before anything is concluded: with source rows."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Connection, func, select
from sqlalchemy.engine import RowMapping

from db.audit import revision
from db.record import batches
from db.tables import customers, holdings, snapshots, touches
from workbench.base.i18n import _
from workbench.base.money import exact_yuan
from workbench.insight.churn import results
from workbench.insight.churn.assessing import assess, version
from workbench.insight.churn.verdict import CustomerRisk
from workbench.insight.portrait.portrait import HoldingRow, MonthPoint, Portrait, TouchRow
from workbench.insight.tags.picture import Picture
from workbench.people.labels import ordered_fields
from workbench.people.legible import legible
from workbench.people.particulars import BY_NUMBER, by_number
from workbench.people.source_row import SourceRow
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

#: Money columns of a month, by name.
_MONEY = tuple(column.name for column in snapshots.columns if isinstance(column.type, BigInteger))


def reported(
    conn: Connection,
    person: RowMapping,
    months: list[RowMapping],
    as_of: str | None,
    rules: Rules,
    picture: Picture,
) -> Portrait:
    """The portrait as far as lists and contact log report it, before anything is concluded."""
    newest = months[-1] if months else None
    sources = ImportSources(conn)
    ladder = Ladder.of(rules)
    average = _first(newest, "aum_daily_average", "aum_balance")
    stood_in = _by_number(conn, person, newest, picture)
    tier = ladder.level(average, newest["last_txn_date"], newest["as_of"]) if newest else None
    tower = ladder.tower(tier)
    return Portrait(
        customer_id=person["id"],
        customer_no=person["customer_no"],
        name=person["name"] or "",
        month=newest["month"] if newest else None,
        as_of=newest["as_of"] if newest else None,
        facts=_facts(person, newest, stood_in),
        by_number=frozenset(stood_in),
        legible=legible(conn),
        tier=tier,
        tier_name=rules.text(f"tier.{tier}") if tier else None,
        tower=rules.text(f"tower.{tower}") if tower else None,
        bank_level=_first(newest, "bank_level") or person["bank_level"],
        to_upgrade_fen=ladder.to_upgrade(average),
        to_keep_fen=ladder.to_keep(average),
        points=tuple(
            MonthPoint(
                row["month"],
                row["as_of"],
                {name: row[name] for name in _MONEY if row[name] is not None},
                sources.of(row["batch_id"], row["source_row"]),
            )
            for row in months
        ),
        holdings=_holdings(conn, person["id"], (as_of or "9999-12")[:7], sources),
        risk=_risk(conn, person, newest["month"] if newest else None, rules, picture),
        touches=_touches(conn, person["id"], as_of),
        source=sources.of(newest["batch_id"], newest["source_row"])
        if newest
        else sources.of(person["batch_id"], person["source_row"]),
        tier_note=rules.text("basis.balance")
        if tier and _first(newest, "aum_daily_average") is None
        else None,
    )


def _first(row: RowMapping | None, *names: str) -> Any:
    """The value of the first of these columns that is not NULL."""
    return next((row[name] for name in names if row[name] is not None), None) if row else None


def months_of(conn: Connection, customer_id: int, last: str) -> list[RowMapping]:
    """The months of a customer up to one, the oldest first."""
    query = (
        select(snapshots)
        .where(snapshots.c.customer_id == customer_id, snapshots.c.month <= last)
        .order_by(snapshots.c.month)
    )
    return list(conn.execute(query).mappings())


def _by_number(
    conn: Connection, person: RowMapping, newest: RowMapping | None, picture: Picture
) -> dict[str, object]:
    """Sex, date of birth and age as far as no list tells them and the identity number does (domain 16.4)."""
    query = select(*(by_number(field).label(field) for field in BY_NUMBER))
    row = conn.execute(query.where(customers.c.id == person["id"])).mappings().one()
    particulars: dict[str, object] = {field: value for field, value in row.items() if value is not None}
    age = picture.get("age")
    # after a correction by hand the age no longer comes from the number
    counts = "birth_date" in particulars and picture.get("birth_date") == particulars["birth_date"]
    if counts and age is not None and _first(newest, "age") is None:
        particulars["age"] = age
    return particulars


def _facts(
    person: RowMapping, newest: RowMapping | None, stood_in: Mapping[str, object]
) -> tuple[tuple[str, str, str], ...]:
    """(key, label, value) of every field. The month's value comes before the latest known one, so that an earlier month
    shows what was true then."""
    facts = []
    for key, label, kind in ordered_fields():
        value = newest[key] if newest and key in newest else None
        if value is None and key in person:
            value = person[key]
        value = stood_in.get(key, value)
        if value is not None and key not in ("customer_no", "name"):
            facts.append((key, label, _shown(value, kind)))
    unknown = json.loads(person["extra"]) if person["extra"] else {}
    facts.extend((str(header), str(header), str(value)) for header, value in unknown.items())
    return tuple(facts)


def _shown(value: Any, kind: str) -> str:
    if kind == "money":
        return exact_yuan(value)
    if kind == "flag":
        return _("是") if value else _("否")
    if kind == "percent":
        return f"{value:.0%}"
    return str(value)


def _holdings(
    conn: Connection, customer_id: int, last: str, sources: "ImportSources"
) -> tuple[HoldingRow, ...]:
    """The newest list of holdings and the newest list of maturities, up to the month."""
    h = holdings.c
    rows: list[HoldingRow] = []
    for kind in ("holding", "maturity"):
        of_kind = (h.customer_id == customer_id, h.kind == kind, h.month <= last)
        newest = select(func.max(h.month)).where(*of_kind).scalar_subquery()
        query = select(holdings).where(*of_kind, h.month == newest).order_by(h.amount.desc(), h.id)
        rows.extend(
            HoldingRow(
                row.product_code, row.product_name, row.category, row.product_risk, row.amount, row.profit,
                row.maturity_date, row.kind, sources.of(row.batch_id, row.source_row), row.as_of,
            )
            for row in conn.execute(query)
        )  # fmt: skip
    return tuple(rows)


def _touches(conn: Connection, customer_id: int, as_of: str | None) -> tuple[TouchRow, ...]:
    """Contacts, the newest first."""
    query = select(touches).where(touches.c.customer_id == customer_id)
    if as_of:
        query = query.where(touches.c.date <= (as_of if len(as_of) > 7 else as_of + "-31"))
    return tuple(
        TouchRow(row.id, row.date, row.channel, row.result, row.initiated_by, row.next_date, row.note)
        for row in conn.execute(query.order_by(touches.c.date.desc(), touches.c.id.desc()))
    )


def _risk(
    conn: Connection, person: RowMapping, month: str | None, rules: Rules, picture: Picture
) -> CustomerRisk | None:
    """The stored result of the month while it is up to date, else a check of this one customer now."""
    if month is None:
        return None
    stored = results.of_customer(conn, month, person["id"], rules)
    if stored is not None and results.is_current(conn, month, revision(conn), version(rules)):
        return stored
    checked = picture.checked if picture.month == month else None
    assessed = checked or assess(conn, month, rules, person["id"])
    if assessed is None:
        return None
    rank = stored.rank if stored else 0
    return results.as_fact(conn, month, assessed, person["name"] or "", person["open_date"], rules, rank=rank)


class ImportSources:
    """Source rows; each import is read once."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._known: dict[int, tuple[str, str] | None] = {}

    def of(self, batch: int | None, row: int | None) -> SourceRow | None:
        """The source row of an import and a row number; None where either is unknown."""
        if batch is None or row is None:
            return None
        if batch not in self._known:
            query = select(batches.c.file, batches.c.sheet).where(batches.c.id == batch)
            batch_row = self._conn.execute(query).first()
            self._known[batch] = (batch_row.file, batch_row.sheet) if batch_row else None
        named = self._known[batch]
        return SourceRow(named[0], named[1], row, batch) if named else None
