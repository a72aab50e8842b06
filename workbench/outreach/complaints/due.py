"""What open complaints ask to be done in a span of days, for the week's list."""

from collections.abc import Collection, Iterator

from sqlalchemy import Connection

from db.tables import complaints, touches
from db.values import Json
from workbench.base.day_words import short_day
from workbench.base.i18n import commas
from workbench.base.workdays import Workdays
from workbench.outreach.case_due import CaseDue
from workbench.outreach.complaints.checking import this_moment
from workbench.outreach.complaints.clocks import ComplaintClock
from workbench.outreach.complaints.complaint import Complaint
from workbench.outreach.complaints.reading import bare_contacts, followed_up, read_complaints
from workbench.outreach.complaints.words import category_name
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
    if clock.code == "follow":
        # whatever steps nobody noted: it is over, and he is asked how it is now
        evidence["sop"] = "follow"
    return CaseDue(
        one.customer_id,
        COMPLAINT,
        Sentence(lambda: short_words(one, clock, rules)),
        clock.due[:10],
        0,
        evidence,
        Sentence(lambda: due_words(one, clock, rules)),
        one.order,
    )


def short_words(one: Complaint, clock: ComplaintClock, rules: Rules) -> str:
    """What is due in one line of a list: the complaint by day and category, the clock that matters, the legal day."""
    if not one.id:
        return due_words(one, clock, rules)
    category = category_name(one.category, rules, one.category_word) if one.category != "other" else ""
    about = rules.text("complaint.about.of" if category else "complaint.about.plain").format(
        day=short_day(one.received), category=category, level=rules.text(f"complaint.level.{one.level.code}")
    )
    clocks = one.clocks
    figures: dict[str, str | int] = {
        "about": about, "due": _till(clock.due), "legal": short_day(clocks.legal.due),
        "days": rules.whole("complaint.follow_days"),
    }  # fmt: skip
    code = clock.code
    if clock.state == "overdue" and code == "follow":
        return rules.text("complaint.short.follow_over").format(**figures, over=clock.late_by)
    if clock.state == "overdue":
        # the law first, then what the list wants, then the branch's own
        over = [other for other in reversed(clocks.both) if other.state == "overdue"]
        gravest = next((other for other in over if other.code == "legal"), over[0])
        figures |= {"clock": rules.text(f"complaint.clock.{gravest.code}"), "over": gravest.late_by}
        law = clocks.legal.runs and gravest.code != "legal"
        return rules.text("complaint.short.over" if law else "complaint.short.over_legal").format(**figures)
    return rules.text(f"complaint.short.{code}").format(**figures)


def _till(due: str) -> str:
    """The day in short, with the time where there is one."""
    return short_day(due) + due[10:]


def due_words(one: Complaint, clock: ComplaintClock, rules: Rules) -> str:
    """What is due with everything that is known: the number, both clocks."""
    if not one.id:
        return rules.text("complaint.due.bare").format(day=one.received)
    level = rules.text(f"complaint.level.{one.level.code}")
    if clock.state == "overdue" and clock.code == "follow":
        late = rules.text("complaint.due.follow_over")
        return late.format(no=one.no, due=clock.due, over=clock.late_by)
    if clock.state == "overdue":
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
