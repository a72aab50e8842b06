"""What is kept longer than it may be (domain 17): months that are over, and who left the bank long ago."""

from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from db.record import audit
from db.removing import Removal, Removed, kept_by_id, rows_of
from db.shapes import declared
from db.tables import GIVEN, customers, snapshots
from db.values import Json
from workbench.base.dates import days_after, shift_month
from workbench.base.i18n import _
from workbench.rules.parameters import Rules
from workbench.trust.personal.extract import table_word

#: Given tables with rows of a month.
MONTHLY = tuple(
    one for one in GIVEN if "month" in one.c and declared(one).subject and one.name != "movements"
)
#: Days of a year, as retention counts them.
_YEAR = 365


@dataclass(frozen=True, slots=True)
class OverdueRows:
    """Rows of a table that are kept too long: how many, and the oldest month or day."""

    table: str
    title: str
    count: int

    def as_json(self) -> dict[str, Json]:
        """As a document tells it."""
        return {"table": self.table, "title": self.title, "count": self.count}


@dataclass(frozen=True, slots=True)
class Retention:
    """What a clean-up would take away on a day (ISO), or took.

    `before`: months before this one (YYYY-MM) are over; `left_before`: the relation ended before this day; `left`: how many
    customers; `logs`: rows of the register that are older than they must be kept (they stay: the register is one chain);
    `last`: the day of the last clean-up, '' for none; `due`: whether it is time for one.
    """

    day: str
    before: str
    left_before: str
    gone: tuple[OverdueRows, ...]
    left: int
    logs: int
    last: str
    due: bool

    @property
    def rows(self) -> int:
        """Rows that go."""
        return sum(one.count for one in self.gone)

    @property
    def rules(self) -> tuple[str, ...]:
        """By which times, a sentence each."""
        return (
            _("月度数据保留到 {month}(含)。").format(month=self.before),
            _("{day} 以前销户、资料和备注到期的客户:{n} 位。").format(day=self.left_before, n=self.left),
            _("登记簿里 {n} 条已过最短保留期;登记簿前后相扣,不单独删除。").format(n=self.logs)
            if self.logs
            else _("登记簿没有过最短保留期的记录。"),
        )

    def as_json(self) -> dict[str, Json]:
        """As a document tells it."""
        return {
            "day": self.day, "before": self.before, "left_before": self.left_before, "left": self.left,
            "rows": self.rows, "gone": [one.as_json() for one in self.gone], "logs": self.logs,
            "last": self.last or None, "due": self.due,
        }  # fmt: skip


def overdue(conn: Connection, rules: Rules, day: str) -> Removal:
    """All rows that are kept too long on a day (ISO)."""
    rows: dict[Table, set[int]] = {}
    before = _before(rules, day)
    for table in MONTHLY:
        if kept := kept_before(conn, table, before):
            rows[table] = kept
    for table, ids in rows_of(conn, left(conn, rules, day)).items():
        rows.setdefault(table, set()).update(ids)
    return Removal(rows, reason=_("保留期已满"))


def left(conn: Connection, rules: Rules, day: str) -> set[int]:
    """Customers whose relation ended so long ago that nothing of them is kept; who was on a list since is a customer again."""
    before = _left_before(rules, day)
    listed = select(snapshots.c.id).where(
        snapshots.c.customer_id == customers.c.id, snapshots.c.month >= before[:7]
    )
    query = select(customers.c.id).where(
        customers.c.close_date < before, customers.c.close_date != "", ~listed.exists()
    )
    return set(conn.execute(query).scalars())


def shown(conn: Connection, rules: Rules, day: str, done: Removed, gone: int) -> Retention:
    """What goes, in words; `gone`: how many customers."""
    logs = select(func.count()).select_from(audit)
    oldest = days_after(day, -_YEAR * rules.whole("personal.log_years"))
    last = conn.execute(select(func.max(audit.c.at)).where(audit.c.action == "retention")).scalar() or ""
    next_due = shift_month(last[:7], rules.whole("personal.cleanup_months")) + last[7:10] if last else ""
    listed = tuple(
        OverdueRows(table, table_word(rules, table), count) for table, count in sorted(done.rows.items())
    )
    return Retention(
        day, _before(rules, day), _left_before(rules, day), listed, gone,
        int(conn.execute(logs.where(audit.c.at < oldest)).scalar_one()), last[:10],
        bool(listed) and next_due <= day,
    )  # fmt: skip


def kept_before(conn: Connection, table: Table, month: str) -> set[int]:
    """Rows of months before one, those that only undo keeps too."""
    here = set(conn.execute(select(table.c.id).where(table.c.month < month)).scalars())
    months = {str(one) for one in _old_months(conn, table, month)}
    return here | kept_by_id(conn, table, "month", months).keys() if months else here


def _old_months(conn: Connection, table: Table, month: str) -> set[str]:
    """The months before one that a table has, as far back as lists go."""
    known = set(conn.execute(select(table.c.month).where(table.c.month < month).distinct()).scalars())
    earlier = {shift_month(month, -back) for back in range(1, 121)}
    return {str(one) for one in known} | earlier


def _before(rules: Rules, day: str) -> str:
    return shift_month(day[:7], -rules.whole("personal.snapshot_months"))


def _left_before(rules: Rules, day: str) -> str:
    return days_after(day, -_YEAR * rules.whole("personal.notes_years"))
