"""Services given to customers, recorded by hand: their kinds, recording one, listing them (domain 1)."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import tomli as tomllib
from sqlalchemy import Connection, select

from db.engine import Book
from db.journal import Writer
from db.known import services
from db.values import Value
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.people.find import customer_id


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of service: it counts for a part of a tower's way. `until` labels its second date, '' if it has none."""

    code: str
    name: str
    part: str
    tower: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class TowerService:
    """One service given. Dates ISO."""

    id: int
    kind: str
    name: str
    date: str
    until: str | None
    detail: str | None


@cache
def _shipped() -> tuple[tuple[str, dict[str, str]], ...]:
    text = (files("resources") / "rules" / "insight_towers.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["kinds"].items())


def kinds(tower: str | None = None) -> tuple[Kind, ...]:
    """The kinds of service of one tower ('top', 'waist', 'base') or all, named in the language in use."""
    return tuple(
        Kind(code, _(raw["name"]), raw["part"], raw["tower"], _(raw["until"]) if "until" in raw else "")
        for code, raw in _shipped()
        if tower in (None, raw["tower"])
    )


def record_service(
    book: Book,
    customer_no: str,
    kind: str,
    *,
    date: str | None = None,
    until: str | None = None,
    detail: str | None = None,
) -> Change:
    """Record a service given on `date` (ISO; None: today), valid `until` (ISO). Undoable.

    Raises WorkbenchError no_such_customer, and as `put_service`.
    """
    with in_words(), book.write("service", kind) as writer:
        put_service(
            writer, customer_id(writer.conn, customer_no), kind, date=date, until=until, detail=detail
        )
        return Change.by(writer, 1)


def put_service(
    writer: Writer,
    customer: int,
    kind: str,
    *,
    date: str | None = None,
    until: str | None = None,
    detail: str | None = None,
) -> int:
    """Write a service given to a customer (id) within a write; its id. Raises WorkbenchError no_such_service, bad_date,
    date_in_future, until_before_date."""
    by_code = {one.code: one for one in kinds()}
    if kind not in by_code:
        raise WorkbenchError(
            "no_such_service",
            _("没有「{kind}」这种服务。").format(kind=kind),
            _("可以用:{codes}。").format(codes=commas(f"{one.code}({one.name})" for one in kinds())),
        )
    day = _date(date) if date else today()
    if day > today():
        raise WorkbenchError(
            "date_in_future",
            _("服务日期 {date} 还没有到。").format(date=day.isoformat()),
            _("请填今天或以前的日期。"),
        )
    end = _date(until) if until else None
    if end is not None and end < day:
        raise WorkbenchError(
            "until_before_date",
            _("有效期 {until} 早于服务日期 {date}。").format(until=end.isoformat(), date=day.isoformat()),
            _("请改成服务日期当天或以后。"),
        )
    row: dict[str, Value] = {
        "customer_id": customer,
        "kind": kind,
        "date": day.isoformat(),
        "until": end.isoformat() if end else None,
        "detail": (detail or "").strip() or None,
    }
    return writer.insert(services, [row])[0]


def services_of(conn: Connection, customer_no: str) -> tuple[TowerService, ...]:
    """The services given to a customer, the newest first. Raises WorkbenchError no_such_customer."""
    names = {one.code: one.name for one in kinds()}
    query = (
        select(services)
        .where(services.c.customer_id == customer_id(conn, customer_no))
        .order_by(services.c.date.desc(), services.c.id.desc())
    )
    return tuple(
        TowerService(row.id, row.kind, names.get(row.kind, row.kind), row.date, row.until, row.detail)
        for row in conn.execute(query)
    )


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise WorkbenchError(
            "bad_date", _("「{text}」不是日期。").format(text=text), _("请写成 2026-11-23 这样。")
        ) from None
