"""Wishes of gifts and salons: to hand a gift over, to ask a guest, remind him, thank him, hear from him again (domain 6.7)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, select

from db.year import gifts, salon_guests, salons
from workbench.base.dates import ordinal
from workbench.base.sorted_ids import places_of
from workbench.outreach.wishes.collecting import WishCollector
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class _GuestWish:
    """A wish of a customer (id): the day that it is about and the best day (ordinals); `after`: on a day off the workday after
    it, else the one before."""

    who: int
    about: int
    best: int
    after: bool = False


#: what a guest in a state is contacted for, with the setting of its days
_BEFORE = {"listed": "invite", "invited": "remind", "confirmed": "remind"}


def gifts_wished(conn: Connection, wishes: WishCollector, only: Collection[int] | None = None) -> None:
    """Each gift that is not given yet, on the workday up to the day it is needed."""
    g = gifts.c
    query = select(g.customer_id, g.needed_by).where(g.state.in_(("idea", "ordered"))).distinct()
    rows = conn.execute(query.order_by(g.customer_id, g.needed_by))
    days = [(row.customer_id, ordinal(row.needed_by)) for row in rows]
    _add(wishes, "gift", [_GuestWish(who, day, day) for who, day in days], only)


def guests_wished(
    conn: Connection, wishes: WishCollector, rules: Rules, only: Collection[int] | None = None
) -> None:
    """Each guest of a salon by his state: to be asked, reminded, or, when he came, heard from again on the day agreed."""
    g, s = salon_guests.c, salons.c
    query = (
        select(g.customer_id, g.state, g.follow_up, s.date, s.kind)
        .join(salons, s.id == g.salon_id)
        .where(s.state != "cancelled", g.state.in_((*_BEFORE, "attended")))
        .order_by(g.customer_id, s.date, g.id)
    )
    sells = rules.words("salon.sells")
    offers: list[_GuestWish] = []
    others: list[_GuestWish] = []
    for row in conn.execute(query):
        who, day = row.customer_id, ordinal(row.date)
        if row.state == "attended":
            thanks = day + rules.whole("salon.thanks_days")
            others.append(_GuestWish(who, day, thanks, after=True))
            if row.follow_up is not None and ordinal(row.follow_up) > thanks:
                others.append(_GuestWish(who, ordinal(row.follow_up), ordinal(row.follow_up), after=True))
        elif day >= wishes.start:
            best = max(day - rules.whole(f"salon.{_BEFORE[row.state]}_days"), wishes.start)
            asks = row.state == "listed" and row.kind in sells
            (offers if asks else others).append(_GuestWish(who, day, best))
    _add(wishes, "salon", offers, only, kind="marketing")
    _add(wishes, "salon", others, only)


def _add(
    wishes: WishCollector,
    code: str,
    rows: Sequence[_GuestWish],
    only: Collection[int] | None,
    kind: str = "",
) -> None:
    """Each customer once for a day."""
    some = {(one.who, one.about): one for one in rows if only is None or one.who in only}
    if not some:
        return
    columns = [(one.who, one.about, one.best, int(one.after)) for one in some.values()]
    who, about, best, after = (np.array(one, dtype=np.int64) for one in zip(*columns, strict=True))
    places, here = places_of(wishes.people.customer, who)
    places, about, best, later = places[here], about[here], best[here], after[here] == 1
    line, reach = wishes.line, wishes.reasons[code].after
    wanted = np.where(later, line.on_or_after(best), line.on_or_before(best))
    # what is done before a day is not done behind it
    last = np.where(later, wanted + reach, np.minimum(wanted + reach, np.maximum(wanted, about)))
    wishes.add(code, places, about, wanted, last=last, kind=kind)
