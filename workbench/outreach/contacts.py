"""Log contacts: with whom, by which channel, with what result, what he needs, what was promised, and when next; checked before
it is written. One contact, and many of a sheet that came back, take this one way."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection

from db.engine import Book
from db.journal import Writer
from db.known import light_decisions
from db.tables import touches
from db.values import Value
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.money import to_fen
from workbench.base.months import reported_months
from workbench.insight.churn.decisions import CAUSES
from workbench.insight.journey.marks import TaskOfStay, put_mark
from workbench.outreach.codes import channel_of, code_of, result_of
from workbench.outreach.promises.room import checked_day, put_promise
from workbench.people.find import customer_id
from workbench.people.reached import Reaching
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class NewContact:
    """A contact to be logged. Dates ISO, `date` today if None; `channel` and `result` are codes or names; `initiated_by`
    'manager' or 'customer'; `need`: what the customer needs; `amount` in yuan, a text may say '5万'; `promise`: what was
    promised, `promise_by` the next date if None; `cause`: code of the cause of leaving that the customer named; `task`: the
    task of his journey card that it does, where it reaches him."""

    customer_no: str
    channel: str
    result: str
    date: str | None = None
    initiated_by: str = "manager"
    next_date: str | None = None
    note: str | None = None
    need: str | None = None
    amount: str | Decimal | None = None
    promise: str | None = None
    promise_by: str | None = None
    cause: str | None = None
    task: TaskOfStay | None = None


@dataclass(frozen=True, slots=True)
class CheckedContact:
    """A contact that may be written: the columns of `touches` and what is written beside it. `promise`: (text, ISO day)."""

    customer_no: str
    row: Mapping[str, Value]
    promise: tuple[str, str] | None
    cause: str | None
    task: TaskOfStay | None = None


@dataclass(frozen=True, slots=True)
class PutContacts:
    """What became of contacts that were put: `ids` of touches by place, None where it was refused; place -> why."""

    ids: tuple[int | None, ...]
    refused: Mapping[int, WorkbenchError]


def log_touch(book: Book, rules: Rules, contact: NewContact) -> Change:
    """Write one contact with its promise and its cause, in one change. Undoable.

    Raises WorkbenchError no_such_channel, no_such_result, no_such_initiator, bad_date, date_in_future, date_too_old,
    next_before_date,    too_long, bad_amount, no_promise, no_promise_date, past_date, no_such_cause, no_such_customer.
    """
    with in_words(), book.read() as conn:
        first = first_day(conn, rules)
    entry = checked(contact, rules, first)
    with in_words(), book.write("touch", str(entry.row["channel"])) as writer:
        put = put_contacts(writer, [contact], rules)
        for error in put.refused.values():
            raise error
        return Change.by(writer, 1)


def put_contacts(writer: Writer, contacts: Sequence[NewContact], rules: Rules) -> PutContacts:
    """Write contacts within a write. Those that make no sense are not written and come back with their error; nothing is raised
    for them, and the others are written."""
    people: list[tuple[int, int, CheckedContact]] = []
    refused: dict[int, WorkbenchError] = {}
    first = first_day(writer.conn, rules)
    for place, contact in enumerate(contacts):
        try:
            entry = checked(contact, rules, first)
            people.append((place, customer_id(writer.conn, entry.customer_no), entry))
        except WorkbenchError as error:
            refused[place] = error
    ids: list[int | None] = [None] * len(contacts)
    rows: list[dict[str, Value]] = [{"customer_id": person, **entry.row} for _place, person, entry in people]
    for touch, (place, person, entry) in zip(writer.insert(touches, rows), people, strict=True):
        ids[place] = touch
        put_beside(writer, person, touch, entry)
    return PutContacts(tuple(ids), refused)


def put_beside(writer: Writer, customer: int, touch: int, entry: CheckedContact) -> None:
    """Write what was promised, the cause that was named and the task that was done in a contact."""
    date = str(entry.row["date"])
    if entry.promise is not None:
        put_promise(writer, customer, *entry.promise, date, touch)
    if entry.cause is not None:
        confirmed: dict[str, Value] = {
            "customer_id": customer,
            "date": date,
            "kind": "cause",
            "value": entry.cause,
        }
        writer.insert(light_decisions, [confirmed | {"touch_id": touch}])
    if entry.task is not None:
        put_mark(writer, customer, entry.task, touch=touch, date=date)


def first_day(conn: Connection, rules: Rules) -> dt.date:
    """The first day that a contact can be of: some time before the book's first list; in a book without one, before today."""
    months = reported_months(conn)
    start = dt.date.fromisoformat(f"{months[0]}-01") if months else today()
    return start - dt.timedelta(days=rules.whole("contact.oldest_days"))


