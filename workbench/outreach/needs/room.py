"""`Needs`: the needs of customers, recorded, classed, followed, ended. Every write is undoable (domain 15)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from db.care import need_evidence, needs
from db.engine import Book
from db.journal import Writer
from db.values import Value
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.insight.portrait.unsaid import Never
from workbench.outreach.needs.checking import ended_row, evidence_row, need_row
from workbench.outreach.needs.classing import CLASSES
from workbench.outreach.needs.judged import CustomerNeeds, JudgedNeed, NeedConversion, conversion, judge
from workbench.outreach.needs.need import NewNeed
from workbench.outreach.needs.proposing import NeedProposal, proposed
from workbench.outreach.needs.reading import named, needs_held
from workbench.outreach.promises.room import put_promise
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.insight.portrait.portrait import Portrait

#: of some customers (ids) on a day (ISO): what not to say to each
LimitsOf = Callable[[Connection, Sequence[int], str], Mapping[int, Sequence[Never]]]


class Needs:
    """The needs of a book. `limits`: asked for what may not be said to those whose needs are listed."""

    def __init__(self, book: Book, rules: Rules, limits: LimitsOf) -> None:
        self._book = book
        self._rules = rules
        self._limits = limits

    def on(self, portrait: "Portrait") -> CustomerNeeds:
        """The needs of a customer whose portrait is open, and what his figures propose."""
        day, rules = today().isoformat(), self._rules
        with in_words(), self._book.read() as conn:
            held = needs_held(conn, rules, day, portrait.customer_id)
        recorded = held["needs"].get(portrait.customer_id, [])
        contacts = held["contacts"].get(portrait.customer_id, [])
        who = (portrait.customer_no, portrait.name)
        judged = tuple(judge(one, contacts, portrait.do_not_say, day, rules, who) for one in recorded)
        seen = portrait.picture
        proposals = (
            proposed(seen.values, portrait.behaviour, seen.as_of, recorded, day, rules, portrait.do_not_say)
            if seen is not None
            else ()
        )
        return CustomerNeeds(portrait.customer_no, judged, proposals)

    def all(self) -> tuple[JudgedNeed, ...]:
        """The needs of everybody: open ones first, by class, the nearest deadline first."""
        day, rules = today().isoformat(), self._rules
        with in_words(), self._book.read() as conn:
            held = needs_held(conn, rules, day)
            people = frozenset(held["needs"])
            who = named(conn, people)
            limits = self._limits(conn, sorted(people), day)
        listed = [
            judge(one, held["contacts"].get(of, []), limits.get(of, ()), day, rules, who[of])
            for of, recorded in held["needs"].items()
            for one in recorded
        ]
        return tuple(sorted(listed, key=_order))

    def conversion(self, listed: Iterable[JudgedNeed]) -> tuple[NeedConversion, ...]:
        """What became of recorded needs, by class."""
        return conversion(listed, self._rules)

    # -- written -------------------------------------------------------------------------------------------------

    def record(self, customer_no: str, new: NewNeed) -> Change:
        """Write down a need with its first evidence and, where the next step has a day, its promise, as one change.

        Raises WorkbenchError no_text, too_long, bad_date, past_date, date_in_future, bad_choice, no_step, no_such_customer.
        """
        with in_words(), self._book.write("need", "record") as writer:
            put_need(writer, self._rules, customer_id(writer.conn, customer_no), new)
            return Change.by(writer, 1)

    def change(self, need: int, new: NewNeed) -> Change:
        """Write what was learnt of an open need in the place of what stood there; its evidence stays. Raises as `record`, and
        no_such_need."""
        day = today().isoformat()
        with in_words(), self._book.write("need", "change") as writer:
            row = _known(writer, need)
            kept = new.deadline.strip() == (row["deadline"] or "")  # a day that passed may stand
            columns = need_row(new if not kept else _undated(new), day, self._rules)
            writer.update(needs, need, columns | ({"deadline": row["deadline"]} if kept else {}))
            if new.next_by.strip():
                put_promise(writer, int(str(row["customer_id"])), new.next_step, new.next_by, day)
            return Change.by(writer, 1)

    def add_evidence(self, need: int, kind: str, date: str | None = None, note: str = "") -> Change:
        """Write down what speaks for or against an open need. Raises WorkbenchError no_such_need, bad_choice, bad_date,
        date_in_future, too_long."""
        columns = evidence_row(kind, date, note, today().isoformat(), self._rules)
        with in_words(), self._book.write("need", "evidence") as writer:
            row = _known(writer, need)
            writer.insert(need_evidence, [{"customer_id": row["customer_id"], "need_id": need, **columns}])
            return Change.by(writer, 1)

    def end(self, need: int, state: str, outcome: str = "") -> Change:
        """Close a need: 'met' or 'dropped', with what came of it. Raises WorkbenchError no_such_need, bad_choice, too_long."""
        columns = ended_row(state, outcome, today().isoformat(), self._rules)
        with in_words(), self._book.write("need", "end") as writer:
            _known(writer, need)
            writer.update(needs, need, columns)
            return Change.by(writer, 1)

    def confirm(self, customer_no: str, proposal: NeedProposal) -> Change:
        """Take a proposal as a need that behaviour shows. Raises WorkbenchError no_such_customer."""
        return self._settle(customer_no, proposal, "confirm", {})

    def dismiss(self, customer_no: str, proposal: NeedProposal, outcome: str = "") -> Change:
        """Write down that a proposal is no need, so that it is not proposed again for `need.again_days`. Raises WorkbenchError
        too_long, no_such_customer."""
        return self._settle(
            customer_no, proposal, "dismiss", ended_row("dropped", outcome, today().isoformat(), self._rules)
        )

    def _settle(
        self, customer_no: str, proposal: NeedProposal, summary: str, ended: Mapping[str, Value]
    ) -> Change:
        most = self._rules.whole("need.note_most")
        words = _("{why}(数据日期 {date})")
        room = most - len(words.format(why="", date=proposal.as_of))
        note = words.format(why=proposal.why[:room], date=proposal.as_of)
        new = NewNeed(proposal.text, "did", proposal.as_of, note, scene=proposal.code)
        with in_words(), self._book.write("need", summary) as writer:
            made = put_need(writer, self._rules, customer_id(writer.conn, customer_no), new)
            if ended:
                writer.update(needs, made, dict(ended))
            return Change.by(writer, 1)


def put_need(writer: Writer, rules: Rules, customer: int, new: NewNeed) -> int:
    """Write a need within a write, with its first evidence and its promise; its id. Raises as `Needs.record`, but for
    no_such_customer."""
    day = today().isoformat()
    columns = need_row(new, day, rules)
    evidence = evidence_row(new.kind, new.date, new.note, day, rules)
    made: dict[str, Value] = {
        "customer_id": customer, "made": min(day, str(evidence["date"])), "state": "open", "touch_id": new.touch_id,
    }  # fmt: skip
    need = writer.insert(needs, [made | columns])[0]
    writer.insert(
        need_evidence, [{"customer_id": customer, "need_id": need, "touch_id": new.touch_id, **evidence}]
    )
    if new.next_by.strip():
        put_promise(writer, customer, new.next_step, new.next_by, day, new.touch_id)
    return need


def _known(writer: Writer, need: int) -> Mapping[str, Value]:
    row = writer.conn.execute(select(needs).where(needs.c.id == need)).mappings().first()
    if row is None or row["state"] != "open":
        raise WorkbenchError(
            "no_such_need",
            _("没有第 {n} 号跟进中的需求。").format(n=need),
            _("请用 workbench needs 核对编号。"),
        )
    return dict(row)


def _undated(new: NewNeed) -> NewNeed:
    return replace(new, deadline="")


def _order(one: JudgedNeed) -> tuple[object, ...]:
    need = one.need
    return (
        not need.open,
        CLASSES.index(one.of.code),
        need.deadline or "9999",
        one.customer_no,
        need.made,
        need.id,
    )
