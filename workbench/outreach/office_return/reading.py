"""Reads the outcomes of customers in some days, and the lists that came from head office."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, union_all

from db.engine import Book
from db.record import batches, changes
from db.tables import GIVEN, customers
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.months import newest_month
from workbench.outreach.log.logged import LogFilter, LoggedContact
from workbench.outreach.log.room import ContactLog
from workbench.outreach.office_return.outcome import ReturnedOutcome
from workbench.people.consent_rule import consents
from workbench.rules.parameters import Rules

#: so many customers are named in a statement; of more, all are read
_NAMED = 2_000
#: kinds of sheet that head office sends to be worked through
_LISTS = ("customers", "maturities", "holdings", "complaints", "referrals")


@dataclass(frozen=True, slots=True)
class OfficeList:
    """An imported list that names customers: `batch` its number, `at` when it came, `rows` as it had, `kind` of sheet."""

    batch: int
    file: str
    sheet: str
    at: str
    as_of: str | None
    rows: int
    kind: str


class OfficeReturns:
    """What is told of the customers of a list."""

    def __init__(self, book: Book, rules: Rules, log: ContactLog) -> None:
        self._book = book
        self._rules = rules
        self._log = log

    def lists(self) -> tuple[OfficeList, ...]:
        """The newest imports in force that name customers, the newest first (`office_return.lists_shown`)."""
        b = batches.c
        query = (
            select(b.id, b.file, b.sheet, b.at, b.as_of, b.rows, b.kind)
            .select_from(batches.join(changes, changes.c.id == b.change_id))
            .where(changes.c.state == "done", b.kind.in_(_LISTS))
            .order_by(b.id.desc())
            .limit(self._rules.whole("office_return.lists_shown"))
        )
        with in_words(), self._book.read() as conn:
            return tuple(OfficeList(*row) for row in conn.execute(query))

    def of_batch(self, batch: int) -> tuple[str, ...]:
        """The numbers of the customers whose newest data a list brought, in its order. Raises WorkbenchError no_such_batch,
        list_replaced."""
        with in_words(), self._book.read() as conn:
            there = conn.execute(select(batches.c.id).where(batches.c.id == batch)).scalar()
            numbers = _numbers(conn, batch)
        if there is None:
            raise WorkbenchError(
                "no_such_batch",
                _("没有编号为 {batch} 的导入。").format(batch=batch),
                _("请用 workbench imports 查看编号。"),
            )
        if not numbers:
            raise WorkbenchError(
                "list_replaced",
                _("第 {batch} 次导入的名单后来被别的名单更新过,已经分不出它有哪些客户。").format(batch=batch),
                _("请直接选总行发来的名单文件。"),
            )
        return numbers

    def outcomes(self, numbers: Collection[str], since: str, until: str) -> dict[str, ReturnedOutcome]:
        """Customer number -> his outcome on the days `since` to `until` (ISO, both counted); those in the book only."""
        what = LogFilter(since, until)
        began = self._log.statistics(what).began
        by_customer: dict[int, list[LoggedContact]] = defaultdict(list)
        for contact in self._log.contacts(what):
            by_customer[contact.customer_id].append(contact)
        with in_words(), self._book.read() as conn:
            people = _people(conn, numbers)
            refusals = self._refusals(conn, [one[0] for one in people], min(until, today().isoformat()))
        known = began is not None and began <= since
        return {
            number: ReturnedOutcome(
                number, name or "", tuple(by_customer.get(one, ())), known, refusals.get(one)
            )
            for one, number, name in people
        }

    def began(self) -> str | None:
        """The first day (ISO) of the log, None for an empty one."""
        day = today().isoformat()
        return self._log.statistics(LogFilter(day, day)).began

    def _refusals(self, conn: Connection, people: Sequence[int], day: str) -> dict[int, bool]:
        """Customer id -> whether he does not want to be marketed to, by the one rule; without those of whom nothing tells."""
        if not people:
            return {}
        only = people if len(people) <= _NAMED else None
        rule = consents(day, newest_month(conn), self._rules, only).subquery("consents").c
        query = select(rule.customer_id, rule.opted_out).where(rule.opted_out_known == 1)
        return {row[0]: row[1] == 1 for row in conn.execute(query)}


def _people(conn: Connection, numbers: Collection[str]) -> list[tuple[int, str, str | None]]:
    c = customers.c
    query = select(c.id, c.customer_no, c.name).order_by(c.id)
    if len(numbers) <= _NAMED:
        query = query.where(c.customer_no.in_(list(numbers)))
    wanted = frozenset(numbers)
    return [(row[0], row[1], row[2]) for row in conn.execute(query) if row[1] in wanted]


def _numbers(conn: Connection, batch: int) -> tuple[str, ...]:
    parts = [
        select(table.c.customer_id.label("customer_id"), table.c.source_row.label("row")).where(
            table.c.batch_id == batch
        )
        for table in GIVEN
        if {"customer_id", "batch_id", "source_row"} <= set(table.c.keys())
    ]
    parts.append(select(customers.c.id, customers.c.source_row).where(customers.c.batch_id == batch))
    rows = union_all(*parts).subquery("of_batch")
    query = (
        select(customers.c.customer_no)
        .join(rows, rows.c.customer_id == customers.c.id)
        .group_by(customers.c.id, customers.c.customer_no)
        .order_by(func.min(rows.c.row), customers.c.id)
    )
    return tuple(conn.execute(query).scalars())
