"""S6: events bad for the bank's reputation, joined to those whom they concern (domain 4.3)."""

from collections.abc import Sequence

from sqlalchemy import case, func, literal, or_, select

from db.functions import holds
from db.tables import holdings, products
from workbench.base.expressions import Expr, nothing, text_or_null
from workbench.insight.churn.adverse_events import AdverseEvent, EventScope
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules

#: scope -> place of its grade among the anchors: the whole bank concerns everybody, and nobody in particular
_GRADES: dict[EventScope, int] = {"bank": 0, "branch": 1, "product": 1, "region": 1}


def by_events(window: Window, rules: Rules) -> tuple[dict[str, Expr], dict[str, Expr]]:
    """A cause for each scope, with the newest event in force that concerns the customer as evidence.

    0 where the events in force do not concern them, NULL where none was ever entered or the list does not tell the
    branch, the city or the holdings.
    """
    anchors = rules.numbers("grade.anchors")
    causes: dict[str, Expr] = {}
    evidence: dict[str, Expr] = {}
    for scope, grade in _GRADES.items():
        cause = f"event_{scope}"
        events = [event for event in window.coverage.events or () if event.scope == scope]
        place = _place(window, scope, events)
        known = _known(window, scope)
        if window.coverage.events is None:
            causes[cause] = nothing()
        elif not events:
            causes[cause] = literal(0.0)
        else:
            causes[cause] = case((place >= 0, literal(anchors[grade])), (known, literal(0.0)))
        evidence |= {
            f"{scope}_event": _of(place, [event.title for event in events]),
            f"{scope}_event_start": _of(place, [event.start for event in events]),
            f"{scope}_event_until": _of(place, [event.until for event in events]),
            f"{scope}_event_days": _of(place, [event.days for event in events]),
        }
    return causes, evidence


def _of(place: Expr, values: Sequence[str | int]) -> Expr:
    """The value of the event at `place`."""
    if not values:
        return text_or_null()
    return case(*[(place == number, literal(value)) for number, value in enumerate(values)])


def _place(window: Window, scope: EventScope, events: Sequence[AdverseEvent]) -> Expr:
    """The place of the first event that concerns the customer, NULL when none does."""
    if not events:
        return nothing()
    if scope == "bank":
        return literal(0)
    if scope == "product":
        return _held(window, events)
    concerned = _at_branch if scope == "branch" else _lives_in
    return case(
        *[
            (or_(*[concerned(window, target) for target in event.targets]), literal(number))
            for number, event in enumerate(events)
            if event.targets
        ],
        else_=None,
    )


def _known(window: Window, scope: EventScope) -> Expr:
    """Whether the lists tell if an event of this scope concerns the customer."""
    if scope == "branch":
        return window.at("branch").is_not(None)
    if scope == "region":
        return or_(window.at("residence_city").is_not(None), window.at("residence_address").is_not(None))
    return literal(scope == "bank" or window.month in window.coverage.holdings)


def _at_branch(window: Window, target: str) -> Expr:
    return window.at("branch") == target


def _lives_in(window: Window, target: str) -> Expr:
    stem = target.removesuffix("市")
    return or_(holds(window.at("residence_city"), stem), holds(window.at("residence_address"), stem))


def _held(window: Window, events: Sequence[AdverseEvent]) -> Expr:
    """By the code or the name of a line held at the month's end; lines of nothing are not held."""
    if window.month not in window.coverage.holdings:
        return nothing()
    h = holdings.c
    name = func.coalesce(h.product_name, products.c.product_name)
    hit = case(
        *[
            (or_(h.product_code.in_(event.targets), name.in_(event.targets)), literal(number))
            for number, event in enumerate(events)
        ]
    )
    lines = (
        select(h.customer_id, func.min(hit).label("place"))
        .select_from(holdings.outerjoin(products, products.c.product_code == h.product_code))
        .where(h.kind == "holding", h.month == window.month, or_(h.amount.is_(None), h.amount > 0))
        .group_by(h.customer_id)
        .subquery("event_lines")
    )
    window.join(lines)
    return window.keep("event_of_product", lines.c.place)
