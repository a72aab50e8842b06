"""The measures of which a goal may be set, and how far each came in a period."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Connection, func, select

from db.stores.planning import reads_every_customer
from db.tables import snapshots, touches
from workbench.base.i18n import _
from workbench.outreach.goals.span import Span
from workbench.outreach.log.counting import CountingContacts
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class GoalSource:
    """What a measure is counted from: `month` is the newest list within the span, '' where the log is counted."""

    conn: Connection
    rules: Rules
    span: Span
    month: str = ""


@dataclass(frozen=True, slots=True)
class GoalMeasure:
    """A measure: its code, what it is called, whether it is money (fen) or a count, whether lists or the log tell it.
    `reached`: how far it came; None where that cannot be told."""

    code: str
    named: Callable[[], str]
    unit: Literal["fen", "count"]
    counted_in: Literal["lists", "log"]
    reached: Callable[[GoalSource], int | None]

    @property
    def name(self) -> str:
        """Its name in the language in use."""
        return self.named()


def _growth(column: ColumnElement[int]) -> Callable[[GoalSource], int | None]:
    """How much the sum of a balance grew since the month before the span."""

    def grown(of: GoalSource) -> int | None:
        """Fen; None where one of the two lists does not tell the balance."""
        reads_every_customer(of.conn)
        query = (
            select(snapshots.c.month, func.sum(column))
            .where(snapshots.c.month.in_((of.span.before, of.month)))
            .group_by(snapshots.c.month)
        )
        sums = {row[0]: row[1] for row in of.conn.execute(query)}
        before, now = sums.get(of.span.before), sums.get(of.month)
        return None if before is None or now is None else int(now) - int(before)

    return grown


def _qualified(of: GoalSource) -> int | None:
    """Customers on or above the line (see `goal.line`) who were not in the month before the span."""
    reads_every_customer(of.conn)
    held = func.coalesce(snapshots.c.aum_daily_average, snapshots.c.aum_balance)
    line = of.rules.whole("goal.line") * 100
    if of.conn.execute(select(func.max(held)).where(snapshots.c.month == of.month)).scalar() is None:
        return None
    over = select(snapshots.c.customer_id).where(held >= line)
    had = over.where(snapshots.c.month == of.span.before)
    now = over.where(snapshots.c.month == of.month, snapshots.c.customer_id.not_in(had))
    return int(of.conn.execute(select(func.count()).select_from(now.subquery())).scalar_one())


def _contacts(*conditions: Callable[[Rules], ColumnElement[bool]]) -> Callable[[GoalSource], int | None]:
    """How many contacts of the span meet some conditions."""

    def counted(of: GoalSource) -> int | None:
        """The number of them; the log tells every one."""
        query = select(func.count()).select_from(touches).where(*(one(of.rules) for one in conditions))
        return int(of.conn.execute(query.where(_within(of.span))).scalar_one())

    return counted


def _deals(of: GoalSource) -> int | None:
    """The amounts logged with deals, fen; None where deals were logged and none with its amount."""
    deals = select(func.count(), func.count(touches.c.amount), func.sum(touches.c.amount)).where(
        CountingContacts(of.rules).deal_in_log(), _within(of.span)
    )
    done, valued, total = of.conn.execute(deals).one()
    return None if done and not valued else int(total or 0)


def _within(span: Span) -> ColumnElement[bool]:
    first, last = span.days
    return touches.c.date.between(first.isoformat(), last.isoformat())


MEASURES = (
    GoalMeasure("aum", lambda: _("资产净增"), "fen", "lists", _growth(snapshots.c.aum_balance)),
    GoalMeasure("deposit", lambda: _("存款净增"), "fen", "lists", _growth(snapshots.c.deposit_balance)),
    GoalMeasure("qualified", lambda: _("新增达标客户"), "count", "lists", _qualified),
    GoalMeasure("calls", lambda: _("电话"), "count", "log", _contacts(lambda _rules: touches.c.channel == "call")),
    GoalMeasure(
        "visits", lambda: _("面访"), "count", "log",
        _contacts(lambda rules: CountingContacts(rules).met_in_log()),
    ),
    GoalMeasure("deals", lambda: _("成交金额"), "fen", "log", _deals),
)  # fmt: skip
