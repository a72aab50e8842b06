"""Work on a file: the six steps, the first answer, more time. Each is written as it was done and never overwritten (domain 9)."""

from sqlalchemy import Connection, select

from db.cases import complaint_files, complaint_steps
from db.engine import Book
from db.tables import complaints
from db.values import Value
from workbench.base.change import Change
from workbench.base.dates import days_after
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.outreach.complaints.avoiding import book_manager, same_person
from workbench.outreach.complaints.checking import checked_moment, checked_solution, checked_text, this_moment
from workbench.outreach.complaints.clocks import legal_days
from workbench.outreach.complaints.complaint import Complaint
from workbench.outreach.complaints.opening import no_such_complaint
from workbench.outreach.complaints.reading import read_complaints
from workbench.outreach.complaints.words import STEPS, Extension, Step, step_name
from workbench.people.red_words import lines_in_force
from workbench.rules.parameters import Rules

#: steps by which somebody speaks to the customer: the first of them is the first answer
_ANSWERS = frozenset(("stop", "listen", "sorry"))
#: steps that whoever the complaint is about takes no part in
_AVOIDED = frozenset(("check", "decide", "follow"))


class ComplaintWork:
    """Base of `Complaints`: what is done about one of them."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules

    def take_step(self, complaint: int, step: Step, note: str, at: str = "", by: str = "") -> Change:
        """Write down a step that was taken, at a moment ('' now), by somebody ('' who settles it); steps are added, never
        changed. The first talk with the customer is the first answer.

        Raises WorkbenchError no_such_complaint, no_file, no_such_step, no_text, too_long, red_line, same_person, closed_already,
        bad_date, date_in_future, past_date.
        """
        rules = self._rules
        if step not in STEPS:
            raise WorkbenchError("no_such_step", _("没有“{word}”这一步。").format(word=step), _("请重选。"))
        with in_words(), self._book.write("complaint", "step") as writer:
            one = self._filed(writer.conn, complaint)
            if one.state == "closed" and step != "follow":
                raise closed_already(one)
            moment = checked_moment(at, _("这一步的时间"), one.received, timed=True)
            text = checked_text(note, _("这一步的记录"), rules)
            if text is None:
                raise WorkbenchError("no_text", _("没有写做了什么、说了什么。"), _("请写一句再记下。"))
            if step == "decide":
                checked_solution(text, rules, lines_in_force(writer.conn))
            who = (
                checked_text(by, _("经手人"), rules, "complaint.name_most")
                or one.owner
                or book_manager(writer.conn)
            )
            if step in _AVOIDED and who and same_person(who, one.against):
                words = _("投诉的就是{name}本人,“{step}”这一步要由别的同事来做。")
                raise WorkbenchError(
                    "same_person",
                    words.format(name=who, step=step_name(step)),
                    _("请写实际经手的同事。"),
                )
            row: dict[str, Value] = {
                "customer_id": one.customer_id, "complaint_id": complaint, "step": step, "at": moment, "by_whom": who or None,
                "note": text,
            }  # fmt: skip
            writer.insert(complaint_steps, [row])
            if one.answered is None and step in _ANSWERS:
                writer.update(complaint_files, file_id(writer.conn, complaint), {"answered": moment})
            return Change.by(writer, 1)

    def answer(self, complaint: int, at: str = "") -> Change:
        """Write down when somebody answered first ('' now). Raises WorkbenchError no_such_complaint, no_file, answered_already,
        closed_already, bad_date, date_in_future, past_date."""
        with in_words(), self._book.write("complaint", "answer") as writer:
            one = self._filed(writer.conn, complaint)
            if one.answered is not None:
                raise WorkbenchError(
                    "answered_already",
                    _("首次回应记过了:{at}。").format(at=one.answered),
                    _("记错了请撤销那一步。"),
                )
            if one.state == "closed":
                raise closed_already(one)
            moment = checked_moment(at, _("首次回应的时间"), one.received, timed=True)
            writer.update(complaint_files, file_id(writer.conn, complaint), {"answered": moment})
            return Change.by(writer, 1)

    def extend(self, complaint: int, kind: Extension, approved_by: str, approved: str = "") -> Change:
        """Make the legal time longer: for a complex case, then for a special one, as somebody approved on a day (ISO, '' today),
        before the time ran out. What was approved is kept among the steps too.

        Raises WorkbenchError no_such_complaint, no_file, closed_already, no_approval, extended_already, not_complex, same_person,
        approved_late, too_long, bad_date, date_in_future, past_date.
        """
        rules = self._rules
        with in_words(), self._book.write("complaint", "extend") as writer:
            one = self._filed(writer.conn, complaint)
            if one.state == "closed":
                raise closed_already(one)
            who = checked_text(approved_by, _("批准人"), rules, "complaint.name_most")
            if who is None:
                raise WorkbenchError(
                    "no_approval", _("没有写批准人,时限不能延长。"), _("请写谁在哪天批准的。")
                )
            if same_person(who, one.against):
                raise WorkbenchError(
                    "same_person",
                    _("投诉的就是{name}本人,不能由他批准延期。").format(name=who),
                    _("请写另一位批准人。"),
                )
            if one.extension == kind or (kind == "complex" and one.extension is not None):
                raise WorkbenchError(
                    "extended_already",
                    _("这件投诉已经按“{kind}”延过期。").format(
                        kind=rules.text(f"complaint.extension.{one.extension}")
                    ),
                    _("再延只能按“特别复杂”,并且要另外批准。"),
                )
            if kind == "special" and one.extension != "complex":
                raise WorkbenchError(
                    "not_complex", _("还没有按“情况复杂”延过期。"), _("请先按“情况复杂”延期,再按“特别复杂”。")
                )
            day = checked_moment(approved, _("批准的日期"), one.received)[:10]
            if one.approved is not None and day < one.approved:
                raise WorkbenchError(
                    "past_date",
                    _("“特别复杂”的批准 {day} 早于“情况复杂”的批准 {first}。").format(
                        day=day, first=one.approved
                    ),
                    _("请填 {since} 或以后。").format(since=one.approved),
                )
            end = one.clocks.legal.due
            if day > end:
                raise WorkbenchError(
                    "approved_late",
                    _("批准的日期 {day} 晚于法定答复期 {end},过了期不能补延。").format(day=day, end=end),
                    _("请尽快答复,并在档案里写明为什么超期。"),
                )
            row: dict[str, Value] = {"extension": kind, "approved_by": who, "approved": day}
            writer.update(complaint_files, file_id(writer.conn, complaint), row)
            until = days_after(one.received[:10], legal_days(kind, rules))
            words = _("按“{kind}”延期:{who} {day} 批准,法定答复改到 {until}。")
            note = words.format(kind=rules.text(f"complaint.extension.{kind}"), who=who, day=day, until=until)
            # he is told of it in writing: that is no investigation, and nothing else is lost when it is extended again
            step: dict[str, Value] = {
                "customer_id": one.customer_id, "complaint_id": complaint, "step": "follow",
                "at": this_moment() if day == this_moment()[:10] else day, "by_whom": who, "note": note,
            }  # fmt: skip
            writer.insert(complaint_steps, [step])
            return Change.by(writer, 1)

    # -- parts -------------------------------------------------------------------------------------------

    def _one(self, conn: Connection, complaint: int) -> Complaint:
        read = read_complaints(conn, self._rules, this_moment(), complaints.c.id == complaint)
        if not read:
            raise no_such_complaint()
        return read[0]

    def _filed(self, conn: Connection, complaint: int) -> Complaint:
        """One with a file. Raises WorkbenchError no_such_complaint, no_file."""
        one = self._one(conn, complaint)
        if not one.filed:
            raise WorkbenchError("no_file", _("这件投诉还没有建档。"), _("请先建档,再写。"))
        return one


def file_id(conn: Connection, complaint: int) -> int:
    """The id of the file of a complaint that has one."""
    query = select(complaint_files.c.id).where(complaint_files.c.complaint_id == complaint)
    return int(conn.execute(query).scalar_one())


def closed_already(one: Complaint) -> WorkbenchError:
    """The error for a complaint that is closed."""
    return WorkbenchError(
        "closed_already", _("投诉 {no} 已经办结。").format(no=one.no), _("客户还有意见就重开一份。")
    )
