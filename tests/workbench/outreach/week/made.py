"""Hand-made weeks: a plan of some customers, what was promised to them, and what was logged."""

from collections.abc import Mapping, Sequence

from workbench.base.workdays import WorkWeek, shipped
from workbench.outreach.draft import PlanCustomer, PlanItem, WeekPlan
from workbench.outreach.reason import PROMISE, WeekPerson, WeekReason
from workbench.outreach.week.entry import WeekContact, WeekList
from workbench.outreach.week.listing import DueReason, week_list

WEEK = "2026-W47"
#: Monday to Friday
DAYS = tuple(day.isoformat() for day in shipped().week(WEEK).workdays)


def work() -> WorkWeek:
    return shipped().week(WEEK)


def planned(number: int, day: str = "", result: str = "", reasons: Sequence[WeekReason] = ()) -> PlanCustomer:
    return PlanCustomer(
        number, f"N{number}", f"客户{number}", None, f"理由{number}", result, day, tuple(reasons)
    )


def item(kind: str, *people: PlanCustomer, due: str = DAYS[4], result: str = "", number: int = 1) -> PlanItem:
    return PlanItem("quick_win", kind, kind, people, "", "", f"话术{kind}", "", due, result=result, id=number)


def plan(*rows: PlanItem, order: Sequence[int] = ()) -> WeekPlan:
    return WeekPlan(
        WEEK, True, "", "", "2026-10-31", "", 0, 60, 0, 10, tuple(rows), (), (), order=tuple(order)
    )


def promise(number: int, due: str) -> DueReason:
    reason = WeekReason(PROMISE, PROMISE, "答应过的事", f"答应过{number}", "", due)
    return DueReason(WeekPerson(number, f"N{number}", f"客户{number}", None), reason)


def contacts(*logged: tuple[str, bool]) -> tuple[WeekContact, ...]:
    """Contacts by (day, whether that one reached him), the earliest first."""
    made: list[WeekContact] = []
    for day, reached in sorted(logged, key=lambda one: one[0]):
        so_far = reached or bool(made and made[-1].reached)
        made.append(WeekContact(day, "call", "reached" if reached else "no_answer", so_far))
    return tuple(made)


def listed(
    made: WeekPlan,
    promises: Sequence[DueReason] = (),
    log: Mapping[int, tuple[WeekContact, ...]] | None = None,
) -> WeekList:
    return week_list(made, promises, log or {}, work())


def numbers(entries: Sequence[object]) -> list[int]:
    """The ids of the customers of some entries."""
    return [one.person.customer_id for one in entries]  # type: ignore[attr-defined]
