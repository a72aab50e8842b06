"""Complaints read: lines of lists with their files, and contacts that ended in a complaint nobody opened a file for."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, or_, select

from db.cases import complaint_files, complaint_steps
from db.tables import complaints, customers, touches
from workbench.base.dates import days_after
from workbench.base.workdays import Workdays, workdays_of
from workbench.outreach.complaints.avoiding import avoiding_words
from workbench.outreach.complaints.clocks import ClockFacts, clocks_of
from workbench.outreach.complaints.complaint import Complaint, ComplaintState, ComplaintStep
from workbench.outreach.complaints.levels import LevelFacts, level_of_facts
from workbench.outreach.complaints.words import category_name, category_of, channel_name, channel_of
from workbench.people.ages import PersonAge, ages_of
from workbench.people.consent_facts import still_open
from workbench.rules.parameters import Rules

_C, _F, _S, _T = complaints.c, complaint_files.c, complaint_steps.c, touches.c
#: contacts that ended so
COMPLAINED = "complaint"
#: the number that the branch gives a complaint which no list numbers
_OWN_NO = "TS{:05d}"
#: columns of the file, as a row of both tables names them
_FILE = tuple(one for one in _F if one.name not in ("id", "customer_id", "complaint_id"))


def read_complaints(
    conn: Connection,
    rules: Rules,
    now: str,
    *where: ColumnElement[bool],
    open_only: bool = False,
    workdays: Workdays | None = None,
) -> list[Complaint]:
    """Complaints known by a moment that meet conditions over `complaints`, in no order; settled ones of the days of the rule,
    none with `open_only`. `workdays`: the calendar of the book, where it was read already."""
    day = now[:10]
    state = still_open(day, rules)
    lately = days_after(day, -rules.whole("complaint.listed_days"))
    wanted = or_(state.is_(None), state == 1) if open_only else or_(
        state.is_(None), state == 1, func.coalesce(_C.closed_date, _C.date) >= lately, _F.id.is_not(None)
    )  # fmt: skip
    return _made(conn, rules, now, _rows(conn, state, _C.date <= day, wanted, *where), workdays)


def followed_up(
    conn: Connection,
    rules: Rules,
    now: str,
    *where: ColumnElement[bool],
    workdays: Workdays | None = None,
) -> list[Complaint]:
    """Those with a file that were closed lately and wait for the talk that follows."""
    day = now[:10]
    state = still_open(day, rules)
    since = days_after(day, -rules.whole("complaint.turn_until"))
    rows = _rows(conn, state, _F.id.is_not(None), _C.closed_date >= since, _C.closed_date <= day, *where)
    return [one for one in _made(conn, rules, now, rows, workdays) if one.next == "follow"]


def _made(
    conn: Connection, rules: Rules, now: str, rows: Sequence[RowMapping], workdays: Workdays | None
) -> list[Complaint]:
    if not rows:
        return []
    day = now[:10]
    people = {row["customer_id"] for row in rows}
    ids = [row["id"] for row in rows]
    made = _Maker(
        rules, now, workdays or workdays_of(conn), ages_of(conn, day, people), _earlier(conn, rules, people),
        steps_of(conn, ids), _retaken(conn),
    )  # fmt: skip
    return [made.of(row) for row in rows]


def bare_contacts(conn: Connection, rules: Rules, now: str, *where: ColumnElement[bool]) -> list[Complaint]:
    """Contacts of the days of the rule that ended in a complaint, where no complaint of that customer of the same or a later day
    is known: each as a complaint without a line and a file."""
    day = now[:10]
    later = complaints.alias("later")
    none = ~select(later.c.id).where(later.c.customer_id == _T.customer_id, later.c.date >= _T.date).exists()
    query = (
        select(_T.id, _T.customer_id, _T.date, _T.channel, _T.note, customers.c.customer_no, customers.c.name)
        .join(customers, customers.c.id == _T.customer_id)
        .where(
            _T.result == COMPLAINED,
            _T.date <= day,
            _T.date > days_after(day, -rules.whole("consent.complaint_days")),
            none,
            *where,
        )
        .order_by(_T.date, _T.id)
    )
    rows = list(conn.execute(query).mappings())
    newest = {row["customer_id"]: row for row in rows}  # one file is enough for several contacts about it
    if not newest:
        return []
    ages, days = ages_of(conn, day, newest), workdays_of(conn)
    return [_of_contact(row, rules, now, days, ages.get(row["customer_id"])) for row in newest.values()]


def steps_of(conn: Connection, ids: Collection[int]) -> Mapping[int, Sequence[ComplaintStep]]:
    """Complaint (id) -> its steps in the order of their time."""
    listed: dict[int, list[ComplaintStep]] = defaultdict(list)
    if not ids:
        return listed
    query = select(complaint_steps).order_by(_S.at, _S.id)
    wanted = frozenset(ids)
    for row in conn.execute(query):
        if row.complaint_id in wanted:
            listed[row.complaint_id].append(
                ComplaintStep(row.id, row.step, row.at, row.by_whom or "", row.note or "")
            )
    return listed


def old_from(age: PersonAge | None, rules: Rules) -> int:
    """From which age such a customer counts as elderly; of an unknown sex the later one."""
    men, women = rules.whole("genes.elder"), rules.whole("genes.elder_women")
    if age is None or age.woman is None:
        return max(men, women)
    return women if age.woman else men


def _rows(conn: Connection, state: Any, *where: ColumnElement[bool]) -> list[RowMapping]:
    columns = [one.label(f"file_{one.name}") for one in _FILE]
    query = (
        select(complaints, state.label("still"), _F.id.label("file_id"), *columns, customers.c.customer_no, customers.c.name)
        .join(customers, customers.c.id == _C.customer_id)
        .outerjoin(complaint_files, _F.complaint_id == _C.id)
        .where(and_(*where))
        .order_by(_C.id)
    )  # fmt: skip
    return list(conn.execute(query).mappings())


def _retaken(conn: Connection) -> dict[int, int]:
    """Complaint (id) -> the one that takes it up again."""
    query = select(_F.again_id, _F.complaint_id).where(_F.again_id.is_not(None)).order_by(_F.id)
    return {row.again_id: row.complaint_id for row in conn.execute(query)}


def _earlier(
    conn: Connection, rules: Rules, people: Collection[int]
) -> dict[int, list[tuple[str, str, int]]]:
    """Customer (id) -> day, category and id of each of his complaints, of those who have several."""
    several = select(_C.customer_id).group_by(_C.customer_id).having(func.count() > 1)
    query = select(_C.customer_id, _C.date, _C.category, _C.id).where(_C.customer_id.in_(several))
    listed: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    for row in conn.execute(query.order_by(_C.date, _C.id)):
        if row.customer_id in people:
            listed[row.customer_id].append((row.date, category_of(row.category, rules), row.id))
    return listed


class _Maker:
    """Makes complaints of rows."""

    def __init__(
        self,
        rules: Rules,
        now: str,
        workdays: Workdays,
        ages: Mapping[int, PersonAge],
        earlier: Mapping[int, Sequence[tuple[str, str, int]]],
        steps: Mapping[int, Sequence[ComplaintStep]],
        retaken: Mapping[int, int],
    ) -> None:
        self._rules, self._now, self._workdays = rules, now, workdays
        self._ages, self._earlier, self._steps, self._retaken = ages, earlier, steps, retaken

    def of(self, row: RowMapping) -> Complaint:
        """The complaint of a row of `_rows`."""
        rules, filed = self._rules, row["file_id"] is not None
        state: ComplaintState = "unknown" if row["still"] is None else "open" if row["still"] else "closed"
        if filed and row["still"] is None:
            state = "open"
        closed = row["closed_date"] if state == "closed" else None
        if (
            closed is not None and closed < row["date"]
        ):  # a list may be wrong: when it was closed is not known
            closed = None
        category, channel = category_of(row["category"], rules), channel_of(row["channel"], rules)
        steps = tuple(self._steps.get(row["id"], ()))
        received = row["file_received"] or row["date"]
        signs = tuple(json.loads(row["file_signs"] or "[]"))
        decided = next((one.at for one in steps if one.step == "decide"), None)
        followed = next(
            (one.at for one in reversed(steps) if one.step == "follow" and closed and one.at[:10] > closed),
            None,
        )
        clocks = clocks_of(
            ClockFacts(
                received, channel, row["file_answered"], decided, closed, state == "closed", row["file_extension"], filed,
                row["due_date"], followed,
            ),
            self._now, self._workdays, rules,
        )  # fmt: skip
        owner, against = row["file_owner"] or "", row["file_against"] or ""
        return Complaint(
            id=row["id"], customer_id=row["customer_id"], customer_no=row["customer_no"], name=row["name"] or "",
            no=row["complaint_no"] or _OWN_NO.format(row["id"]), state=state, received=received,
            level=self._level(row, category, channel, signs), clocks=clocks,
            channel=channel, channel_word=channel_name(channel, rules, row["channel"]),
            category=category, category_word=category_name(category, rules, row["category"]),
            content=row["content"] or "", filed=filed, closed=closed, outcome=row["outcome"] or "",
            satisfaction=row["satisfaction"], owner=owner, against=against,
            avoiding=avoiding_words(owner, against) if filed and state != "closed" else "",
            demand=row["file_demand"] or "", facts=row["file_facts"] or "", blame=row["file_blame"] or "",
            solution=row["file_solution"] or "", root_cause=row["file_root_cause"] or "", mending=row["file_mending"] or "",
            money_fen=row["file_money"], people=row["file_people"], times=row["file_times"], signs=signs,
            answered=row["file_answered"], extension=row["file_extension"], approved_by=row["file_approved_by"] or "",
            approved=row["file_approved"], before=row["file_before"], after=row["file_after"], again=row["file_again_id"],
            retaken=self._retaken.get(row["id"]), turn=row["file_turn"] or "", turned=row["file_turned"],
            set_level=row["level"] or "", steps=steps,
        )  # fmt: skip

    def _level(self, row: RowMapping, category: str, channel: str, signs: Sequence[str]) -> Any:
        age = self._ages.get(row["customer_id"])
        since = days_after(row["date"], -self._rules.whole("complaint.repeat_days"))
        before = [
            day
            for day, other, number in self._earlier.get(row["customer_id"], ())
            if number != row["id"] and category and other == category and since <= day <= row["date"]
            and (day, number) < (row["date"], row["id"])
        ]  # fmt: skip
        facts = LevelFacts(
            signs, channel, category, row["file_money"], row["file_people"], row["file_times"],
            age.years if age is not None else None, old_from(age, self._rules), before[-1] if before else "", row["level"] or "",
        )  # fmt: skip
        return level_of_facts(facts, self._rules)


def _of_contact(
    row: RowMapping, rules: Rules, now: str, workdays: Workdays, age: PersonAge | None
) -> Complaint:
    channel = {
        "call": "phone",
        "visit": "counter",
        "lobby": "counter",
        "wecom": "online",
        "sms": "online",
    }.get(cast(str, row["channel"]), "other")
    clocks = clocks_of(ClockFacts(row["date"], channel, filed=False), now, workdays, rules)
    facts = LevelFacts(age=age.years if age else None, old_from=old_from(age, rules), channel=channel)
    return Complaint(
        id=0, touch=row["id"], customer_id=row["customer_id"], customer_no=row["customer_no"], name=row["name"] or "", no="",
        state="open", received=row["date"], level=level_of_facts(facts, rules), clocks=clocks, channel=channel,
        channel_word=channel_name(channel, rules), content=row["note"] or "",
    )  # fmt: skip
