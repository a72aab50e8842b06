"""The gift ledger and the stock, read."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from db.tables import customers
from db.year import gift_items, gifts
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.workdays import Workdays
from workbench.outreach.gifts.from_benefits import taken_by_benefits
from workbench.outreach.gifts.gift import Gift, GiftItem, Shortage
from workbench.rules.parameters import Rules


def items_of(conn: Connection) -> tuple[GiftItem, ...]:
    """The stock by name; what was given is taken off, so that undoing it in any order gives it back."""
    rows = conn.execute(select(gift_items).order_by(gift_items.c.name, gift_items.c.id)).all()
    gone = given_of(conn)
    return tuple(
        GiftItem(one.id, one.name, one.unit, one.stock - gone.get(one.id, 0), one.note or "") for one in rows
    )


def given_of(conn: Connection) -> dict[int, int]:
    """Thing of the stock (id) -> how many of it were given, or are taken by benefits."""
    query = (
        select(gifts.c.item_id, func.count().label("n"))
        .where(gifts.c.state == "given", gifts.c.item_id.is_not(None))
        .group_by(gifts.c.item_id)
    )
    gone = taken_by_benefits(conn)
    gone.update({row.item_id: row.n for row in conn.execute(query)})
    return dict(gone)


def item_of(conn: Connection, item: int) -> GiftItem:
    """A thing of the stock by id. Raises WorkbenchError no_such_item."""
    made = next((one for one in items_of(conn) if one.id == item), None)
    if made is None:
        raise WorkbenchError("no_such_item", _("库存里没有这样礼品。"), _("请刷新页面再选。"))
    return made


def gifts_of(conn: Connection, *where: ColumnElement[bool]) -> tuple[Gift, ...]:
    """Gifts by the day they are needed."""
    query = (
        select(gifts, customers.c.customer_no, customers.c.name, gift_items.c.name.label("item"))
        .join(customers, customers.c.id == gifts.c.customer_id)
        .outerjoin(gift_items, gift_items.c.id == gifts.c.item_id)
        .where(*where)
        .order_by(gifts.c.needed_by, gifts.c.id)
    )
    return tuple(
        Gift(
            one.id, one.customer_id, one.customer_no, one.name or "", one.idea, one.occasion, one.item_id, one.item or "",
            one.value, one.state, one.needed_by, one.order_by, one.given, one.note or "",
        )
        for one in conn.execute(query)
    )  # fmt: skip


def gift_of(conn: Connection, gift: int) -> Gift:
    """A gift by id. Raises WorkbenchError no_such_gift."""
    made = gifts_of(conn, gifts.c.id == gift)
    if not made:
        raise WorkbenchError("no_such_gift", _("这一笔礼品已经不在了。"), _("请刷新页面再看。"))
    return made[0]


def in_year(year: int) -> ColumnElement[bool]:
    """The condition that a gift counts in a year."""
    span = (f"{year:04d}-01-01", f"{year:04d}-12-31")
    return or_(gifts.c.given.between(*span), and_(gifts.c.given.is_(None), gifts.c.needed_by.between(*span)))


def order_day(work: Workdays, needed_by: str, rules: Rules) -> str:
    """The workday (ISO) by which something needed on a day is ordered: some days before, on a day off the workday before it,
    and never in the past."""
    day = dt.date.fromisoformat(needed_by) - dt.timedelta(days=rules.whole("gift.lead_days"))
    return work.by(day, today()).isoformat()


def in_stock(items: Iterable[GiftItem], ahead: Iterable[Gift]) -> frozenset[int]:
    """The ideas (ids) that the stock has a thing for, the earliest first: nothing is ordered for them."""
    gifts_ahead = tuple(ahead)
    parts = (_ideas(item, gifts_ahead) for item in items)
    return frozenset(one.id for ideas, free in parts for one in ideas[:free])


def shortages(
    items: Iterable[GiftItem], ahead: Iterable[Gift], work: Workdays, rules: Rules
) -> tuple[Shortage, ...]:
    """What is short for the gifts ahead, the first to be ordered first."""
    gifts_ahead, short = tuple(ahead), []
    for item in items:
        ideas, free = _ideas(item, gifts_ahead)
        if len(ideas) > free:
            short.append(Shortage(item, len(ideas), free, order_day(work, ideas[free].needed_by, rules)))
    return tuple(sorted(short, key=lambda one: (one.order_by, one.item.name)))


def _ideas(item: GiftItem, ahead: Iterable[Gift]) -> tuple[list[Gift], int]:
    """The ideas of a thing by the day they are needed, and how many of it are free: what is ordered is promised already."""
    mine = [one for one in ahead if one.item_id == item.id]
    ideas = sorted((one for one in mine if one.state == "idea"), key=lambda one: (one.needed_by, one.id))
    return ideas, max(0, item.stock - sum(one.state == "ordered" for one in mine))
