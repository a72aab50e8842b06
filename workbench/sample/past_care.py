"""Put what was noted of its wealthiest customers into the book of the made-up branch: needs, goals, the service file, experts,
asks for a referral and what came of them. All through the rooms."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from db.tables import customers, snapshots
from workbench.app import Workbench
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.months import newest_month
from workbench.outreach.archive.channel import ServiceChannel
from workbench.outreach.family_goals.room import NewFamilyGoal
from workbench.outreach.needs.need import NewNeed
from workbench.outreach.referrals.asks import NewAsk
from workbench.outreach.referrals.entered import EnteredReferral
from workbench.sample.material import material

#: so many of the wealthiest are looked at
_WEALTHIEST = 40


def put_past_care(workbench: Workbench) -> None:
    """Write it; whom by assets and number. Raises what writing a book raises."""
    rules, wealthiest = material("cases"), _wealthiest(workbench)
    needs, goals = workbench.outreach.needs, workbench.outreach.family_goals
    for number, one in zip(wealthiest, rules["needs"]["need"], strict=False):
        needs.record(number, _need(one))
    for number, one in zip(wealthiest, rules["goals"]["goal"], strict=False):
        goals.record(
            number,
            NewFamilyGoal(
                one["kind"], one["name"], one["amount"], _ahead(one, "due_in"), one.get("put_aside", ""),
                monthly=one.get("monthly", ""),
            ),
        )  # fmt: skip
    _service_files(workbench, wealthiest)
    _referrals(workbench, wealthiest)


def _service_files(workbench: Workbench, wealthiest: list[str]) -> None:
    rules, room = material("cases"), workbench.outreach.archives
    for one in rules["experts"]:
        room.add_expert(one["name"], one["field"], reached=one.get("reached", ""))
    by_name = {one.name: one.id for one in room.roster()}
    experts = [by_name[one["name"]] for one in rules["experts"]]
    for one, expert in zip(rules["experts"], experts, strict=True):
        if one.get("off"):
            room.switch_expert(expert, off=True)
    for one in rules["bookings"]:
        if one["customer"] >= len(wealthiest):
            continue
        room.book_expert(
            wealthiest[one["customer"]], experts[one["expert"]], _ahead(one, "day_in"), one["topic"]
        )
        if "outcome" in one:
            (booked,) = (each for each in room.bookings() if each.topic == one["topic"])
            room.hold_booking(booked.id, one["outcome"])
    channel = rules["channel"]
    with in_words(), workbench.book.read() as conn:
        manager = conn.execute(
            select(snapshots.c.manager_name).where(snapshots.c.month == newest_month(conn))
        ).scalar()
    for place, number in enumerate(wealthiest[: channel["customers"]]):
        contact = channel["contact"].format(manager=manager or "")
        queue = "first" if place == 0 else "usual"
        room.put_channel(
            number, ServiceChannel(contact.strip(), channel["escalation"], channel["hours"], queue),
            known_to_him=place == 0,
        )  # fmt: skip


def _referrals(workbench: Workbench, wealthiest: list[str]) -> None:
    """The asks of those who may be asked, and two who were introduced since the list."""
    rules, asking, room = material("cases"), workbench.outreach.asking, workbench.outreach.referrals
    free = iter(wealthiest)
    gave: list[str] = []
    for one in rules["asks"]["ask"]:
        for number in free:
            try:
                asking.note(NewAsk(number, one["moment"], ground=one["ground"], answer=one["answer"]))
            except WorkbenchError:
                continue
            if one["answer"] == "gave":
                gave.append(number)
            break
    for one in rules["referrals"]:
        giver = gave[0] if one.get("ask") and gave else next(free, "")
        if not giver:
            continue
        room.enter(
            EnteredReferral(
                giver, one["name"], giver=one["giver"], giver_agreed="yes", giver_way=one["way"], agreed="yes",
                agreed_way=one["way"], phone=one["phone"],
                relation=one["relation"], need=one["need"], loan="no",
            ),
            confirmed=True,
        )  # fmt: skip
        if "called" in one:
            room.contact(room.all()[0].id, one["called"])


def _need(one: Mapping[str, Any]) -> NewNeed:
    return NewNeed(
        one["text"], one["kind"], consequence=one.get("consequence"), deadline=_ahead(one, "deadline_in"),
        willing=one.get("willing"), incentive=one.get("incentive"), elastic=one.get("elastic"),
        product=one.get("product", ""), scene=one.get("scene", ""), next_step=one.get("next_step", ""),
        next_by=_ahead(one, "next_in"),
    )  # fmt: skip


def _ahead(one: Mapping[str, Any], key: str) -> str:
    """The day (ISO) so many days from today; '' where none is named."""
    return (today() + dt.timedelta(days=one[key])).isoformat() if key in one else ""


def _wealthiest(workbench: Workbench) -> list[str]:
    """Numbers of those with most assets by the newest list."""
    s = snapshots.c
    with in_words(), workbench.book.read() as conn:
        query = (
            select(customers.c.customer_no)
            .join(snapshots, s.customer_id == customers.c.id)
            .where(s.month == newest_month(conn), s.aum_daily_average.is_not(None))
            .order_by(s.aum_daily_average.desc(), customers.c.customer_no)
        )
        return list(conn.execute(query.limit(_WEALTHIEST)).scalars())
