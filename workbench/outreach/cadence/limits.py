"""The limits of the touch plan by the one consent: whom which touches may be planned for (domain 6.5)."""

import datetime as dt
from collections.abc import Collection
from functools import lru_cache

from sqlalchemy import Connection, or_, select

from db.stores.planning import reads_every_customer
from db.tables import touches
from workbench.base.dates import ordinal
from workbench.base.rows import named_rows
from workbench.outreach.cadence.capacity import channel_seconds
from workbench.people.consent_rule import CODES, FREEZING, WEARY, consents
from workbench.people.contact_caps import ContactCaps, LoggedTouch, TouchLimits, caps_of
from workbench.people.refusals import refused_channels
from workbench.rules.parameters import Rules

_CALL = "call"
#: up to this many customers their ids go into the statement; beyond, the contacts of everybody are read
_NAMED = 500


def touch_limits(
    conn: Connection,
    day: str,
    rules: Rules,
    *,
    silent: Collection[int] = (),
    month: str | None = None,
    only: Collection[int] | None = None,
) -> TouchLimits:
    """The limits on a day (ISO), by each customer's newest month up to `month` (None: any); of `only` some, None: of all.

    `silent`: ordinals of the days without marketing, as the calendar of the year has them.
    """
    reads_every_customer(conn)
    caps = caps_of(rules)
    held, frozen = _grounds(conn, day, month, rules, only)
    refused = {id_: frozenset(of) for id_, of in refused_channels(conn, day, rules, only).items()}
    lately, failing = _lately(conn, day, caps, rules, only)
    return TouchLimits(caps, held, frozen, refused, frozenset(silent), lately, _instead(rules), failing)


def _instead(rules: Rules) -> dict[str, tuple[tuple[str, int], ...]]:
    """Channel -> those that take its place, with the seconds of a touch there."""
    seconds = channel_seconds(rules)
    return {
        channel: tuple((other, seconds[other]) for other in rules.words(f"cadence.instead_of_{channel}"))
        for channel in ("call", "visit", "wecom", "sms", "group")
    }


def _grounds(
    conn: Connection, day: str, month: str | None, rules: Rules, only: Collection[int] | None
) -> tuple[dict[int, tuple[str, int]], dict[int, tuple[str, int]]]:
    """(held, frozen) of `TouchLimits`: the gravest ground, and the last day that any of them ends on."""
    codes = [code for code in CODES if code != WEARY]
    query = consents(day, month, rules, only).subquery("consents")
    columns = (column for code in codes for column in (query.c[code], query.c[f"{code}_until"]))
    holds = or_(*(query.c[code] == 1 for code in codes))
    held: dict[int, tuple[str, int]] = {}
    frozen: dict[int, tuple[str, int]] = {}
    for row in conn.execute(select(query.c.customer_id, *columns).where(holds)).all():
        id_, *verdicts = row
        ends = {code: _ordinal(verdicts[2 * n + 1]) for n, code in enumerate(codes) if verdicts[2 * n] == 1}
        held[id_] = _together(ends)
        freezing = {code: end for code, end in ends.items() if code in FREEZING}
        if freezing:
            frozen[id_] = _together(freezing)
    return held, frozen


def _together(ends: dict[str, int]) -> tuple[str, int]:
    """The gravest ground, and the end of all: 0 where one of them has none."""
    return next(iter(ends)), 0 if 0 in ends.values() else max(ends.values())


def _lately(
    conn: Connection, day: str, caps: ContactCaps, rules: Rules, only: Collection[int] | None
) -> tuple[dict[int, tuple[LoggedTouch, ...]], dict[int, tuple[str, int]]]:
    """(`lately`, `failing`) of `TouchLimits` by the contacts of the longest span up to the day."""
    t, marketing = touches.c, frozenset(rules.words("consent.marketing_results"))
    vain, most = frozenset(rules.words("contact.unanswered")), rules.whole("advice.unanswered")
    rest = rules.whole("consent.rest_days")
    since = (dt.date.fromisoformat(day) - dt.timedelta(days=max(caps.days, rest))).isoformat()
    query = select(t.customer_id, t.date, t.channel, t.result, t.initiated_by).where(
        t.date > since, t.date <= day
    )
    if only is not None and len(only) <= _NAMED:
        query = query.where(t.customer_id.in_(sorted(only)))
    lately: dict[int, list[LoggedTouch]] = {}
    #: customer id -> the days of calls in a row that nobody answered
    in_vain: dict[int, list[int]] = {}
    for row in named_rows(conn.execute(query.order_by(t.customer_id, t.date, t.id))):
        number, ours = _ordinal(row.date), row.initiated_by != "customer"
        if ours:
            one = LoggedTouch(number, row.channel, row.result in marketing)
            lately.setdefault(row.customer_id, []).append(one)
        if not ours or row.result not in vain:
            in_vain.pop(row.customer_id, None)
        elif row.channel == _CALL:
            in_vain.setdefault(row.customer_id, []).append(number)
    of = lately.keys() if only is None else lately.keys() & set(only)
    failing = {id_: (_CALL, in_vain[id_][-1] + rest) for id_ in of if len(in_vain.get(id_, ())) >= most}
    return {id_: tuple(lately[id_]) for id_ in sorted(of)}, dict(sorted(failing.items()))


@lru_cache(maxsize=4096)
def _ordinal(day: str | None) -> int:
    """The ordinal of a date (ISO); 0 for none."""
    return ordinal(day) if day else 0
