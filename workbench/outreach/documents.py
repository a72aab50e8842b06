"""The JSON documents of a plan: what the command line prints and what is stored beside it."""

from collections.abc import Mapping
from typing import NotRequired, TypedDict

from db.values import Json


class PlanCustomerJson(TypedDict):
    """A customer on a line of a plan."""

    customer_no: str
    name: str
    reason: str
    result: str


class MilestoneJson(TypedDict):
    """A day of the week and what must be true on it."""

    day: str
    what: str


class PlanItemJson(TypedDict):
    """A line of a plan; `row` is what `workbench result` ticks."""

    row: int | None
    method: str
    kind: str
    customers: list[PlanCustomerJson]
    basis: str
    action: str
    script: str
    done_when: str
    due: str
    result: str
    #: of what needs a resource
    resource: NotRequired[str]
    fallback: NotRequired[str]
    #: of the one that lands
    milestones: NotRequired[list[MilestoneJson]]


class Capacity(TypedDict):
    """What the plan uses and what the week allows."""

    calls: int
    visits: int
    calls_limit: int
    visits_limit: int


class PlanJson(TypedDict):
    """A week's plan."""

    week: str
    draft: bool
    as_of: str | None
    freshness: Mapping[str, Json] | None
    capacity: Capacity
    quick_wins: list[PlanItemJson]
    needs_resources: list[PlanItemJson]
    this_week: list[PlanItemJson]
    notes: list[str]


#: What a stored plan was drafted from: names, capacity, notes; language, rules (`by`), the age of its data and the last
#: `import`, the `calendar` of its week; whether somebody edited it.
PlanHeader = TypedDict(
    "PlanHeader",
    {
        "manager": str,
        "branch": str,
        "calls_limit": int,
        "visits_limit": int,
        "notes": list[str],
        "language": str,
        "by": str,
        "old": bool,
        "import": int | None,
        "calendar": str,
        "edited": bool,
    },
    total=False,
)
