"""快失去联系的客户: who was not talked to within his interval, or will not have been within a week (domain 6.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, literal, or_, select

from db.stores.planning import reads_every_customer
from db.tables import touches
from workbench.base.dates import days_after
from workbench.base.expressions import day_number
from workbench.base.i18n import _
from workbench.outreach.cadence.whom import KeptInTouch
from workbench.people import consent
from workbench.rules.parameters import Rules


class LosingJson(TypedDict):
    """A customer about to be lost sight of; `last_talk`, `due` ISO or null where no talk is known."""

    customer_no: str
    name: str
    tier: str | None
    last_talk: str | None
    interval: int | None
    own_interval: bool
    due: str | None
    days_over: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class LosingCustomer:
    """One of them. `assets_fen` None where not told; `interval` in days, `own`: his own; `last_talk`, `due` (ISO) and `over`
    (days beyond the interval, negative: days left) None where no talk with him is known or his level is not; `aside`: what
    consent asks to mind."""

    customer_id: int
    customer_no: str
    name: str
    tier: str | None
    assets_fen: int | None
    interval: int | None
    own: bool
    last_talk: str | None
    due: str | None
    over: int | None
    aside: str = ""

    @property
    def reason(self) -> str:
        """Why he stands there, in one sentence with its figures."""
        if self.interval is None:
            return _("看不出层级,不知道该多久联系一次")
        every = _("自定 {n} 天联系一次") if self.own else _("按层级 {n} 天联系一次")
        often = every.format(n=self.interval)
        if self.last_talk is None or self.over is None:
            return _("{often},没有有效联系的记录,看不出上次是哪天").format(often=often)
        if self.over > 0:
            words = _("{often},上次有效联系是 {day},已超 {n} 天")
        elif self.over:
            words = _("{often},上次有效联系是 {day},还有 {n} 天到期")
        else:
            words = _("{often},上次有效联系是 {day},今天到期")
        return words.format(often=often, day=self.last_talk, n=abs(self.over))

    def as_json(self) -> LosingJson:
        """The customer for the command line."""
        return {
            "customer_no": self.customer_no, "name": self.name, "tier": self.tier, "last_talk": self.last_talk,
            "interval": self.interval, "own_interval": self.own, "due": self.due, "days_over": self.over,
            "reason": self.reason,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class LosingList:
    """The list on a day (ISO) by data of `as_of` (ISO). `customers`: those over their interval, then those within a week of
    it, each the largest first; `untold`: those whom nothing can be said of, the largest first; `logged`: whether the book has
    any contact: without one nobody is named. `over`, `soon`, `unknown`
    count all of them, also those beyond the limit."""

    day: str
    as_of: str | None
    over: int = 0
    soon: int = 0
    unknown: int = 0
    customers: tuple[LosingCustomer, ...] = ()
    untold: tuple[LosingCustomer, ...] = ()
    logged: bool = True

    @property
    def words(self) -> str:
        """What the list holds, in one sentence."""
        if self.as_of is None:
            return _("还没有客户名单,看不出该联系谁。")
        if not self.logged:
            return _("账本里没有联系记录,看不出谁快失去联系;记下联系或导入联系记录后,这里就列出来。")
        if not self.over + self.soon + self.unknown:
            return _("没有超过联系间隔的客户。")
        text = _("超过联系间隔 {over} 户,快到期 {soon} 户").format(
            over=f"{self.over:,}", soon=f"{self.soon:,}"
        )
        if self.unknown:
            text += _(";另有 {n} 户看不出上次有效联系是哪天").format(n=f"{self.unknown:,}")
        return text + _("。")


def losing(
    conn: Connection, of: KeptInTouch, as_of: str, day: str, rules: Rules, limit: int | None = None
) -> LosingList:
    """The list on a day (ISO), at most `limit` customers in each part (None: all)."""
    if conn.execute(select(touches.c.id).where(touches.c.date <= day).limit(1)).first() is None:
        return LosingList(day, as_of, logged=False)
    reads_every_customer(conn)
    now = day_number(literal(day))
    over = now - day_number(of.last_talk) - of.interval
    soon = over >= -rules.whole("cadence.soon_days")
    known = and_(of.last_talk.is_not(None), of.interval.is_not(None))
    near, beyond, unknown = and_(known, soon, over <= 0), and_(known, over > 0), ~known
    counts = select(*(_number(one) for one in (beyond, near, unknown))).select_from(of.source).where(of.about)
    n_over, n_soon, n_unknown = (int(number) for number in conn.execute(counts).one())
    columns = (
        of.customer_id.label("customer_id"), of.customer_no, of.name, of.level.label("tier"), of.assets.label("assets"),
        of.interval.label("interval"), of.own.label("own"), of.last_talk.label("last_talk"), over.label("over"),
    )  # fmt: skip
    largest = (func.coalesce(of.assets, -1).desc(), of.customer_no, of.customer_id)
    query = select(*columns).select_from(of.source)
    listed = query.where(of.about, or_(beyond, near)).order_by(case((over > 0, 0), else_=1), *largest)
    untold = query.where(of.about, unknown).order_by(*largest)
    return LosingList(
        day, as_of, n_over, n_soon, n_unknown,
        _customers(conn, conn.execute(listed.limit(limit)).all(), day, rules),
        _customers(conn, conn.execute(untold.limit(limit)).all(), day, rules),
    )  # fmt: skip


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


#: more customers than this are not asked about their consent one by one: nobody reads so long a list
_WITH_CONSENT = 500


def _customers(
    conn: Connection, rows: Sequence[Row[tuple[int]]], day: str, rules: Rules
) -> tuple[LosingCustomer, ...]:
    ids = [row.customer_id for row in rows[:_WITH_CONSENT]]
    held = consent.held(conn, day, None, rules, ids) if ids else {}
    return tuple(
        LosingCustomer(
            row.customer_id, row.customer_no, row.name or "", row.tier, row.assets, row.interval, bool(row.own),
            row.last_talk, _due(row.last_talk, row.interval), row.over,
            held[row.customer_id].aside if row.customer_id in held else "",
        )
        for row in rows
    )  # fmt: skip


def _due(last: str | None, interval: int | None) -> str | None:
    return None if last is None or interval is None else days_after(last, interval)
