"""Put what its manager wrote down of hard moments into the book of the made-up branch: files of complaints, talks about losses,
customers won back. All through the rooms, so that nothing stands in it that a person could not have written."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from db.tables import complaints, customers, snapshots
from workbench.app import Workbench
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.months import newest_month
from workbench.outreach.complaints.edits import ComplaintEdit
from workbench.outreach.complaints.new_complaint import NewComplaint
from workbench.outreach.losses.recording import LossAgreement, LossNotes
from workbench.outreach.winback.win_back import NewWinBack
from workbench.sample.material import material

#: customers that are tried for one case
_TRIES = 12


def put_past_cases(workbench: Workbench) -> None:
    """Write them; whom by the lists, so that the same branch has the same ones. Raises what writing a book raises."""
    rules = material("cases")
    _complaints(workbench, rules["complaints"])
    _losses(workbench, rules["losses"])
    _win_backs(workbench, rules["win_backs"])


def _complaints(workbench: Workbench, rules: dict[str, Any]) -> None:
    """Of the open lines of the list one is overdue and one was made longer twice; of the settled ones the newest has its file and
    a satisfied customer."""
    c, room = complaints.c, workbench.outreach.complaints
    with in_words(), workbench.book.read() as conn:
        query = select(c.id, c.date, c.closed_date, customers.c.customer_no).join(
            customers, customers.c.id == c.customer_id
        )
        rows = conn.execute(query.order_by(c.date, c.id)).all()
    opened = [row for row in rows if row.closed_date is None]
    settled = [row for row in rows if row.closed_date is not None]
    for row in (*opened[:1], *opened[1:][-1:], *settled[-1:]):
        room.open(
            row.customer_no,
            NewComplaint(
                line=row.id, owner=rules["owner"], against=rules["against"], demand=rules["demand"], before=4
            ),
        )
    for row in settled[-1:]:
        room.set(row.id, ComplaintEdit(root_cause=rules["root_cause"], mending=rules["mending"]))
        room.rate(row.id, 5, 1)
    if len(opened) > 1:
        one = opened[-1]
        day = dt.date.fromisoformat(one.date)
        for step, note in rules["steps"]:
            room.take_step(one.id, step, note, at=f"{day.isoformat()} 15:30")
        room.set(one.id, ComplaintEdit(facts=rules["facts"]))
        for kind, after in (("complex", 1), ("special", 2)):
            approved = day + dt.timedelta(days=rules["extended_after"] * after)
            if approved <= today():
                room.extend(one.id, kind, rules["approved_by"], approved.isoformat())  # type: ignore[arg-type]


def _losses(workbench: Workbench, rules: dict[str, Any]) -> None:
    """First aid for those who are to be called first."""
    room = workbench.outreach.losses
    rows: Sequence[Any] = [(one.person.customer_no, one.held.name) for one in room.board().rows[:_TRIES]]
    for one in rules["case"]:
        notes = LossNotes(one["emotion"], one["trouble"], texts={"feeling": one["heard"]}, channel="call")
        agreed = LossAgreement(one["choice"]) if one["choice"] else None
        rows = _first_that(rows, lambda row, n=notes, a=agreed: room.record(row[0], row[1], n, a))


def _win_backs(workbench: Workbench, rules: dict[str, Any]) -> None:
    """Those whose assets fell most, as far as they may be called."""
    s, room = snapshots.c, workbench.outreach.win_backs
    with in_words(), workbench.book.read() as conn:
        newest = newest_month(conn)
        by_customer = select(s.customer_id, func.max(s.aum_balance).label("most")).group_by(s.customer_id)
        of = by_customer.subquery("of")
        query = (
            select(customers.c.customer_no)
            .join(snapshots, s.customer_id == customers.c.id)
            .join(of, of.c.customer_id == customers.c.id)
            .where(s.month == newest, s.aum_balance <= of.c.most * rules["fallen_to"])
            .order_by(s.aum_balance - of.c.most, customers.c.customer_no)
        )
        rows = conn.execute(query.limit(_TRIES)).all()
    for one in rules["case"]:
        due = (today() + dt.timedelta(days=one["due_in"])).isoformat() if "due_in" in one else ""
        new = NewWinBack(
            one["strategy"], one["why"], one.get("rival", ""), one.get("rival_product", ""), one.get("rival_rate", ""),
            one.get("rival_amount", ""), due,
        )  # fmt: skip
        cases: list[int] = []
        rows = _first_that(rows, lambda row, n=new, c=cases: c.append(room.open(row[0], n).id))
        for case in cases:
            if "apology" in one:
                by = (today() + dt.timedelta(days=5)).isoformat()
                room.apologise(case, one["apology"], one["recovery"], by)


def _first_that(rows: Sequence[Any], act: Any) -> Sequence[Any]:
    """Act for the first of the rows that it is not refused for; the rows behind it."""
    for at, row in enumerate(rows, 1):
        try:
            act(row)
        except WorkbenchError:
            continue
        return rows[at:]
    return ()
