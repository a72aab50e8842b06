"""`Complaints`: files of complaints, opened, worked on, closed, taken up again. Every write is undoable (domain 9)."""

import json
from collections.abc import Mapping

from sqlalchemy import Connection, select

from db.cases import complaint_files
from db.engine import Book
from db.tables import complaints, customers
from db.values import Value
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.insight.tags.engine import Engine
from workbench.outreach.complaints.avoiding import book_manager, checked_owner
from workbench.outreach.complaints.checking import (
    checked_count,
    checked_mark,
    checked_moment,
    checked_money,
    checked_signs,
    checked_solution,
    checked_text,
    this_moment,
)
from workbench.outreach.complaints.complaint import Complaint, ComplaintList
from workbench.outreach.complaints.edits import ComplaintEdit, ComplaintEnd
from workbench.outreach.complaints.metrics import ComplaintMetrics, metrics_of
from workbench.outreach.complaints.new_complaint import NewComplaint
from workbench.outreach.complaints.opening import checked_level, named_word, no_such_complaint, open_in
from workbench.outreach.complaints.reading import bare_contacts, read_complaints
from workbench.outreach.complaints.turning import TurnList, TurnOffer, turn_list, turn_of
from workbench.outreach.complaints.words import level_of
from workbench.outreach.complaints.working import ComplaintWork, closed_already, file_id
from workbench.outreach.effects.room import Effects
from workbench.people.find import customer_id
from workbench.people.red_words import lines_in_force
from workbench.rules.parameters import Rules

#: the status of a line that is settled, as lists call it (`towers.closed_words`)
CLOSED_WORD = "已办结"
_TEXTS = ("demand", "facts", "blame", "root_cause", "mending")


