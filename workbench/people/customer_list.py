"""The customer list: which customers, in which order, read a window of rows at a time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection, FromClause, Select, and_, func, select

from db.audit import revision
from db.engine import Book
from db.functions import greatest
from db.known import trails
from db.tables import customers, risks, snapshots, touches
from workbench.base.dates import shift_month
from workbench.base.errors import in_words
from workbench.base.months import ReportedMonths
from workbench.people.customer import CustomerRow
from workbench.people.namesakes import number_ends
from workbench.people.search import kept_id, matches
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

Order = Literal[
    "risk", "aum", "daily_average", "change", "name", "customer_no", "last_touch",
    "phone", "tier", "bank_level", "score", "branch",
]  # fmt: skip


#: Orders that read every customer's months: their ids are cached until the book changes.
SLOW = ("daily_average", "change")


@dataclass(frozen=True, slots=True)
class CustomerQuery:
    """Which customers to list, and in which order; `text` is matched as in the search box."""

    text: str = ""
    light: str | None = None
    tier: str | None = None
    order: Order = "risk"
    descending: bool = True


class Picker:
    """Runs queries as of one month, the newest of the book (None: an empty book)."""

    def __init__(self, month: str | None, ladder: Ladder) -> None:
        self._month = month or ""
        self._ladder = ladder
        self._now = snapshots.alias("now")
        self._before = snapshots.alias("before")

    def count(self, conn: Connection, query: CustomerQuery) -> int:
        """How many customers match the query."""
        statement = self._statement(conn, query, ordered=False)
        return int(conn.execute(select(func.count()).select_from(statement.subquery())).scalar_one())

    def ids(
        self, conn: Connection, query: CustomerQuery, offset: int = 0, limit: int | None = None
    ) -> list[int]:
        """The ids of the matching customers in order, all or a window of them."""
        statement = self._statement(conn, query, ordered=True)
        if limit is not None:
            statement = statement.limit(limit).offset(offset)
        return [row.id for row in conn.execute(statement)]

    def rows(self, conn: Connection, ids: list[int]) -> list[CustomerRow]:
        """The rows of these customers, in this order. Raises KeyError for an unknown id."""
        by_id = {row.customer_id: row for row in self._listed_rows(conn, ids)}
        ends = number_ends((row.name, row.customer_no) for row in by_id.values())
        return [replace(by_id[one], end=ends[by_id[one].customer_no]) for one in ids]

    # -- which ---------------------------------------------------------------------------------------------

    def _statement(self, conn: Connection, query: CustomerQuery, *, ordered: bool) -> Select[tuple[int]]:
        """The SELECT of the ids; joins only the tables that conditions and order need."""
        source: FromClause = customers
        order = query.order if ordered else None
        if query.tier or order == "tier":
            source = source.outerjoin(
                trails, and_(trails.c.customer_id == customers.c.id, trails.c.month == self._month)
            )
        if query.light or order in ("risk", "aum", "score", "tier") or query.tier:
            source = source.outerjoin(
                risks, and_(risks.c.customer_id == customers.c.id, risks.c.month == self._month)
            )
        if order in ("daily_average", "change", "last_touch"):
            now, before = self._now, self._before
            source = source.outerjoin(
                now, and_(now.c.customer_id == customers.c.id, now.c.month == self._month)
            )
            if order == "change":
                earlier = shift_month(self._month, -1) if self._month else ""
                source = source.outerjoin(
                    before, and_(before.c.customer_id == customers.c.id, before.c.month == earlier)
                )
        statement = select(customers.c.id).select_from(source)
        if query.text.strip():
            statement = statement.where(matches(query.text, kept_id(conn, query.text)))
        if query.light:
            statement = statement.where(risks.c.light == query.light)
        if query.tier:
            statement = statement.where(func.coalesce(trails.c.tier, risks.c.tier) == query.tier)
        if order is None:
            return statement
        key = self._key(order)
        # rank 1 is the highest risk, so that order runs the other way
        downwards = query.descending != (order == "risk")
        direction = key.desc() if downwards else key.asc()
        # unknown values come last in either direction
        return statement.order_by(direction.nulls_last(), customers.c.id)

    def _key(self, order: Order) -> Any:
        now, before = self._now.c, self._before.c
        last = (
            select(func.max(touches.c.date)).where(touches.c.customer_id == customers.c.id).scalar_subquery()
        )
        return {
            "risk": risks.c.rank,
            "aum": risks.c.aum,
            "daily_average": func.coalesce(now.aum_daily_average, now.aum_balance),
            "change": now.aum_daily_average - before.aum_daily_average,
            "name": customers.c.name_pinyin,
            "customer_no": customers.c.customer_no,
            "phone": customers.c.phone,
            "tier": func.coalesce(trails.c.tier, risks.c.tier),
            "bank_level": customers.c.bank_level,
            "score": risks.c.risk,
            "branch": customers.c.branch,
            "last_touch": func.nullif(
                greatest(func.coalesce(last, ""), func.coalesce(now.last_contact_date, "")), ""
            ),
        }[order]

    # -- what is shown -------------------------------------------------------------------------------------

    def _listed_rows(self, conn: Connection, ids: list[int]) -> list[CustomerRow]:
        own = snapshots.alias("own")
        newest = (
            select(func.max(own.c.month))
            .where(own.c.customer_id == customers.c.id)
            .correlate(customers)
            .scalar_subquery()
        )
        last = (
            select(func.max(touches.c.date)).where(touches.c.customer_id == customers.c.id).scalar_subquery()
        )
        now, before = self._now, self._before
        c = customers.c
        # a customer who is no longer listed shows the last month that listed him
        statement = (
            select(
                c.id, c.customer_no, c.name, c.phone, c.bank_level, c.branch, c.manager_name,
                now.c.month, now.c.as_of, now.c.last_contact_date, now.c.aum_balance, now.c.aum_daily_average,
                now.c.last_txn_date,
                risks.c.risk, risks.c.light, trails.c.tier, last.label("last_touch"),
            )
            .select_from(
                customers.outerjoin(now, and_(now.c.customer_id == c.id, now.c.month == newest)).outerjoin(
                    risks, and_(risks.c.customer_id == c.id, risks.c.month == self._month)
                ).outerjoin(trails, and_(trails.c.customer_id == c.id, trails.c.month == now.c.month))
            )
            .where(c.id.in_(ids))
        )  # fmt: skip
        rows = conn.execute(statement).all()
        earlier = {shift_month(row.month, -1) for row in rows if row.month}
        previous = {
            (row.customer_id, row.month): row.aum_daily_average
            for row in conn.execute(
                select(before.c.customer_id, before.c.month, before.c.aum_daily_average).where(
                    before.c.customer_id.in_(ids), before.c.month.in_(earlier)
                )
            )
        }
        return [self._row(row, previous) for row in rows]

    def _row(self, row: Any, previous: dict[tuple[int, str], int | None]) -> CustomerRow:
        then = previous.get((row.id, shift_month(row.month, -1))) if row.month else None
        average = row.aum_daily_average
        change = None if average is None or then is None else average - then
        graded = row.aum_balance if average is None else average
        # the level in force where levels are computed, else the level that the average reaches
        tier = row.tier or self._ladder.level(graded, row.last_txn_date, row.as_of)
        return CustomerRow(
            row.id, row.customer_no, row.name or "", row.phone, tier, row.bank_level, row.aum_balance, average, change,
            row.risk, row.light, row.branch, row.manager_name,
            max(filter(None, (row.last_touch, row.last_contact_date)), default=None), row.month,
        )  # fmt: skip


class CustomerList:
    """The customer list of a book. `checked` runs the check of a month, whose results order the list."""

    def __init__(
        self, book: Book, rules: Rules, months: ReportedMonths, checked: Callable[[str | None], object]
    ) -> None:
        self._book = book
        self._rules = rules
        self._months = months
        self._checked = checked
        #: (revision, query, ids): the last slow order, valid for this revision of the book
        self._ordered: tuple[int, CustomerQuery, list[int]] = (-1, CustomerQuery(), [])

    def count(self, query: CustomerQuery) -> int:
        """How many customers match a query; runs the check of the newest month first if there is none."""
        with in_words():
            self._have_results()
            with self._book.read() as conn:
                return self._picker(conn).count(conn, query)

    def rows(self, query: CustomerQuery, offset: int, limit: int) -> list[CustomerRow]:
        """A window of the list; runs the check of the newest month first if there is none."""
        with in_words():
            self._have_results()
            with self._book.read() as conn:
                pick = self._picker(conn)
                if query.order not in SLOW or query.text or query.light or query.tier:
                    return pick.rows(conn, pick.ids(conn, query, offset, limit))
                at = revision(conn)
                if self._ordered[:2] != (at, query):
                    self._ordered = (at, query, pick.ids(conn, query))
                return pick.rows(conn, self._ordered[2][offset : offset + limit])

    def _have_results(self) -> None:
        """Run the check of the newest month if it has no stored results, by which lists are ordered."""
        with self._book.read() as conn:
            month = self._months.newest(conn)
            stored = select(risks.c.id).where(risks.c.month == month).limit(1)
            missing = month is not None and conn.execute(stored).first() is None
        if missing:
            self._checked(month)

    def _picker(self, conn: Connection) -> Picker:
        return Picker(self._months.newest(conn), Ladder.of(self._rules))
