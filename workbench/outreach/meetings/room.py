"""`Meetings`: prepared from what is known, recorded with the promises that were made. Every write is undoable."""

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from db.care import meetings
from db.engine import Book
from db.values import Value
from db.week import promises
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.outreach.contacts import put_contacts
from workbench.outreach.family_goals.room import FamilyGoals
from workbench.outreach.meetings.meeting import Meeting, MeetingAgenda, MeetingTask, NewMeeting, body_of
from workbench.outreach.meetings.preparing import agenda_of
from workbench.outreach.needs.checking import past_day, within
from workbench.outreach.needs.room import Needs
from workbench.outreach.promises.room import checked_day, put_promise
from workbench.people.find import customer_id
from workbench.people.red_words import lines_in_force
from workbench.rules.parameters import Rules
from workbench.rules.red_lines import RedLine, hold

if TYPE_CHECKING:
    from workbench.insight.allocation.allocation import Allocation
    from workbench.insight.portrait.portrait import Portrait


class Meetings:
    """The meetings of a book."""

    def __init__(self, book: Book, rules: Rules, needs: Needs, goals: FamilyGoals) -> None:
        self._book = book
        self._rules = rules
        self._needs = needs
        self._goals = goals

    def prepare(self, portrait: "Portrait", allocation: "Allocation | None" = None) -> MeetingAgenda:
        """The agenda of a meeting today with the customer of a portrait."""
        with in_words(), self._book.read() as conn:
            promised = _promised(conn, portrait.customer_id)
            goals = self._goals.held(conn, portrait.customer_id)
        needs, day = self._needs.on(portrait), today().isoformat()
        return agenda_of(portrait, needs, goals, promised, allocation, day, self._rules)

    def of(self, customer_no: str) -> tuple[Meeting, ...]:
        """The meetings with a customer, the newest first. Raises WorkbenchError no_such_customer."""
        with in_words(), self._book.read() as conn:
            person = customer_id(conn, customer_no)
            query = select(meetings).where(meetings.c.customer_id == person)
            rows = conn.execute(query.order_by(meetings.c.date.desc(), meetings.c.id.desc())).all()
        return tuple(_meeting(row.id, row.customer_id, row.date, row.body) for row in rows)

    def record(self, customer_no: str, new: NewMeeting) -> Change:
        """Write down a meeting, the contact that it was and what the manager promised, as one change.

        Raises WorkbenchError nothing_agreed, no_reason, no_text, too_long, bad_date, date_in_future, no_promise_date,
        past_date, red_line, no_such_customer, and as `log_touch` for the contact.
        """
        day = today().isoformat()
        date = past_day(new.date, day) if new.date else day
        with in_words(), self._book.write("meeting", "record") as writer:
            person = customer_id(writer.conn, customer_no)
            checked = self._checked(new, date, lines_in_force(writer.conn))
            touch = None
            if new.contact is not None:
                put = put_contacts(writer, [new.contact], self._rules)
                for error in put.refused.values():
                    raise error
                touch = put.ids[0]
            body = json.dumps(body_of(checked), ensure_ascii=False)
            row: dict[str, Value] = {
                "customer_id": person,
                "date": date,
                "body": body,
                "made": day,
                "touch_id": touch,
            }
            writer.insert(meetings, [row])
            for task in checked.tasks:
                if task.who == "manager":
                    put_promise(writer, person, task.text, task.by, date, touch)
            return Change.by(writer, 1)

    def _checked(self, new: NewMeeting, date: str, lines: Sequence[RedLine]) -> NewMeeting:
        topics = self._texts(new.topics, _("谈了什么"))
        advice = []
        for text, why in new.advice:
            plain = self._text(text, _("建议"))
            reason = self._text(why, _("理由"))
            if plain and not reason:
                raise WorkbenchError(
                    "no_reason",
                    _("建议“{text}”没有写理由。").format(text=plain),
                    _("请写一句理由,或者不记这条建议。"),
                )
            if plain and reason:
                advice.append((hold(plain, _("建议"), lines), hold(reason, _("理由"), lines)))
        tasks = tuple(task for one in new.tasks if (task := self._task(one, date)) is not None)
        if not (topics or advice or tasks):
            raise WorkbenchError(
                "nothing_agreed", _("面谈记录是空的。"), _("请写谈了什么,或者谁在哪天前做什么。")
            )
        return NewMeeting(date, topics, tuple(advice), tasks, new.contact)

    def _task(self, task: MeetingTask, date: str) -> MeetingTask | None:
        text = self._text(task.text, _("要做的事"))
        if not text:
            return None
        if task.who == "manager" and not task.by.strip():
            raise WorkbenchError(
                "no_promise_date",
                _("“{text}”没有写哪天前做。").format(text=text),
                _("请写日期,到期前会提醒。"),
            )
        return MeetingTask(task.who, text, checked_day(task.by, date) if task.by.strip() else "")

    def _texts(self, texts: Iterable[str], what: str) -> tuple[str, ...]:
        return tuple(filter(None, (self._text(one, what) for one in texts)))

    def _text(self, text: str, what: str) -> str:
        return within(text, self._rules.whole("meeting.text_most"), what) or ""


def _promised(conn: Connection, customer: int) -> list[tuple[str, str]]:
    p = promises.c
    query = select(p.text, p.due).where(p.customer_id == customer, p.state == "open").order_by(p.due, p.id)
    return [(row.text, row.due) for row in conn.execute(query)]


def _meeting(key: int, customer: int, date: str, body: str) -> Meeting:
    kept = json.loads(body)
    tasks = tuple(MeetingTask(one["who"], one["text"], one["by"]) for one in kept["tasks"])
    return Meeting(
        key, customer, date, tuple(kept["topics"]), tuple((a, b) for a, b in kept["advice"]), tasks
    )
