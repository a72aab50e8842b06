"""`Losses`: who lost so much that he is spoken to, the talk with him, and what is written of it (domain 8.6). Every write is
undoable; nothing here promises, and where he complains persuasion stops."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection, select, true

from db.cases import loss_cases
from db.engine import Book
from db.tables import complaints
from db.values import Value
from workbench.base.change import Change, Progress, silent
from workbench.base.dates import shift_month, today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.workdays import workdays_of
from workbench.insight.churn.adverse_events import events_of
from workbench.insight.products.losses import HeldProduct, UntoldLosses, first_months, products_of, untold
from workbench.insight.products.suitability import of_values
from workbench.insight.products.verdict import Buyer
from workbench.insight.tags.engine import Engine
from workbench.outreach.case_due import CaseDue
from workbench.outreach.losses.choices import LossChoice, LossSituation, loss_choices
from workbench.outreach.losses.due import steps_due
from workbench.outreach.losses.facts import loss_facts
from workbench.outreach.losses.grounds import loss_grounds
from workbench.outreach.losses.loss import LossBoard, LossCase, LossTalk
from workbench.outreach.losses.reading import cases_of, frozen_by, newest_list, people_of, rows_of
from workbench.outreach.losses.recording import (
    LossNotes,
    LossOutcome,
    LossRecord,
    summary_of,
    usual_review,
)
from workbench.outreach.promises.room import checked_day
from workbench.people.consent_facts import still_open
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class RecordedLoss:
    """A case after a write."""

    change: Change
    case: int


class Losses:
    """Reads the lists of holdings, the log of contacts and the cases; writes the cases."""

    def __init__(self, book: Book, rules: Rules, engine: Engine) -> None:
        self._book, self._rules, self._engine = book, rules, engine

    # -- reading -------------------------------------------------------------------------------------------

    def board(self, progress: Progress = silent) -> LossBoard:
        """The trigger list as of the newest list of holdings, those to be called first first, with every case. Raises
        WorkbenchError no_data."""
        self._engine.ensure(progress)  # the clocks go by the level in force
        day = today().isoformat()
        with in_words(), self._book.read() as conn:
            workdays = workdays_of(conn)
            cases = cases_of(conn, self._rules, workdays)
            newest = newest_list(conn)
            if newest is None:
                return LossBoard(None, cases=cases, notes=(self._rules.text("loss.untold.list"),))
            rows = rows_of(conn, self._rules, workdays, day, cases=cases)
            missing = untold(conn, newest[0], self._rules)
        most = self._rules.whole("loss.rows")
        return LossBoard(
            newest[1], rows[:most], cases, missing, self._notes(missing), max(len(rows) - most, 0)
        )

    def of(self, customer_no: str) -> LossBoard:
        """The same of one customer. Raises WorkbenchError no_such_customer."""
        day = today().isoformat()
        with in_words(), self._book.read() as conn:
            person = customer_id(conn, customer_no)
            workdays = workdays_of(conn)
            cases = cases_of(conn, self._rules, workdays, only={person})
            newest = newest_list(conn)
            rows = rows_of(conn, self._rules, workdays, day, {person}, cases)
        notes = (self._rules.text("loss.untold.list"),) if newest is None else ()
        return LossBoard(newest[1] if newest else None, rows, cases, notes=notes)

    def _notes(self, missing: UntoldLosses) -> tuple[str, ...]:
        counted = (("profit", missing.no_profit), ("share", missing.no_share), ("risk", missing.no_risk))
        return tuple(self._rules.text(f"loss.untold.{code}").format(n=f"{n:,}") for code, n in counted if n)

    def talk(self, customer_no: str, product: str, trouble: str = "") -> LossTalk:
        """What a talk about a product (its name or code) needs; `trouble`: what he came with (code), '' as it was written. Raises
        WorkbenchError no_such_customer, no_such_holding."""
        with in_words(), self._book.read() as conn:
            return self._talk(conn, customer_no, product, trouble)

    def talks(self, customer_no: str = "", product: str = "") -> tuple[LossTalk, ...]:
        """The talks for paper: of one customer, each product that stands in the list or in a case, or the one that is named; else
        of those still to be called, the first of them. Raises WorkbenchError no_such_customer, no_such_holding, no_losses."""
        if customer_no and product:
            return (self.talk(customer_no, product),)
        board = self.of(customer_no) if customer_no else self.board()
        pairs = [(one.person.customer_no, one.held.key) for one in board.rows if customer_no or one.waits]
        if customer_no:
            pairs += [(one.person.customer_no, one.held.key) for one in board.cases if one.state != "closed"]
        if not pairs:
            raise WorkbenchError(
                "no_losses",
                _("没有要急救的亏损。") if board.as_of else self._rules.text("loss.untold.list"),
                _("可以写明产品:workbench losses 客户号 --product 产品名 --pdf 文件。"),
            )
        most = len(pairs) if customer_no else self._rules.whole("loss.sheets")
        return tuple(self.talk(*pair) for pair in list(dict.fromkeys(pairs))[:most])

    def _talk(self, conn: Connection, customer_no: str, product: str, trouble: str) -> LossTalk:
        rules, day = self._rules, today().isoformat()
        person = customer_id(conn, customer_no)
        held, case = self._about(conn, person, product)
        wanted = trouble or (case.trouble if case else "")
        choices = self._choices(conn, held, day, wanted)
        facts = loss_facts(held, rules, case.texts.get("facts", "") if case else "")
        events = [one for one in events_of(conn, rules) if one.counts_on(day)]
        back = shift_month(held.as_of[:7], -rules.whole("loss.par_months"))
        since = first_months(conn, {(person, held.key)}, back)
        stopped = choices[0].why if wanted in rules.words("loss.to_complaint") else ""
        if (
            not stopped
            and wanted not in rules.words("loss.to_serve")
            and all(one.why == choices[0].why for one in choices)
        ):
            stopped = choices[0].why
        if case is not None and case.stopped:
            stopped = rules.text("loss.bar.escalated")
            choices = tuple(replace(one, conditions=(), parts=(), why=stopped) for one in choices)
        return LossTalk(
            people_of(conn, {person}, rules)[person], held, facts, choices, usual_review(rules), case,
            loss_grounds(held, since.get((person, held.key)), events, rules), stopped,
        )  # fmt: skip

    def _about(self, conn: Connection, person: int, product: str) -> tuple[HeldProduct, LossCase | None]:
        """The product as he holds it by the newest list, and the case about it that is not ended."""
        wanted = product.strip()
        cases = cases_of(conn, self._rules, workdays_of(conn), only={person})
        case = next(
            (
                one
                for one in cases
                if one.state != "closed" and wanted in (one.held.key, one.held.name, one.held.code)
            ),
            None,
        )
        held = self._held(conn, person, wanted) or (case.held if case is not None else None)
        if held is None:
            raise WorkbenchError(
                "no_such_holding",
                _("这位客户最近一期没有持有“{product}”,或者它是存款、R1 产品。").format(product=product),
                _("请用 workbench losses 客户号 核对产品。"),
            )
        return held, case

    def _held(self, conn: Connection, person: int, product: str) -> HeldProduct | None:
        newest = newest_list(conn)
        if newest is None:
            return None
        return next(
            (
                one
                for one in products_of(conn, person, newest[0], self._rules)
                if product in (one.key, one.name, one.code)
            ),
            None,
        )

    def _choices(self, conn: Connection, held: HeldProduct, day: str, trouble: str) -> tuple[LossChoice, ...]:
        person = held.customer_id
        frozen = frozen_by(conn, day, self._rules, {person}).get(person, "")
        at = LossSituation(held, self._buyer(conn, person), day, workdays_of(conn), trouble, frozen)
        return loss_choices(at, self._rules)

    def _buyer(self, conn: Connection, person: int) -> Buyer:
        return of_values(self._engine.of_customer(conn, person).values, self._rules)

    def case(self, number: int) -> LossCase:
        """A case by its number. Raises WorkbenchError no_such_case."""
        with in_words(), self._book.read() as conn:
            return self._case(conn, number)

    def _case(self, conn: Connection, number: int) -> LossCase:
        cases = cases_of(conn, self._rules, workdays_of(conn), case=number)
        if not cases:
            raise WorkbenchError(
                "no_such_case",
                _("没有编号 {n} 的亏损急救。").format(n=number),
                _("请用 workbench losses 核对编号。"),
            )
        return cases[0]

    def due_between(self, first: str, last: str) -> tuple[CaseDue, ...]:
        """The follow-ups and reviews still to be made on days (ISO) from first to last, for the calendar."""
        with in_words(), self._book.read() as conn:
            cases = cases_of(conn, self._rules, workdays_of(conn), standing=True)
        every = (one for case in cases for one in steps_due(case, self._rules))
        return tuple(one for one in every if first <= one.due <= last)

    # -- writing -------------------------------------------------------------------------------------------

    def record(
        self, customer_no: str, product: str, notes: LossNotes, outcome: LossOutcome | None = None
    ) -> RecordedLoss:
        """Write what was said about a product, the contact it was, and what came of it, in one change; a case begins where there
        is none. Raises WorkbenchError no_such_customer, no_such_holding, and as `LossRecord.put`."""
        with in_words(), self._book.write("loss", summary_of(outcome)) as writer:
            conn, day = writer.conn, today().isoformat()
            held, case = self._about(conn, customer_id(conn, customer_no), product)
            trouble = notes.trouble or (case.trouble if case else "")
            record = LossRecord(
                self._rules, customer_no, held, case, lambda: self._choices(conn, held, day, trouble)
            )
            number = record.put(writer, notes, outcome)
            return RecordedLoss(Change.by(writer, 1), number)

    def followed(self, case: int, step: str, day: str = "") -> Change:
        """Tick a follow-up ('week' or 'month') that no contact of the log ticks, on a day (ISO, '': today). Raises WorkbenchError
        no_such_case, not_agreed, no_such_word, bad_date, date_in_future, past_date."""
        with in_words(), self._book.write("loss", "follow") as writer:
            one = self._case(writer.conn, case)
            if one.agreed is None or one.state != "agreed":
                raise WorkbenchError(
                    "not_agreed", _("这一件还没有书面约定,没有回访可记。"), _("请先写下约定和复看日期。")
                )
            if step not in ("week", "month"):
                raise WorkbenchError(
                    "no_such_word", _("没有“{word}”这一种。").format(word=step), _("请从列出的里面选。")
                )
            on = checked_day(day, one.agreed) if day.strip() else today().isoformat()
            if on > today().isoformat():
                raise WorkbenchError(
                    "date_in_future", _("{day} 还没有到。").format(day=on), _("请填回访的那一天,今天或以前。")
                )
            writer.update(loss_cases, case, {f"{step}_done": on})
            return Change.by(writer, 1)

    def close(self, case: int) -> Change:
        """End a case: nothing is due for it any more; one with the complaint procedure once that is closed. Raises WorkbenchError
        no_such_case, loss_escalated, loss_closed."""
        with in_words(), self._book.write("loss", "close") as writer:
            one = self._case(writer.conn, case)
            if one.state == "closed":
                raise WorkbenchError(
                    "loss_closed",
                    _("这一件 {day} 已经结束。").format(day=one.ended),
                    _("记错了请撤销那一步。"),
                )
            if one.stopped and _complaint_open(writer.conn, one.complaint_id, self._rules):
                raise WorkbenchError(
                    "loss_escalated",
                    _("这一件已经转投诉,投诉办结以后才能结束。"),
                    _("请在投诉里办;记错了请撤销那一步。"),
                )
            ended: dict[str, Value] = {"state": "closed", "ended": today().isoformat()}
            writer.update(loss_cases, case, ended)
            return Change.by(writer, 1)


def _complaint_open(conn: Connection, complaint: int | None, rules: Rules) -> bool:
    """Whether the complaint that a case became is not settled yet; False where it is gone."""
    settled = still_open(today().isoformat(), rules) == 0
    open_one = select(complaints.c.id).where(complaints.c.id == complaint, settled.is_not(true()))
    return conn.execute(open_one).first() is not None
