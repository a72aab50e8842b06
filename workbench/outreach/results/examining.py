"""What a filled sheet would enter: its rows against the record of the sheet, the customers, the plan and what the book got
meanwhile. Nothing is written."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from db.record import identities
from db.tables import customers
from workbench.base.dates import today
from workbench.base.errors import RowProblem, WorkbenchError
from workbench.base.i18n import _, commas
from workbench.base.workdays import workdays_of
from workbench.outreach import store
from workbench.outreach.codes import codes, contact_codes
from workbench.outreach.contacts import NewContact, checked, first_day
from workbench.outreach.draft import PlanItem
from workbench.outreach.results.entry import ResultRow
from workbench.outreach.results.filled import FilledSheet, ReturnedRow
from workbench.outreach.results.forms import form_of
from workbench.outreach.results.handed_sheet import HandedSheet, SheetRow
from workbench.outreach.results.marks import Mark, keys, read_mark, with_reason
from workbench.outreach.results.since import LaterContact, contacts_since, people_ticked_since, ticked_since
from workbench.people.privacy import print_name, tail
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Person:
    """A customer of a sheet as he is in the book now."""

    id: int
    customer_no: str
    name: str

    @property
    def label(self) -> str:
        """How paper names him."""
        return f"{print_name(self.name)} {tail(self.customer_no)}".strip()


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of looking: rows to enter (those with something `there` are conflicts), wrong rows, and how many were as in
    the book already, or empty."""

    rows: tuple[ResultRow, ...]
    problems: tuple[RowProblem, ...]
    unchanged: int
    empty: int


def examine(conn: Connection, rules: Rules, sheet: HandedSheet, filled: FilledSheet) -> Examined:
    """Look at the rows of one sheet."""
    return _Look(conn, rules, sheet).at(filled)


def people_of(conn: Connection, numbers: Iterable[str]) -> dict[str, Person]:
    """Number -> the customer, for those in the book; a number that was merged leads to the customer who was kept."""
    wanted = sorted({one for one in numbers if one})
    named: dict[str, Person] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        known = select(customers.c.id, customers.c.customer_no, customers.c.name)
        for row in conn.execute(known.where(customers.c.customer_no.in_(part))):
            named[row.customer_no] = Person(row.id, row.customer_no, row.name or "")
        merged = (
            select(identities.c.other_no, customers.c.id, customers.c.customer_no, customers.c.name)
            .join(customers, customers.c.id == identities.c.customer_id)
            .where(identities.c.verdict == "merged", identities.c.other_no.in_(part))
        )
        for other in conn.execute(merged):
            named.setdefault(other.other_no, Person(other.id, other.customer_no, other.name or ""))
    return named


class _Wrong(Exception):
    """A row that cannot be entered: a code, the sentence, what may be done."""

    def __init__(self, code: str, message: str, proposal: str = "") -> None:
        super().__init__(code)
        self.code, self.message, self.proposal = code, message, proposal


