"""The 531 plan as frozen values: five methods, three actions that need a resource, one item to complete (domain 5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from workbench.base.i18n import _
from workbench.insight.measures.freshness import Freshness
from workbench.outreach.documents import PlanItemJson, PlanJson
from workbench.outreach.reason import WeekReason

Block = Literal["quick_win", "resource", "this_week"]


@dataclass(frozen=True, slots=True)
class PlanCustomer:
    """A customer on a row of a plan with the reason in one sentence. `result`: '', 'done', 'half' or 'missed:<code>'.

    `day`: ISO, the workday of the daily list that he is on, '' where none was given; `reasons`: all of them, the highest
    first; `carried`: weeks that he was carried over for.
    """

    customer_id: int
    customer_no: str
    name: str
    aum_fen: int | None
    reason: str
    result: str = ""
    day: str = ""
    reasons: tuple[WeekReason, ...] = ()
    carried: int = 0


def no_request() -> str:
    """What stands in place of a resource that is not applied for this week."""
    return _("本周无需特别申请")


@dataclass(frozen=True, slots=True)
class Milestone:
    """What has to be reached by a day (ISO) of the week."""

    day: str
    what: str


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One row of a plan. `id` is None before it is stored; `kind` is the method's key in resources/rules/outreach.toml."""

    block: Block
    kind: str
    method: str
    customers: tuple[PlanCustomer, ...]
    basis: str
    action: str
    script: str
    done_when: str
    due: str
    resource: str = ""
    fallback: str = ""
    milestones: tuple[Milestone, ...] = ()
    result: str = ""
    id: int | None = None
    #: weeks that the row was carried over for, and the code of `missed` for which it was left
    carried: int = 0
    left_over: str = ""

    @property
    def asks(self) -> bool:
        """Whether it asks for a resource."""
        return self.block == "resource" and self.resource.strip() not in ("", no_request())

    def in_order(self, ranks: Mapping[int, int]) -> tuple[PlanCustomer, ...]:
        """Its customers in the order of the week. `ranks`: customer id -> place."""
        return tuple(sorted(self.customers, key=lambda one: ranks[one.customer_id]))

    def as_json(self, ranks: Mapping[int, int]) -> PlanItemJson:
        """The row for the command line; resource and milestones only where its block has them. `ranks`: see
        `WeekPlan.ranks`."""
        body: PlanItemJson = {
            "row": self.id,
            "method": self.method,
            "kind": self.kind,
            "customers": [
                {
                    "customer_no": c.customer_no,
                    "name": c.name,
                    "reason": c.reason,
                    "result": c.result,
                    "rank": ranks[c.customer_id],
                    "day": c.day,
                    "carried": c.carried,
                }
                for c in self.in_order(ranks)
            ],
            "basis": self.basis,
            "action": self.action,
            "script": self.script,
            "done_when": self.done_when,
            "due": self.due,
            "result": self.result,
            "carried": self.carried,
            "left_over": self.left_over,
        }
        if self.block == "resource":
            body["resource"], body["fallback"] = self.resource, self.fallback
        if self.block == "this_week":
            body["milestones"] = [{"day": m.day, "what": m.what} for m in self.milestones]
        return body


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """The plan of a week. `calls` and `visits` are what it uses, the limits what the week allows (customers)."""

    week: str
    draft: bool
    manager: str
    branch: str
    data_date: str | None
    rule_version: str
    calls: int
    calls_limit: int
    visits: int
    visits_limit: int
    quick_wins: tuple[PlanItem, ...]
    needs_resources: tuple[PlanItem, ...]
    this_week: tuple[PlanItem, ...]
    id: int | None = None
    notes: tuple[str, ...] = field(default_factory=tuple)
    #: customer ids in the order of the week: lights in working order, then the others by day and value
    order: tuple[int, ...] = ()
    #: age of its data now; not stored
    fresh: Freshness | None = None

    @property
    def old(self) -> bool:
        """Whether its data are too old to name days and deadlines."""
        return self.fresh is not None and self.fresh.stale

    def ranks(self) -> dict[int, int]:
        """Customer id -> place 1..n in the order of the week; who was put on it by hand comes after the others."""
        listed = [
            one.customer_id
            for item in (*self.quick_wins, *self.needs_resources, *self.this_week)
            for one in item.customers
        ]
        named = set(listed)
        places = dict.fromkeys((*(id_ for id_ in self.order if id_ in named), *listed))
        return {id_: place for place, id_ in enumerate(places, 1)}

    def customers_named(self) -> int:
        """The number of different customers on it."""
        items = (*self.quick_wins, *self.needs_resources, *self.this_week)
        return len({one.customer_id for item in items for one in item.customers})

    def as_json(self, ranks: Mapping[int, int] | None = None) -> PlanJson:
        """The plan for the command line. `ranks`: those of the week's list (`WeekList.ranks`), None: of the plan alone."""
        ranks = ranks if ranks is not None else self.ranks()
        return {
            "week": self.week,
            "draft": self.draft,
            "as_of": self.data_date,
            "freshness": self.fresh.as_json() if self.fresh else None,
            "capacity": {
                "calls": self.calls,
                "visits": self.visits,
                "calls_limit": self.calls_limit,
                "visits_limit": self.visits_limit,
            },
            "quick_wins": [item.as_json(ranks) for item in self.quick_wins],
            "needs_resources": [item.as_json(ranks) for item in self.needs_resources],
            "this_week": [item.as_json(ranks) for item in self.this_week],
            "notes": list(self.notes),
        }


def data_dated(data_date: str | None) -> str:
    """The end of every drafted basis, with the date of its figures; a sheet cuts it off and prints it once in the footer."""
    return _(";数据日期 {date}").format(date=data_date or _("无"))