def checked(contact: NewContact, rules: Rules, first: dt.date) -> CheckedContact:
    """A contact as it is written; `first`: see `first_day`. Raises WorkbenchError as `log_touch`, but for no_such_customer."""
    channel, result = channel_of(contact.channel), result_of(contact.result)
    by = code_of(
        contact.initiated_by,
        (("manager", _("客户经理")), ("customer", _("客户"))),
        "no_such_initiator",
        _("不知道「{value}」是谁发起的。"),
    )
    day = _date(contact.date) if contact.date else today()
    if day > today():
        raise WorkbenchError(
            "date_in_future",
            _("联系日期 {date} 还没有到。").format(date=day.isoformat()),
            _("请填今天或以前的日期;以后的联系请写在下次日期里。"),
        )
    if day < first:
        raise WorkbenchError(
            "date_too_old",
            _("联系日期 {date} 太早:这个账本只登记 {first} 以后的联系。").format(
                date=day.isoformat(), first=first.isoformat()
            ),
            _("请核对年份。"),
        )
    if contact.cause is not None:
        known = tuple((code, code) for code in CAUSES)
        code_of(contact.cause, known, "no_such_cause", _("没有「{value}」这种流失原因。"))
    following = _next_date(contact.next_date, day)
    row: dict[str, Value] = {
        "date": day.isoformat(),
        "channel": channel,
        "result": result,
        "initiated_by": by,
        "next_date": following,
        "note": _within(contact.note, rules.whole("contact.note_most"), _("备注")),
        "need": _within(contact.need, rules.whole("contact.need_most"), _("需求")),
        "amount": _fen(contact.amount),
    }
    # what did not reach him did no task
    task = contact.task if Reaching(rules).reached(result, by) else None
    promise = _promise(contact, following, row, rules)
    return CheckedContact(contact.customer_no, row, promise, contact.cause, task)


def _next_date(text: str | None, day: dt.date) -> str | None:
    following = _date(text) if text else None
    if following is not None and following < day:
        raise WorkbenchError(
            "next_before_date",
            _("下次日期 {next} 早于联系日期 {date}。").format(
                next=following.isoformat(), date=day.isoformat()
            ),
            _("请改成联系日期当天或以后。"),
        )
    return following.isoformat() if following else None


def _promise(
    contact: NewContact, following: str | None, row: Mapping[str, Value], rules: Rules
) -> tuple[str, str] | None:
    text = _within(contact.promise, rules.whole("contact.promise_most"), _("答应的事"))
    if text is None:
        if contact.promise_by:
            raise WorkbenchError(
                "no_promise", _("写了兑现日期,没有写答应了什么。"), _("请写一句,例如:周五前送对账单。")
            )
        return None
    by = contact.promise_by or following
    if not by:
        raise WorkbenchError(
            "no_promise_date", _("答应的事没有写哪天兑现。"), _("请写兑现日期,或者填下次日期。")
        )
    return text, checked_day(by, str(row["date"]))


def _within(text: str | None, most: int, what: str) -> str | None:
    """The text without blanks around it, None for none. Raises WorkbenchError too_long."""
    plain = (text or "").strip()
    if len(plain) > most:
        raise WorkbenchError(
            "too_long",
            _("{what}有 {n} 个字,最多 {most} 个字。").format(what=what, n=len(plain), most=most),
            _("请写短一些再记下。"),
        )
    return plain or None


def _fen(amount: str | Decimal | None) -> int | None:
    if amount is None or (isinstance(amount, str) and not amount.strip()):
        return None
    fen = to_fen(amount) if isinstance(amount, str) else round(amount * 100)
    if fen is None or fen <= 0:
        raise WorkbenchError(
            "bad_amount", _("「{text}」不是金额。").format(text=amount), _("请写金额,例如 50000 或 5万。")
        )
    return fen


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise WorkbenchError(
            "bad_date", _("「{text}」不是日期。").format(text=text), _("请写成 2026-11-23 这样。")
        ) from None
