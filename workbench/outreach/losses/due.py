"""What first aid asks to be done by a day: the first call of who lost money, the two follow-ups and the day agreed upon."""

from collections.abc import Collection, Iterator
from functools import partial

from sqlalchemy import Connection

from db.values import Json
from workbench.base.dates import today
from workbench.base.money import wan
from workbench.base.workdays import Workdays
from workbench.insight.measures.freshness import freshness
from workbench.outreach.case_due import CaseDue
from workbench.outreach.losses.loss import LossCase, LossRow
from workbench.outreach.losses.reading import cases_of, rows_of
from workbench.rules.parameters import Rules
from workbench.rules.sentences import Sentence

KIND = "loss"


def due(
    conn: Connection,
    rules: Rules,
    workdays: Workdays,
    first: str,
    last: str,
    only: Collection[int] | None = None,
) -> Iterator[CaseDue]:
    """What is to be done by days (ISO) up to `last`, also what is overdue; a file with the complaint procedure asks for nothing
    here. `only`: of some customers (ids)."""
    cases = cases_of(conn, rules, workdays, only, standing=True)
    seen = max(first, today().isoformat()) if first <= today().isoformat() <= last else first
    for row in rows_of(conn, rules, workdays, seen, only):
        # what an old list says of a loss is no reason to call: it is looked up first, on the page
        if freshness(row.held.as_of, rules, seen).stale:
            continue
        if row.due <= last and (row.waits or (row.state == "open" and _untalked(row))):
            yield _first_call(row, rules)
    for case in cases:
        yield from (one for one in steps_due(case, rules) if one.due <= last)


def _untalked(row: LossRow) -> bool:
    return row.case is not None and row.case.talked is None and row.talked is None


def _first_call(row: LossRow, rules: Rules) -> CaseDue:
    return CaseDue(
        row.person.customer_id, KIND, Sentence(partial(_first_words, row, rules)), row.due, row.held.loss or 0,
        {"product": row.held.name, "loss_fen": row.held.loss, "loss_share": row.held.share, "as_of": row.held.as_of},
        order=(0, row.due, -(row.held.loss or 0), 0),
    )  # fmt: skip


def _first_words(row: LossRow, rules: Rules) -> str:
    loss = row.held.loss
    what = rules.text("loss.due.lost").format(loss_fen=wan(loss)) if loss else rules.text("loss.due.moved")
    return rules.text("loss.due.first").format(product=row.held.name, as_of=row.held.as_of, what=what)


def steps_due(case: LossCase, rules: Rules) -> Iterator[CaseDue]:
    """The follow-ups of a case that are still to be made, the earliest first."""
    follow = case.follow
    if case.state != "agreed" or follow is None:
        return
    open_days = [
        ("week", follow.week, case.week_done), ("month", follow.month, case.month_done),
        # a review on the day of a follow-up is the same talk
        ("review", follow.review, case.reviewed if follow.review != follow.month else case.month_done or ""),
    ]  # fmt: skip
    for code, day, done in sorted(open_days, key=lambda one: one[1]):
        if done is None:
            words = partial(_step_words, case, code, day, rules)
            evidence: dict[str, Json] = {"case": case.id, "step": code}
            loss = case.held.loss or 0
            yield CaseDue(
                case.person.customer_id, KIND, Sentence(words), day, loss, evidence, order=(0, day, -loss, case.id)
            )  # fmt: skip


def _step_words(case: LossCase, code: str, day: str, rules: Rules) -> str:
    days = rules.whole(f"loss.{code}_days") if code in ("week", "month") else 0
    return rules.text(f"loss.due.{code}").format(product=case.held.name, days=days, day=day)
