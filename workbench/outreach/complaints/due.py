"""What open complaints ask to be done in a span of days, for the week's list."""

from collections.abc import Collection, Iterator

from sqlalchemy import Connection

from db.tables import complaints, touches
from db.values import Json
from workbench.base.i18n import commas
from workbench.base.workdays import Workdays
from workbench.outreach.case_due import CaseDue
from workbench.outreach.complaints.checking import this_moment
from workbench.outreach.complaints.clocks import ComplaintClock
from workbench.outreach.complaints.complaint import Complaint
from workbench.outreach.complaints.reading import bare_contacts, followed_up, read_complaints
from workbench.rules.parameters import Rules
from workbench.rules.sentences import Sentence

#: the kind of lead
COMPLAINT = "complaint"


def due(
    conn: Connection,
    rules: Rules,
    workdays: Workdays,
    first: str,
    last: str,
    only: Collection[int] | None = None,
) -> Iterator[CaseDue]:
    """What is to be done by the days `first` to `last` (ISO) or is overdue, one a complaint by its earliest clock; `only` of some
    customers. `workdays` is the calendar of the book."""
    now = this_moment()
    mine = [] if only is None else [complaints.c.customer_id.in_(only)]
    his = [] if only is None else [touches.c.customer_id.in_(only)]
    every = [
        *read_complaints(conn, rules, now, *mine, open_only=True, workdays=workdays),
        *followed_up(conn, rules, now, *mine, workdays=workdays),
        *bare_contacts(conn, rules, now, *his),
    ]
    for one in sorted(every, key=lambda case: case.order):
        clock = one.clocks.earliest
        if clock is not None and clock.due[:10] <= last:
            yield _due(one, clock, rules)


def _due(one: Complaint, clock: ComplaintClock, rules: Rules) -> CaseDue:
    evidence: dict[str, Json] = {
        "complaint": one.id or None, "touch": one.touch, "level": one.level.code, "clock": clock.code,
        "solution": one.clocks.solution.due, "legal": one.clocks.legal.due,
    }  # fmt: skip
    return CaseDue(
        one.customer_id,
        COMPLAINT,
        Sentence(lambda: due_words(one, clock, rules)),
        clock.due[:10],
        0,
        evidence,
    )


def due_words(one: Complaint, clock: ComplaintClock, rules: Rules) -> str:
    """What is due, with both clocks."""
    if not one.id:
        return rules.text("complaint.due.bare").format(day=one.received)
    level = rules.text(f"complaint.level.{one.level.code}")
    if clock.state == "overdue" and clock.code != "follow":
        each = rules.text("complaint.due.over_clock")
        clocks = commas(
            each.format(name=rules.text(f"complaint.clock.{other.code}"), words=other.words)
            for other in one.clocks.both
            if other.runs
        )
        return rules.text("complaint.due.over").format(no=one.no, level=level, clocks=clocks)
    figures = {
        "no": one.no, "level": level, "due": clock.due, "legal": one.clocks.legal.due, "solution": one.clocks.solution.due,
        "days": rules.whole("complaint.follow_days"),
    }  # fmt: skip
    return rules.text(f"complaint.due.{clock.code}").format(**figures)
