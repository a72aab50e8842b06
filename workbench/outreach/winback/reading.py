"""The files of win-back as they stand in the book."""

import json
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, select

from db.cases import loss_cases, win_backs
from db.known import trails
from db.tables import complaints, customers, snapshots
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.base.months import newest_month
from workbench.insight.churn.decisions import cause_names
from workbench.outreach.contact_limits import AUM
from workbench.outreach.winback.reckoning import rival_money, won_back
from workbench.outreach.winback.win_back import GapFact, RivalFact, RivalMoney, WinBack
from workbench.people.consent import consent_of
from workbench.rules.parameters import Rules

#: grounds of consent by which a complaint waits for us
_OPEN = frozenset(("complaint.open", "complaint.said"))


def assets_now(conn: Connection, whose: Collection[int]) -> dict[int, tuple[int | None, str]]:
    """Customer id -> (assets in fen, the date of the newest list), of those who are on it."""
    s = snapshots.c
    query = select(s.customer_id, AUM.label("aum"), s.as_of).where(
        s.month == newest_month(conn), s.customer_id.in_(whose)
    )
    return {row.customer_id: (row.aum, row.as_of) for row in conn.execute(query)}


def level_of(conn: Connection, customer: int) -> str | None:
    """The level (code) of a customer (id) in the newest month; None where no list tells it."""
    t = trails.c
    query = select(t.tier).where(t.customer_id == customer, t.month == newest_month(conn))
    level: str | None = conn.execute(query).scalar()
    return level


def files(conn: Connection, rules: Rules, *where: Any) -> tuple[WinBack, ...]:
    """The files that meet some conditions: by the day that the money is free, then in the order in which they were opened."""
    w = win_backs.c
    query = (
        select(win_backs, customers.c.customer_no, customers.c.name.label("customer_name"))
        .join(customers, customers.c.id == w.customer_id)
        .where(and_(*where) if where else w.id > 0)
        .order_by(w.rival_due.is_(None), w.rival_due, w.opened, w.id)
    )
    rows = conn.execute(query).mappings().all()
    now = assets_now(conn, {row["customer_id"] for row in rows}) if rows else {}
    return tuple(_file(row, now.get(row["customer_id"]), rules) for row in rows)


def _file(row: RowMapping, now: tuple[int | None, str] | None, rules: Rules) -> WinBack:
    body: dict[str, Any] = json.loads(row["body"] or "{}")
    money = RivalMoney(
        row["rival"] or "", row["rival_product"] or "", row["rival_rate"], row["rival_amount"],
        row["rival_due"], body.get("since"),
    )  # fmt: skip
    if row["state"] == "open":
        won = won_back(row["base"], row["base_as_of"], *(now or (None, None)))
    else:
        # as it stood when it ended
        stood = None if row["won"] is None or row["base"] is None else row["base"] + row["won"]
        won = won_back(row["base"], row["base_as_of"], stood, row["won_as_of"])
    cause, strategy, entry = row["cause"] or "", row["strategy"], row["entry"] or ""
    apology = body.get("apology") or {}
    made = WinBack(
        id=row["id"],
        customer_id=row["customer_id"],
        customer_no=row["customer_no"],
        name=row["customer_name"] or "",
        opened=row["opened"],
        cause=cause,
        cause_words=_cause_words(cause, rules),
        strategy=strategy,
        strategy_words=rules.text(f"winback.strategy.{strategy}"),
        do=rules.text(f"winback.do.{strategy}").format(days=rules.whole("winback.watch_days")),
        why=body.get("why", ""),
        state=row["state"],
        state_words=rules.text(f"winback.state.{row['state']}"),
        ended=row["ended"],
        ended_why=body.get("ended_why", ""),
        money=rival_money(money, today(), rules),
        facts=tuple(RivalFact(**one) for one in body.get("facts", ())),
        entry=entry,
        entry_words=rules.text(f"winback.entry.{entry}") if entry else "",
        need=body.get("need", ""),
        gaps=tuple(GapFact(**one) for one in body.get("gaps", ())),
        apology=apology.get("words", ""),
        apologised=apology.get("date", ""),
        recovery=body.get("recovery", ""),
        watch=body.get("watch", ""),
        won=won,
    )
    return _with_next(made)


def _cause_words(cause: str, rules: Rules) -> str:
    return next((name for code, name in cause_names(rules) if code == cause), _("还没有确认"))


def _with_next(one: WinBack) -> WinBack:
    """The file with its next step in one sentence."""
    return replace(one, next=_next(one)) if one.state == "open" else one


def _next(one: WinBack) -> str:
    day = today().isoformat()
    if one.strategy == "gap":
        if not one.gaps:
            return _("先逐条核对我们没做好的事,勾上属实的。")
        if not one.apologised:
            return _("道一次歉:说清是哪件事、以后怎么办;同一件事不反复道歉。")
        if day < one.watch:
            return _("观察到 {day}:答应的都按日子办,不谈产品。").format(day=one.watch)
        return _("观察期已满:回访一次,看服务有没有接上,再决定要不要结束。")
    if one.strategy == "rival":
        if one.money.due is None:
            return _("问清在他行的钱哪天到期,登记下来。")
        if one.money.due < day:
            return _("{due} 已到期:问清去向,登记新的到期日或结束。").format(due=one.money.due)
        if not one.facts:
            return _("补上对方四样事实的出处和日期,再出对比单。")
        return _("{due} 到期前联系:客户愿意才拿对比单,只谈转回一部分。").format(due=one.money.due)
    if not one.entry:
        return _("问清客户近期非办不可的一件事,登记下来。")
    return _("先办好这一件:{entry};办完再谈别的。").format(entry=one.entry_words)


def why_not(conn: Connection, customer: int, rules: Rules, barred: str) -> str:
    """Why a customer (id) is not won back now: a complaint is open, a loss was escalated, or a contact out of care is kept from
    him (`barred`); '' where he may be."""
    consent = consent_of(conn, customer, today().isoformat(), None, rules)
    waiting = next((one for one in consent.grounds if one.kind in _OPEN), None)
    if waiting is not None:
        return _("{sentence};投诉办结之前不谈赢回。").format(sentence=waiting.sentence.rstrip("。"))
    c, x = complaints.c, loss_cases.c
    query = (
        select(x.opened, x.product)
        .outerjoin(complaints, c.id == x.complaint_id)
        .where(x.customer_id == customer, x.state == "escalated", c.closed_date.is_(None))
        .order_by(x.id.desc())
        .limit(1)
    )
    row = conn.execute(query).first()
    if row is not None:
        return _("{opened} 的亏损(“{product}”)已转投诉,没有办结;这之前不谈赢回。").format(
            opened=row.opened, product=row.product
        )
    return barred
