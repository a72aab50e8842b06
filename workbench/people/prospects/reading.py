"""Reads persons without an account: those noted, and those whom only a line of the referrals tells of.

A referred person's name, telephone, relation and need stay on his line; what is decided about him stands in `prospects`.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, or_, select

from db.journey import prospects
from db.tables import customers, referrals
from workbench.base.dates import days_after
from workbench.people.consent import Consent
from workbench.people.prospects.likely import likely_accounts
from workbench.people.prospects.may import consent_of_answer
from workbench.people.prospects.prospect import (
    ANSWERS,
    SOURCES,
    Answer,
    Prospect,
    ProspectCounts,
    ProspectList,
    ProspectSource,
    ProspectState,
)
from workbench.rules.parameters import Rules

_P, _R = prospects.c, referrals.c
_GIVER, _ACCOUNT = customers.alias("giver"), customers.alias("account")
#: before the id of a line of the referrals
LINE = "R"


def known(conn: Connection, rules: Rules, day: str) -> list[Prospect]:
    """Everybody of whom a name or a telephone is kept, also past the expiry: the noted by id, then the lines by date."""
    rows = [row for query in (_noted(), _referred()) for row in conn.execute(query).mappings()]
    may = {answer: consent_of_answer(answer, day, rules) for answer in ANSWERS}
    names = {source: rules.text(f"prospect.source.{source}") for source in SOURCES}
    expiry: dict[str, str] = {}
    persons = []
    for row in rows:
        if row["name"] or row["phone"]:
            line = "line" in row
            if line and row["date"] not in expiry:
                expiry[row["date"]] = line_expires(row["date"], rules)
            expires = expiry[row["date"]] if line else row["expires"]
            persons.append(_prospect(row, expires, may, names))
    return persons


def kept(conn: Connection, rules: Rules, day: str) -> tuple[list[Prospect], list[Prospect]]:
    """Those who are followed up on a day (ISO), the next to expire first, and those who are not any more, the newest first;
    nobody who is over.

    A line of the referrals with the telephone of somebody already listed is left out.
    """
    open_ones: list[Prospect] = []
    closed: list[Prospect] = []
    numbers: set[str] = set()
    for one in known(conn, rules, day):
        listed_already = one.key.startswith(LINE) and one.phone in numbers
        if listed_already or is_over(one.expires, day):
            continue
        numbers |= {one.phone} if one.phone else set()
        (open_ones if one.state == "open" else closed).append(one)
    open_ones.sort(key=lambda one: (one.expires, one.created, one.key))
    closed.sort(key=lambda one: (one.ended or one.created, one.key), reverse=True)
    return open_ones, closed


def listed(conn: Connection, rules: Rules, day: str, over: int) -> ProspectList:
    """Everybody who is kept on a day (ISO), with the account that he may have by now; `over`: how many wait to be erased."""
    open_ones, closed = kept(conn, rules, day)
    accounts = likely_accounts(conn, open_ones, rules)
    shown = tuple(replace(one, likely=accounts.get(one.key)) for one in open_ones)
    soon = days_after(day, rules.whole("prospects.soon_days"))
    answers = [one.answer for one in shown]
    counts = ProspectCounts(
        len(shown), answers.count("yes"), answers.count("unknown"), answers.count("no"),
        sum(one.expires <= soon for one in shown), sum(one.likely is not None for one in shown), over,
    )  # fmt: skip
    return ProspectList(shown, tuple(closed), counts)


def is_over(expires: str, day: str) -> bool:
    """Whether somebody kept until `expires` is no longer shown on a day (both ISO)."""
    return day >= expires


def line_expires(date: str, rules: Rules) -> str:
    """The first day (ISO) on which a line of the referrals of a day is no longer kept."""
    return days_after(date, rules.whole("prospects.days"))


def untouched() -> ColumnElement[bool]:
    """Whether a line of the referrals is about a person without an account of whom nothing was noted yet."""
    noted = select(_P.referral_id).where(_P.referral_id.is_not(None))
    return and_(func.coalesce(_R.referred_customer_no, "") == "", _R.id.not_in(noted))


def _noted() -> Select[tuple[object, ...]]:
    own = [column for column in prospects.columns if column.name not in ("name", "phone", "relation", "need")]
    texts = (
        func.coalesce(func.nullif(_P.name, ""), _R.referred_name).label("name"),
        func.coalesce(_P.phone, _R.referred_phone).label("phone"),
        func.coalesce(_P.relation, _R.relation).label("relation"),
        func.coalesce(_P.need, _R.need).label("need"),
    )
    giver = func.coalesce(_P.referrer_id, _R.customer_id)
    return (
        select(*own, *texts, *_named())
        .select_from(
            prospects.outerjoin(referrals, _R.id == _P.referral_id)
            .outerjoin(_GIVER, _GIVER.c.id == giver)
            .outerjoin(_ACCOUNT, _ACCOUNT.c.id == _P.customer_id)
        )
        .order_by(_P.id)
    )


def _referred() -> Select[tuple[object, ...]]:
    return (
        select(
            _R.id.label("line"), _R.date, _R.referred_name.label("name"), _R.referred_phone.label("phone"), _R.relation,
            _R.need, _R.consent, _R.close_reason, _R.customer_id.label("giver_id"), *_named()[:2],
        )
        .select_from(referrals.outerjoin(_GIVER, _GIVER.c.id == _R.customer_id))
        .where(untouched(), or_(_R.referred_name.is_not(None), _R.referred_phone.is_not(None)))
        .order_by(_R.date, _R.id)
    )  # fmt: skip


def _named() -> tuple[ColumnElement[str], ...]:
    return (
        _GIVER.c.customer_no.label("referrer_no"), _GIVER.c.name.label("referrer_name"),
        _ACCOUNT.c.customer_no.label("account_no"),
    )  # fmt: skip


def _key(row: RowMapping) -> str:
    return f"{LINE}{row['line']}" if "line" in row else str(row["id"])


def _is_open(row: RowMapping) -> bool:
    return not row["close_reason"] if "line" in row else row["state"] == "open"


def _prospect(
    row: RowMapping, expires: str, may: Mapping[Answer, Consent], names: Mapping[ProspectSource, str]
) -> Prospect:
    line = "line" in row
    answer: Answer = "unknown" if row["consent"] is None else "yes" if row["consent"] else "no"
    source = cast(ProspectSource, "referral" if line else row["source"])
    state = cast(ProspectState, ("open" if _is_open(row) else "dropped") if line else row["state"])
    return Prospect(
        key=_key(row),
        name=row["name"] or "",
        phone=row["phone"],
        source=source,
        source_name=names[source],
        referrer_no=row["referrer_no"],
        referrer_name=row["referrer_name"],
        relation=row["relation"],
        need=row["need"],
        answer=answer,
        note=(row["close_reason"] if line else row["note"]) or None,
        created=row["date"] if line else row["created"],
        expires=expires,
        state=state,
        ended=None if line else row["ended"],
        customer_no=None if line else row["account_no"],
        may=may[answer],
        line=row["line"] if line else row["referral_id"],
    )