class _Look:
    """One look at a sheet."""

    def __init__(self, conn: Connection, rules: Rules, sheet: HandedSheet) -> None:
        self._rules = rules
        self._first = first_day(conn, rules)
        self._sheet = sheet
        self._people = people_of(conn, (one.customer_no for one in sheet.rows))
        self._plan = store.load(conn, sheet.week)
        self._items = {item.id: item for item in store.all_items(self._plan)}
        ids = [one.id for one in self._people.values()]
        self._logged = contacts_since(conn, sheet.change, ids)
        items = [one for one in self._items if one is not None]
        self._ticked = ticked_since(conn, sheet.change, items)
        self._ticked_people = people_ticked_since(conn, sheet.change, items)
        work = workdays_of(conn).week(sheet.week)
        last = work.workdays[-1] if work.workdays else work.days[-1]
        self._day = sheet.date or min(today(), last).isoformat()
        if dt.date.fromisoformat(self._day) > today():
            self._day = today().isoformat()
        self._problems: list[RowProblem] = []
        self._unchanged = 0

    def at(self, filled: FilledSheet) -> Examined:
        self._problems.extend(filled.problems)
        rows, empty = self._once(filled.rows)
        made: list[ResultRow] = []
        for row in rows:
            try:
                entry = self._row(row)
            except _Wrong as wrong:
                self._tell(row, wrong)
                continue
            if entry is None:
                self._unchanged += 1
            else:
                made.append(entry)
        made.sort(key=lambda one: one.row)
        return Examined(tuple(made), tuple(self._problems), self._unchanged, empty)

    def _once(self, rows: Sequence[ReturnedRow]) -> tuple[list[ReturnedRow], int]:
        """The filled rows, each once, and how many were empty; a row written twice in two ways is wrong."""
        once: dict[int, ReturnedRow] = {}
        wrong: set[int] = set()
        empty = 0
        for row in rows:
            if row.empty:
                empty += 1
            elif row.row not in once:
                once[row.row] = row
            elif replace(row, at="") != replace(once[row.row], at=""):
                wrong.add(row.row)
        for number in sorted(wrong):
            self._tell(once.pop(number), _Wrong("twice", _("第 {row} 号写了两次,内容不一样,没有录入。")))
        return list(once.values()), empty

    def _row(self, row: ReturnedRow) -> ResultRow | None:
        place = self._sheet.row(row.row)
        if place is None:
            raise _Wrong(
                "row_not_on_sheet", _("这张单子上没有第 {row} 号。"),
                numbered_from(self._sheet),
            )  # fmt: skip
        if not row.result:
            raise _Wrong("no_result", _("第 {row} 号没有填结果,别的内容也没有录入。"))
        of_plan = place.of_plan
        mark = read_mark(row.result, of_plan=of_plan)
        if mark is None:
            message = _("第 {row} 号的结果「{value}」不认得。")
            raise _Wrong("no_such_result", message, _allowed(of_plan=of_plan))
        if mark.of_plan:
            return self._tick(row, place, mark)
        return self._contact(row, place, mark)

    # -- a row of the plan ---------------------------------------------------------------------------------------

    def _tick(self, row: ReturnedRow, place: SheetRow, mark: Mark) -> ResultRow | None:
        whole = with_reason(mark, row.reason)
        if whole is None:
            names = _("请在「未成原因」里选一项:{names}。").format(names=_reasons())
            raise _Wrong(
                "no_reason", _("第 {row} 号没有完成,要写为什么。"),
                names if place.of_plan else _allowed(of_plan=False),
            )  # fmt: skip
        item = self._items.get(place.item_id) if place.item_id is not None else None
        if item is None and place.item_id is None:
            message = _("第 {row} 号不是 531 计划里的,不能打勾,请填联系结果。")
            raise _Wrong("not_on_plan", message, _allowed(of_plan=False))
        person = self._person(place) if place.customer_no else None
        on_row = item is not None and (
            person is None or any(one.customer_id == person.id for one in item.customers)
        )
        if item is None or not on_row:
            raise _Wrong("row_gone", _("第 {row} 号已经不在这一周的计划里,没有录入。"))
        before = _ticked_as(item, person)
        if before == whole.code:
            return None
        who = person.label if person else item.method
        there = self._there(item, person, before)
        number, id_ = (person.customer_no, person.id) if person else ("", None)
        return ResultRow(
            self._sheet.number, row.row, place.label, who, number, item.id, id_, whole, None, there
        )

    def _there(self, item: PlanItem, person: Person | None, before: str) -> str:
        """What the book has got since about a row that is to be ticked."""
        if person is not None and (logged := self._logged.get(person.id)) is not None:
            return _logged_words(logged)
        since = person.id in self._ticked_people if person is not None else item.id in self._ticked
        return _ticked_words(before) if since else ""

    # -- a customer ----------------------------------------------------------------------------------------------

    def _contact(self, row: ReturnedRow, place: SheetRow, mark: Mark) -> ResultRow | None:
        person = self._person(place)
        contact = NewContact(
            person.customer_no, place.channel or form_of(self._sheet.kind).channel, mark.code,
            date=row.date or self._day_of(place),
            next_date=row.next_date or None, note=row.note or None,
        )  # fmt: skip
        try:
            checked(contact, self._rules, self._first)
        except WorkbenchError as error:
            words = _("第 {row} 号:{fault}").format(row=place.label, fault=error.message)
            raise _Wrong(error.code, words, error.hint) from None
        logged = self._logged.get(person.id)
        if logged is not None and _same(logged, row, mark):
            return None
        there = _logged_words(logged) if logged else _ticked_words(self._ticked_people.get(person.id, ""))
        return ResultRow(
            self._sheet.number,
            row.row,
            place.label,
            person.label,
            person.customer_no,
            place.item_id,
            person.id,
            mark,
            contact,
            there,
        )

    def _day_of(self, place: SheetRow) -> str:
        """The day of a contact whose day was not written: the one for which it was planned, else that of the sheet."""
        return min(place.day, today().isoformat()) if place.day else self._day

    def _person(self, place: SheetRow) -> Person:
        person = self._people.get(place.customer_no)
        if person is None:
            words = _("第 {row} 号的客户(尾号 {tail})已经不在账本里,没有录入。")
            raise _Wrong("customer_gone", words.replace("{tail}", tail(place.customer_no)))
        return person

    def _tell(self, row: ReturnedRow, wrong: _Wrong) -> None:
        place = self._sheet.row(row.row)
        words = wrong.message.replace("{row}", place.label if place else str(row.row)).replace(
            "{value}", row.result
        )
        if row.at:
            words = _("{at}:{words}").format(at=row.at, words=words)
        self._problems.append(
            RowProblem(
                self._sheet.number,
                row.row,
                None,
                wrong.code,
                words,
                row.result or None,
                proposal=wrong.proposal,
            )
        )


def numbered_from(sheet: HandedSheet) -> str:
    """The sentence that says which numbers a sheet has."""
    words = _("这张单子的号是 {first} 到 {last}。")
    return words.format(first=sheet.rows[0].label, last=sheet.rows[-1].label) if sheet.rows else ""


def _ticked_as(item: PlanItem, person: Person | None) -> str:
    if person is None:
        return item.result
    return next((one.result for one in item.customers if one.customer_id == person.id), "")


def _ticked_words(code: str) -> str:
    return _("已勾选:{word}").format(word=Mark(code, of_plan=True).word) if code else ""


def _same(logged: LaterContact, row: ReturnedRow, mark: Mark) -> bool:
    """Whether the contact in the book is the one on the sheet."""
    return (
        logged.result == mark.code
        and row.date in ("", logged.date)
        and row.next_date in ("", logged.next_date)
        and row.note in ("", logged.note)
    )


def _logged_words(logged: LaterContact) -> str:
    words = {one.code: one.name for one in contact_codes("results")}
    channels = {one.code: one.name for one in contact_codes("channels")}
    return _("{date} 已登记:{channel} {result}").format(
        date=logged.date, channel=channels.get(logged.channel, logged.channel),
        result=words.get(logged.result, logged.result),
    )  # fmt: skip


def _allowed(*, of_plan: bool) -> str:
    names = commas(f"{one.digit} {one.mark.word}" for one in keys(of_plan=of_plan))
    return _("可以填:{names}。").format(names=names)


def _reasons() -> str:
    return commas(name for _code, name in codes("missed"))
