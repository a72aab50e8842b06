"""The JSON documents of a plan: what the command line prints and what is stored beside it."""

from collections.abc import Mapping
from typing import NotRequired, TypedDict

from db.values import Json


class PlanCustomerJson(TypedDict):
    """A customer on a row of a plan; `result` as in `PlanCustomer`, `rank` his place in the order of the week."""

    customer_no: str
    name: str
    reason: str
    result: str
    rank: int
    #: the workday (ISO) of the daily list, and for how many weeks he was carried over
    day: str
    carried: int


class MilestoneJson(TypedDict):
    """A day (ISO) and what has to be reached by it."""

    day: str
    what: str


class PlanItemJson(TypedDict):
    """A row of a plan; `row` is its id, by which `workbench result` ticks it."""

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
    #: for how many weeks the row was carried over, and the code of `missed` for which it was left
    carried: int
    left_over: str
    #: only actions that need a resource
    resource: NotRequired[str]
    fallback: NotRequired[str]
    #: only the one item of the week
    milestones: NotRequired[list[MilestoneJson]]


class Capacity(TypedDict):
    """Customers called and visited by the plan, and how many the week allows."""

    calls: int
    visits: int
    calls_limit: int
    visits_limit: int


class PlanJson(TypedDict):
    """The plan of a week 'YYYY-Www'; `as_of` is the data date."""

    week: str
    draft: bool
    as_of: str | None
    freshness: Mapping[str, Json] | None
    capacity: Capacity
    quick_wins: list[PlanItemJson]
    needs_resources: list[PlanItemJson]
    this_week: list[PlanItemJson]
    notes: list[str]


#: What a stored plan was drafted from: names, capacity, notes; whether the week before was not over (`early`); language,
#: version of the rules (`by`), whether its data were `old`, id of the last `import`, fingerprint of the week's `calendar`;
#: customer ids in the `order` of the week and of the `lights` worked on then; revision of the book and months checked `at`
#: which it was drafted; by which plan of the year (`planned`, see `leads/calendar.py`) and which of its `touches` (a digest, None
#: for none); whether it was edited.
PlanHeader = TypedDict(
    "PlanHeader",
    {
        "manager": str,
        "branch": str,
        "calls_limit": int,
        "visits_limit": int,
        "notes": list[str],
        "early": bool,
        "language": str,
        "by": str,
        "old": bool,
        "import": int | None,
        "calendar": str,
        "order": list[int],
        "lights": list[int],
        "at": list[int | str],
        "planned": list[Json],
        "touches": str | None,
        "edited": bool,
    },
    total=False,
)
