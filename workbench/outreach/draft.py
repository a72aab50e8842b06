"""The 531 plan as frozen values: five methods, three actions that need a resource, one item that lands (domain 5)."""

from dataclasses import dataclass, field
from typing import Literal

from workbench.base.i18n import _
from workbench.insight.measures.freshness import Freshness
from workbench.outreach.documents import PlanItemJson, PlanJson

Block = Literal["quick_win", "resource", "this_week"]


@dataclass(frozen=True, slots=True)
class PlanCustomer:
    """A customer on a plan line, with the one-sentence reason. `result`: '', 'done', 'half', 'missed:<code>'."""

    customer_id: int
    customer_no: str
    name: str
    aum_fen: int | None
    reason: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """What must be true on a day of the week: ISO date and a sentence."""

    day: str
    what: str


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One line of the plan. `id`: None before it is stored. `kind` names the method in resources/rules."""

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

    def as_json(self) -> PlanItemJson:
        body: PlanItemJson = {
            "row": self.id,
            "method": self.method,
            "kind": self.kind,
            "customers": [
                {"customer_no": c.customer_no, "name": c.name, "reason": c.reason, "result": c.result}
                for c in self.customers
            ],
            "basis": self.basis,
            "action": self.action,
            "script": self.script,
            "done_when": self.done_when,
            "due": self.due,
            "result": self.result,
        }
        if self.block == "resource":
            body["resource"], body["fallback"] = self.resource, self.fallback
        if self.block == "this_week":
            body["milestones"] = [{"day": m.day, "what": m.what} for m in self.milestones]
        return body


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """One week's plan. Capacity counts what the plan uses and what the week allows."""

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
    #: how old its data are by now; a plan is not stored with it
    fresh: Freshness | None = None

    @property
    def old(self) -> bool:
        """Whether its data are too old for clocks."""
        return self.fresh is not None and self.fresh.stale

    def customers_named(self) -> int:
        """How many customers stand on it."""
        items = (*self.quick_wins, *self.needs_resources, *self.this_week)
        return len({one.customer_id for item in items for one in item.customers})

    def as_json(self) -> PlanJson:
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
            "quick_wins": [item.as_json() for item in self.quick_wins],
            "needs_resources": [item.as_json() for item in self.needs_resources],
            "this_week": [item.as_json() for item in self.this_week],
            "notes": list(self.notes),
        }


def data_dated(data_date: str | None) -> str:
    """The end of every drafted basis: what date its figures are of. A sheet prints it once, in its footer."""
    return _(";数据日期 {date}").format(date=data_date or _("无"))
