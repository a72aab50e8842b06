"""`FamilyGoals`: what a customer saves for, written down, brought up to date, ended. Every write is undoable."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select

from db.care import family_goals
from db.engine import Book
from db.journal import Writer
from db.values import Value
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.money import to_fen
from workbench.outreach.family_goals.goal import FamilyGoal, GoalCourse, course
from workbench.outreach.needs.checking import chosen, past_day, within, written
from workbench.outreach.promises.room import checked_day
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class NewFamilyGoal:
    """A goal as a person writes it: amounts as text in yuan ('30万'), days ISO, '' where nobody asked. `set_aside_on` '' means
    today."""

    kind: str
    name: str = ""
    amount: str = ""
    due: str = ""
    set_aside: str = ""
    set_aside_on: str = ""
    monthly: str = ""
    note: str = ""


class FamilyGoals:
    """The goals of a book's customers."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules

    def of(self, customer_no: str) -> tuple[GoalCourse, ...]:
        """The open goals of a customer, the nearest first. Raises WorkbenchError no_such_customer."""
        with in_words(), self._book.read() as conn:
            return self.held(conn, customer_id(conn, customer_no))

    def on(self, customer: int) -> tuple[GoalCourse, ...]:
        """The same of a customer by his id."""
        with in_words(), self._book.read() as conn:
            return self.held(conn, customer)

    def held(self, conn: Connection, customer: int) -> tuple[GoalCourse, ...]:
        """As `on`, within a reading."""
        g, day = family_goals.c, today().isoformat()
        query = (
            select(family_goals)
            .where(g.customer_id == customer, g.state == "open")
            .order_by(g.due.is_(None), g.due, g.id)
        )
        return tuple(course(_goal(row), day, self._rules) for row in conn.execute(query).mappings())

    def record(self, customer_no: str, new: NewFamilyGoal) -> Change:
        """Write down a goal. Raises WorkbenchError bad_choice, bad_amount, bad_date, past_date, far_date, date_in_future,
        too_long, no_such_customer."""
        day = today().isoformat()
        row = self._row(new, day)
        with in_words(), self._book.write("family_goal", "record") as writer:
            person = customer_id(writer.conn, customer_no)
            writer.insert(family_goals, [{"customer_id": person, "made": day, "state": "open", **row}])
            return Change.by(writer, 1)

    def change(self, goal: int, new: NewFamilyGoal) -> Change:
        """Bring an open goal up to date. Raises as `record`, and no_such_goal."""
        row = self._row(new, today().isoformat())
        with in_words(), self._book.write("family_goal", "change") as writer:
            _known(writer, goal)
            writer.update(family_goals, goal, row)
            return Change.by(writer, 1)

    def end(self, goal: int, *, reached: bool) -> Change:
        """Close a goal: reached, or given up. Raises WorkbenchError no_such_goal."""
        state: Mapping[str, Value] = {
            "state": "reached" if reached else "dropped",
            "ended": today().isoformat(),
        }
        with in_words(), self._book.write("family_goal", "end") as writer:
            _known(writer, goal)
            writer.update(family_goals, goal, dict(state))
            return Change.by(writer, 1)

    def _row(self, new: NewFamilyGoal, day: str) -> dict[str, Value]:
        rules = self._rules
        kind = chosen(new.kind, rules.words("family_goal.kinds"), _("目标"))
        if kind is None:
            raise WorkbenchError("bad_choice", _("没有选是什么目标。"), _("请选一种,例如子女教育。"))
        aside = _fen(new.set_aside, _("已备的钱"), least=0)
        on = past_day(new.set_aside_on, day) if new.set_aside_on.strip() else day
        name = within(new.name, rules.whole("family_goal.name_most"), _("目标"))
        if kind == "own" and name is None:
            written("", rules.whole("family_goal.name_most"), _("目标"))
        return {
            "kind": kind,
            "name": name or rules.text(f"family_goal.kind.{kind}"),
            "amount": _fen(new.amount, _("目标金额"), least=1),
            "due": self._due(new.due, day) if new.due.strip() else None,
            "set_aside": aside,
            "set_aside_on": on if aside is not None else None,
            "monthly": _fen(new.monthly, _("每月备的钱"), least=0),
            "note": within(new.note, rules.whole("need.note_most"), _("说明")),
        }

    def _due(self, text: str, day: str) -> str:
        due = checked_day(text, day)
        years = self._rules.whole("family_goal.years_most")
        if dt.date.fromisoformat(due).year - dt.date.fromisoformat(day).year > years:
            raise WorkbenchError(
                "far_date", _("{due} 太远:最多 {n} 年以后。").format(due=due, n=years), _("请核对年份。")
            )
        return due


def _fen(text: str, what: str, *, least: int) -> int | None:
    """Fen of an amount as text, None for none. Raises WorkbenchError bad_amount."""
    if not text.strip():
        return None
    fen = to_fen(text)
    if fen is None or fen < least:
        words = _("{what}「{text}」不是金额。") if fen is None else _("{what}「{text}」要大于零。")
        if fen is not None and least == 0:
            words = _("{what}「{text}」不能是负数。")
        raise WorkbenchError(
            "bad_amount",
            words.format(what=what, text=text.strip()),
            _("请写金额,例如 50000 或 5万;不知道就空着。"),
        )
    return fen


def _goal(row: RowMapping) -> FamilyGoal:
    return FamilyGoal(
        row["id"], row["customer_id"], row["name"], row["kind"], row["amount"], row["due"], row["set_aside"],
        row["set_aside_on"], row["monthly"], row["state"], row["ended"], row["note"] or "", row["made"],
    )  # fmt: skip


def _known(writer: Writer, goal: int) -> None:
    state = writer.conn.execute(select(family_goals.c.state).where(family_goals.c.id == goal)).scalar()
    if state != "open":
        raise WorkbenchError(
            "no_such_goal", _("没有第 {n} 号还在备的目标。").format(n=goal), _("请在画像里核对。")
        )
