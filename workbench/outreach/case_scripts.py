"""The words for a customer for whom a file of ours puts him on the week's list: those for the step, the feeling or the moment
that is at hand (domain 7, 8.6, 9)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection, select

from db.cases import complaint_steps, loss_cases
from workbench.base.dates import week_of
from workbench.base.workdays import workdays_of
from workbench.outreach.case_due import CaseDue
from workbench.outreach.complaints.words import STEPS
from workbench.outreach.leads.case_leads import CASES, cases_due
from workbench.outreach.playbook.choosing import ScriptChoice, Wanted
from workbench.outreach.playbook.library import library
from workbench.outreach.playbook.room import Playbook, wanted_for
from workbench.outreach.reason import COMPLAINT, LOSS

#: what of the evidence of a file narrows its words: the axes of the library, each with one of its values
AXES = ("sop", "level", "turn", "emotion", "trouble", "after", "moment", "giver", "act")


def case_scripts(
    conn: Connection, playbook: Playbook, kinds: Mapping[int, str], day: str, *, named: bool = False
) -> dict[int, ScriptChoice]:
    """Customer id -> the scripts for his file in the week of a day (ISO), of those whom one lists (`kinds`: kind of the first
    reason of each); where the file tells nothing nearer, those of its occasion are found elsewhere."""
    rooms = [room for room in CASES if not set(room.kinds).isdisjoint(kinds.values())]
    of_cases = {kind for room in rooms for kind in room.kinds}
    listed = {one for one, kind in kinds.items() if kind in of_cases}
    if not listed:
        return {}
    work = workdays_of(conn)
    week = work.week(week_of(dt.date.fromisoformat(day)))
    wanted: dict[int, Wanted] = {}
    for due in cases_due(conn, playbook.rules, work, week, rooms=rooms, only=listed):
        if due.customer_id in listed and kinds[due.customer_id] == due.kind and due.customer_id not in wanted:
            wanted[due.customer_id] = _wanted(due, _near(conn, due))
    choices = playbook.choices(conn, wanted, day, named=named) if wanted else {}
    # a file may name what the library has no text for: the occasion's own stands then
    return {one: choice for one, choice in choices.items() if choice.scripts or choice.withheld}


def _near(conn: Connection, due: CaseDue) -> dict[str, str]:
    """What a file tells of the words by the axes of the library: the step that is missing first, the feeling that was met, which
    follow-up it is."""
    near = {axis: str(value) for axis in AXES if (value := due.evidence.get(axis))}
    if due.kind == COMPLAINT and "sop" not in near:
        s = complaint_steps.c
        taken = set(
            conn.execute(select(s.step).where(s.complaint_id == due.evidence.get("complaint"))).scalars()
        )
        near["sop"] = next((one for one in STEPS if one not in taken), STEPS[-1])
    if due.kind == LOSS and (step := due.evidence.get("step")):
        near["after"] = "week" if step == "week" else "month"
    elif due.kind == LOSS and (case := due.evidence.get("case")):
        x = loss_cases.c
        row = conn.execute(select(x.emotion, x.trouble).where(x.id == case)).first()
        near |= (
            {"emotion": row.emotion, "trouble": row.trouble} if row and row.emotion and row.trouble else {}
        )
    return near


def _wanted(due: CaseDue, near: Mapping[str, str]) -> Wanted:
    """What the occasion of a file calls for, with what the file itself tells of it."""
    wanted = wanted_for(library().occasion(kind=due.kind))
    if not near:
        return wanted
    # a step, a turn and a follow-up each stand for themselves
    of = near if {"sop", "turn", "after", "emotion"} & near.keys() else {**wanted.of, **near}
    return replace(wanted, of=of)
