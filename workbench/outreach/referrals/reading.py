"""Reads referrals: the lines of the lists and those entered by hand, joined with what the task sheet says beyond them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, or_, select

from db.journey import prospects
from db.mgm import referral_tasks
from db.tables import customers, referrals, snapshots
from workbench.base.i18n import _
from workbench.outreach.referrals.clocks import first_contact_due
from workbench.outreach.referrals.contradictions import contradictions, meaning_of
from workbench.outreach.referrals.task import GiverKind, Moment, ReferralTask, stage_of, state_of
from workbench.rules.parameters import Rules

_R, _T = referrals.c, referral_tasks.c
_GIVER, _ACCOUNT = customers.alias("giver"), customers.alias("account")


def tasks(
    conn: Connection, rules: Rules, day: str, where: Iterable[ColumnElement[bool]] = ()
) -> tuple[ReferralTask, ...]:
    """Every referral as it stands on a day (ISO), the newest first; `where`: conditions over `referrals`."""
    funded = rules.whole("referrals.funded") * 100
    made = []
    for bare in bare_tasks(conn, where):
        due = first_contact_due(bare, rules)
        one = replace(bare, due=due, state=state_of(bare, meaning_of(bare.status, rules)))
        one = replace(one, stage=stage_of(one, day, funded))
        made.append(replace(one, doubts=contradictions(one, rules, day)))
    return tuple(made)


def bare_tasks(conn: Connection, where: Iterable[ColumnElement[bool]] = ()) -> list[ReferralTask]:
    """The same with nothing but what is written: no stage, state, deadline or doubts."""
    own = [
        column for column in referral_tasks.columns if column.name not in ("id", "customer_id", "referral_id")
    ]
    query = (
        select(
            *(column for column in referrals.columns),
            *own,
            _T.id.label("task_id"),
            _GIVER.c.customer_no.label("giver_no"), _GIVER.c.name.label("giver_name"),
            _ACCOUNT.c.id.label("account_id"), _ACCOUNT.c.open_date.label("opened"),
        )
        .select_from(
            referrals.join(_GIVER, _GIVER.c.id == _R.customer_id)
            .outerjoin(referral_tasks, _T.referral_id == _R.id)
            .outerjoin(_ACCOUNT, _ACCOUNT.c.customer_no == _R.referred_customer_no)
        )
        .where(*where)
        .order_by(_R.date.desc(), _R.id.desc())
    )  # fmt: skip
    rows = conn.execute(query).mappings().all()
    noted = _noted(conn, [row["id"] for row in rows])
    held = _assets(conn, {row["account_id"] for row in rows if row["account_id"] is not None})
    later = _later(conn, {row["customer_id"] for row in rows})
    return [_task(row, noted.get(row["id"]), held, later) for row in rows]


def _task(
    row: RowMapping,
    noted: RowMapping | None,
    held: Mapping[int, tuple[int, str]],
    later: Mapping[int, list[str]],
) -> ReferralTask:
    name, phone = row["referred_name"] or "", row["referred_phone"] or ""
    relation, need = row["relation"] or "", row["need"] or ""
    agreed, why = row["consent"], row["close_reason"] or ""
    if noted is not None:  # what was written of the person since, where the person himself is kept
        name, phone = noted["name"] or name, noted["phone"] or phone
        relation, need = noted["relation"] or relation, noted["need"] or need
        agreed = agreed if noted["consent"] is None else noted["consent"]
        if noted["state"] == "dropped":
            why = why or noted["note"] or _("不再跟进")
    assets = held.get(row["account_id"]) if row["account_id"] is not None else None
    return ReferralTask(
        id=row["id"],
        number=row["referral_no"] or "",
        date=row["date"],
        giver_id=row["customer_id"],
        giver_no=row["giver_no"],
        giver_name=row["giver_name"] or "",
        giver=cast("GiverKind | None", row["giver"]),
        moment=cast("Moment | None", row["moment"]),
        channel=row["channel"] or "",
        giver_agreed=_flag(row["giver_consent"]),
        giver_way=row["giver_way"] or "",
        agreed=_flag(agreed),
        agreed_way=row["consent_way"] or "",
        agreed_at=row["consented"],
        name=name,
        phone=phone,
        relation=relation,
        industry=row["industry"] or "",
        need=need,
        loan=_flag(row["loan"]),
        owner=row["owner"] or "",
        contacted=row["contacted"] or row["contact_date"],
        result=row["contact_result"] or "",
        meeting=row["meeting_date"],
        account_no=row["referred_customer_no"] or None,
        account_id=row["account_id"],
        opened=row["opened"],
        product=row["deal_product"] or "",
        amount_fen=row["deal_amount"],
        assets_fen=assets[0] if assets else None,
        as_of=assets[1] if assets else None,
        feedback=row["feedback_date"],
        thanked=row["thanked"],
        reward=row["reward"] or "",
        checked=row["checked"],
        status=row["status"] or "",
        close_reason=why,
        later=sum(date > row["date"] for date in later.get(row["customer_id"], ())),
        ask_id=row["ask_id"],
        task_id=row["task_id"],
        by_hand=row["batch_id"] is None,
    )


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _noted(conn: Connection, lines: Iterable[int]) -> dict[int, RowMapping]:
    """Line -> what is noted of its person."""
    wanted = set(lines)
    query = select(prospects).where(prospects.c.referral_id.is_not(None)).order_by(prospects.c.id)
    return {row["referral_id"]: row for row in conn.execute(query).mappings() if row["referral_id"] in wanted}


def _assets(conn: Connection, accounts: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Account -> its assets of the newest month that tells any, and the day they are of."""
    s = snapshots.c
    amount = func.coalesce(s.aum_daily_average, s.aum_balance)
    query = (
        select(s.customer_id, amount, s.as_of)
        .where(s.customer_id.in_(sorted(accounts)), amount.is_not(None))
        .order_by(s.customer_id, s.month)
    )
    return {row[0]: (row[1], row[2]) for row in conn.execute(query)}


def _later(conn: Connection, givers: Iterable[int]) -> dict[int, list[str]]:
    """Giver -> the days on which he referred somebody."""
    days: defaultdict[int, list[str]] = defaultdict(list)
    wanted = set(givers)
    some = or_(
        _R.referred_name.is_not(None), _R.referred_phone.is_not(None), _R.referred_customer_no.is_not(None)
    )
    for customer, date in conn.execute(select(_R.customer_id, _R.date).where(and_(some)).order_by(_R.id)):
        if customer in wanted:
            days[customer].append(date)
    return days