class Complaints(ComplaintWork):
    """The complaints of a book."""

    def __init__(self, book: Book, rules: Rules, engine: Engine, effects: Effects) -> None:
        super().__init__(book, rules)
        self._engine = engine
        self._effects = effects

    # -- reading -------------------------------------------------------------------------------------------

    def list(self) -> ComplaintList:
        """Open ones by the clock that runs out first, contacts without a file among them; then settled ones, the newest first."""
        now = this_moment()
        with in_words(), self._book.read() as conn:
            every = [*read_complaints(conn, self._rules, now), *bare_contacts(conn, self._rules, now)]
            return ComplaintList(now, tuple(sorted(every, key=lambda one: one.order)), book_manager(conn))

    def of(self, complaint: int) -> Complaint:
        """One by id. Raises WorkbenchError no_such_complaint."""
        with in_words(), self._book.read() as conn:
            return self._one(conn, complaint)

    def named(self, number: str) -> tuple[Complaint, ...]:
        """Those with a number (as shown, or of the list), or of the customer with that number, in working order. Raises
        WorkbenchError no_such_complaint."""
        plain = number.strip()
        every = self.list().all
        mine = tuple(one for one in every if plain in (one.no, one.customer_no))
        if not mine:
            with in_words(), self._book.read() as conn:
                known = conn.execute(select(customers.c.id).where(customers.c.customer_no == plain)).first()
            if known is None:
                raise no_such_complaint()
        return mine

    def metrics(self, listed: ComplaintList | None = None, *, churn: bool = True) -> ComplaintMetrics:
        """How complaints of the days of the rule were settled; `churn`: what became of the customers too."""
        read = listed or self.list()
        return metrics_of(read, self._rules, self._effects if churn else None)

    def turn(self, complaint: Complaint) -> TurnOffer:
        """Whether the talk may turn to more than the complaint, and what takes the pain away first."""
        with in_words(), self._book.read() as conn:
            return turn_of(conn, complaint, today().isoformat(), self._rules)

    def turn_list(self) -> TurnList:
        """Customers with a card or a loan and little else who repay well. Raises WorkbenchError no_data."""
        self._engine.ensure()
        with in_words(), self._book.read() as conn:
            return turn_list(conn, self._engine.layers(conn), self._rules)

    # -- writing -------------------------------------------------------------------------------------------

    def open(self, customer_no: str, new: NewComplaint) -> Change:
        """Open a file. Raises WorkbenchError no_such_customer, and as `open_in`."""
        with in_words(), self._book.write("complaint", "open") as writer:
            open_in(writer, self._rules, customer_id(writer.conn, customer_no), new)
            return Change.by(writer, 1)

    def set(self, complaint: int, edit: ComplaintEdit) -> Change:
        """Write fields of a file. Raises WorkbenchError no_such_complaint, no_file, same_person, red_line, too_long, bad_mark,
        bad_count, no_such_word, no_such_sign."""
        rules = self._rules
        with in_words(), self._book.write("complaint", "set") as writer:
            one = self._filed(writer.conn, complaint)
            row: dict[str, Value] = {}
            for name in _TEXTS:
                if (text := getattr(edit, name)) is not None:
                    row[name] = checked_text(text, _field_name(name), rules)
            if edit.solution is not None:
                row["solution"] = checked_solution(edit.solution, rules, lines_in_force(writer.conn))
            if edit.owner is not None or edit.against is not None:
                row |= self._avoiding(writer.conn, one, edit)
            if edit.signs is not None:
                row["signs"] = json.dumps(checked_signs(edit.signs))
            figures = (
                ("money", checked_money(edit.money_fen)), ("people", checked_count(edit.people, _("人数"))),
                ("times", checked_count(edit.times, _("次数"))), ("before", checked_mark(edit.before, _("情绪温度"))),
            )  # fmt: skip
            row |= {name: value for name, value in figures if value is not None}
            row |= {name.removesuffix("_fen"): None for name in edit.clear}
            done = writer.update(complaint_files, file_id(writer.conn, complaint), row) if row else False
            line = self._line(edit)
            done = (bool(line) and writer.update(complaints, complaint, line)) or done
            return Change.by(writer, int(done))

    def close(self, complaint: int, end: ComplaintEnd) -> Change:
        """Close a file. Raises WorkbenchError no_such_complaint, no_file, closed_already, no_solution, red_line, too_long,
        bad_mark, bad_date, date_in_future, past_date."""
        rules = self._rules
        with in_words(), self._book.write("complaint", "close") as writer:
            one = self._filed(writer.conn, complaint)
            if one.state == "closed":
                raise closed_already(one)
            solution = checked_solution(end.solution, rules, lines_in_force(writer.conn))
            if solution is None:
                raise WorkbenchError(
                    "no_solution", _("没有写方案,不能办结。"), _("请写给了客户什么答复、怎么改、哪天做到。")
                )
            last = max([one.received, *(step.at for step in one.steps)])
            after = "" if last == one.received else _("最后一步")
            day = checked_moment(end.day, _("办结的日期"), last[:10], after=after)[:10]
            line: dict[str, Value] = {
                "status": CLOSED_WORD, "closed_date": day, "outcome": solution,
                "satisfaction": checked_mark(end.satisfaction, _("满意度")),
            }  # fmt: skip
            writer.update(complaints, complaint, line)
            row: dict[str, Value] = {
                "solution": solution, "root_cause": checked_text(end.root_cause, _field_name("root_cause"), rules),
                "mending": checked_text(end.mending, _field_name("mending"), rules),
                "after": checked_mark(end.after, _("情绪温度")),
            }  # fmt: skip
            writer.update(complaint_files, file_id(writer.conn, complaint), row)
            return Change.by(writer, 1)

    def rate(self, complaint: int, satisfaction: int, after: int | None = None) -> Change:
        """Write down how satisfied the customer was (1 to 5) when he was asked after closing. Raises WorkbenchError
        no_such_complaint, no_file, still_open, bad_mark."""
        with in_words(), self._book.write("complaint", "rate") as writer:
            one = self._filed(writer.conn, complaint)
            if one.state != "closed":
                raise _still_open(one)
            writer.update(complaints, complaint, {"satisfaction": checked_mark(satisfaction, _("满意度"))})
            if after is not None:
                mark = checked_mark(after, _("情绪温度"))
                writer.update(complaint_files, file_id(writer.conn, complaint), {"after": mark})
            return Change.by(writer, 1)

    def take_up_again(self, complaint: int, content: str, owner: str = "", received: str = "") -> Change:
        """Take a closed complaint up again: a new file with its own clocks that refers to it, as a repeated one. Raises
        WorkbenchError no_such_complaint, still_open, taken_up, past_date, and as `open_in`."""
        with in_words(), self._book.write("complaint", "again") as writer:
            one = self._one(writer.conn, complaint)
            if one.state != "closed":
                raise _still_open(one)
            if one.retaken is not None:
                raise WorkbenchError("taken_up", _("这件投诉已经重开过。"), _("请在新的那一份里接着办。"))
            if received.strip() and one.closed is not None:
                checked_moment(received, _("重开的时间"), one.closed, after=_("办结"))
            least = level_of(one.set_level)  # a word of a list that is not known sets no level
            most = self._rules.whole("complaint.words_most")
            new = NewComplaint(
                content=content.strip() or one.content[:most], category=one.category, channel=one.channel, received=received,
                demand=one.demand, owner=owner or one.owner, against=one.against, money_fen=one.money_fen, people=one.people,
                times=(one.times or 1) + 1, signs=tuple({*one.signs, "repeated"}), level=least or "", before=one.before,
                again=complaint,
            )  # fmt: skip
            open_in(writer, self._rules, one.customer_id, new)
            return Change.by(writer, 1)

    def turned(self, complaint: int) -> Change:
        """Write down that the talk of the turn-around was had today, with its case. Raises WorkbenchError no_such_complaint,
        no_file, no_turn."""
        with in_words(), self._book.write("complaint", "turn") as writer:
            one = self._filed(writer.conn, complaint)
            offer = turn_of(writer.conn, one, today().isoformat(), self._rules)
            if offer.state != "may":
                raise WorkbenchError("no_turn", _("现在还不能谈转机:{why}。").format(why=offer.why))
            row: dict[str, Value] = {"turn": offer.case or "other", "turned": today().isoformat()}
            writer.update(complaint_files, file_id(writer.conn, complaint), row)
            return Change.by(writer, 1)

    # -- parts ---------------------------------------------------------------------------------------------

    def _avoiding(self, conn: Connection, one: Complaint, edit: ComplaintEdit) -> dict[str, Value]:
        rules = self._rules
        against = one.against if edit.against is None else edit.against
        owner = checked_owner(one.owner if edit.owner is None else edit.owner, against, book_manager(conn))
        return {
            "owner": checked_text(owner, _("承办人"), rules, "complaint.name_most"),
            "against": checked_text(against, _("被投诉人"), rules, "complaint.name_most"),
        }

    def _line(self, edit: ComplaintEdit) -> Mapping[str, Value]:
        """What an edit says of the line in the list."""
        rules, row = self._rules, dict[str, Value]()
        if edit.number is not None:
            row["complaint_no"] = checked_text(edit.number, _("编号"), rules, "complaint.name_most")
        if edit.content is not None:
            row["content"] = checked_text(edit.content, _("经过"), rules)
        if edit.level is not None:
            row["level"] = checked_level(edit.level)
        for name, word in (("category", edit.category), ("channel", edit.channel)):
            if word is not None:
                row[name] = named_word(name, word, rules)
        return row


def _field_name(name: str) -> str:
    return {
        "demand": _("诉求"), "facts": _("查明的事实"), "blame": _("责任"), "root_cause": _("根因"), "mending": _("整改"),
    }[name]  # fmt: skip


def _still_open(one: Complaint) -> WorkbenchError:
    return WorkbenchError("still_open", _("投诉 {no} 还没有办结。").format(no=one.no), _("请先办结。"))
