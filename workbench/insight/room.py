"""The insight room: what is true of each customer, and who is about to leave, with reasons."""

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from db.audit import revision
from db.engine import Book
from db.since import BY_HAND, EDITED, changed_since, speaks_of_nobody_else
from db.tables import batches, changes, customers, risks
from workbench.base import months
from workbench.base.change import Progress, silent
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.insight.churn import results
from workbench.insight.churn.check import assess, guard_of, store, version
from workbench.insight.churn.fusion import CODES
from workbench.insight.churn.verdict import CheckSummary, CustomerRisk
from workbench.insight.journey.stages import TAG as STAGE
from workbench.insight.measures.freshness import Freshness, freshness
from workbench.insight.portrait import assembly as portrait
from workbench.insight.portrait import provenance
from workbench.insight.portrait.needs import Rate, need_rates
from workbench.insight.portrait.portrait import Portrait
from workbench.insight.summary import BookSummary
from workbench.insight.tags.layers import by_customer, last_run
from workbench.outreach.leads.critical import Critical, Week, light_leads
from workbench.outreach.leads.lead import Lead
from workbench.people import customer_list as picker
from workbench.people import search
from workbench.people.customer import CustomerHit, CustomerRow
from workbench.people.customer_list import CustomerQuery
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

if TYPE_CHECKING:
    from workbench.insight.genes.room import Genes
    from workbench.insight.picking.room import Picking
    from workbench.insight.portrait.evidence import Evidence
    from workbench.insight.products.pivot import Pivot
    from workbench.insight.products.room import Matrix
    from workbench.insight.tags.engine import Engine
    from workbench.insight.tags.room import Tags
    from workbench.insight.towers.room import Towers
    from workbench.people.corrections import Corrections
    from workbench.people.links import Links


class Insight:
    """Reads the book; writes nothing but the results of checks, which are derived."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules
        #: the months told, and the revision of the book that they were read at
        self._told: tuple[int, tuple[str, ...]] = (-1, ())
        #: the order of customers last asked for, with the revision and the query it answers
        self._ordered: tuple[int, CustomerQuery, list[int]] = (-1, CustomerQuery(), [])
        #: how often foretold needs came true, with when the layers that say so were computed
        self._rates: tuple[str, dict[str, Rate]] = ("", {})

    def summary(self) -> BookSummary:
        """What the book holds, and what its last list of customers changed."""
        with in_words(), self._book.read() as conn:
            told = self._months(conn)
            newest = (
                select(batches)
                .join(changes, changes.c.id == batches.c.change_id)
                .where(changes.c.state == "done", batches.c.kind == "customers")
                .order_by(batches.c.id.desc())
                .limit(1)
            )
            last = conn.execute(newest).first()
            return BookSummary(
                customers=conn.execute(select(func.count()).select_from(customers)).scalar_one(),
                months=told,
                as_of=months.data_date(conn, told[-1]) if told else None,
                last_import_at=last.at if last else None,
                new=last.new if last else 0,
                changed=last.changed if last else 0,
                vanished=last.vanished if last else 0,
            )

    # -- the parts of this room, each entered when first asked for -------------------------------------------

    @cached_property
    def engine(self) -> "Engine":
        """Computes the tag layers and reads them back."""
        from workbench.insight.tags.engine import Engine

        return Engine(self._book, self._rules, self)

    @cached_property
    def tags(self) -> "Tags":
        """The tag library, its health, own tags."""
        from workbench.insight.tags.room import Tags

        return Tags(self._book, self._rules, self)

    @cached_property
    def links(self) -> "Links":
        """Family and companies."""
        from workbench.people.links import Links

        return Links(self._book, self._rules, self)

    @cached_property
    def corrections(self) -> "Corrections":
        """What a person set right."""
        from workbench.people.corrections import Corrections

        return Corrections(self._book, self._rules, self)

    @cached_property
    def evidence(self) -> "Evidence":
        """The cells behind any figure."""
        from workbench.insight.portrait.evidence import Evidence

        return Evidence(self._book, self._rules, self)

    @cached_property
    def towers(self) -> "Towers":
        """Levels and towers."""
        from workbench.insight.towers.room import Towers

        return Towers(self._book, self._rules, self)

    @cached_property
    def genes(self) -> "Genes":
        """Quadrants, styles, segments, personas, battle maps."""
        from workbench.insight.genes.room import Genes

        return Genes(self._book, self._rules, self)

    @cached_property
    def picking(self) -> "Picking":
        """Lists by condition."""
        from workbench.insight.picking.room import Picking

        return Picking(self._book, self._rules, self)

    @cached_property
    def pivot(self) -> "Pivot":
        """Any two tags against each other."""
        from workbench.insight.products.pivot import Pivot

        return Pivot(self._book, self._rules, self)

    @cached_property
    def matrix(self) -> "Matrix":
        """Products against portraits, and what may be offered."""
        from workbench.insight.products.room import Matrix

        return Matrix(self._book, self._rules, self)

    # -- the check -----------------------------------------------------------------------------------------

    def check(
        self, month: str | None = None, *, store: bool = True, progress: Progress = silent
    ) -> CheckSummary:
        """Check all customers told in a month (None: the newest). Stored results are reused while figures and
        rules are the same. Raises WorkbenchError no_data, no_such_month."""
        with in_words():
            month = self._month(month)
            by = version(self._rules)
            with self._book.read() as conn:
                at = revision(conn)
                stood = results.standing_at(conn, month, by)
            if stood != at:
                summary = self._compute(month, at, stood, progress, keep=store)
                if not store:
                    return summary
            with self._book.read() as conn:
                number, lights = results.lights(conn, month)
                off = results.never_told(conn, month)
                return CheckSummary(
                    month,
                    months.data_date(conn, month),
                    number,
                    lights,
                    by,
                    guard_of(conn, month),
                    self._named(off),
                    self._fresh(conn, month),
                )

    def _fresh(self, conn: Connection, month: str) -> Freshness:
        """How old the data of a month are: of the newest, against today; an earlier one is looked back at."""
        as_of = months.data_date(conn, month)
        return freshness(as_of, self._rules, None if month == self.newest(conn) else as_of)

    def _compute(
        self, month: str, at: int, stood: int | None, progress: Progress, *, keep: bool
    ) -> CheckSummary:
        with self._book.read() as conn:
            only = self._concerned(conn, month, stood) if keep and stood is not None else None
            progress(0.0, _("逐户检查流失信号"))
            found = (
                []
                if only is not None and not only
                else assess(
                    conn, month, self._rules, only=only, progress=progress, what=_("逐户检查流失信号")
                )
            )
            as_of, guard, fresh = (
                months.data_date(conn, month),
                guard_of(conn, month),
                self._fresh(conn, month),
            )
        lights = {light: sum(one.light == light for one in found) for light in ("red", "orange", "yellow")}
        kinds = {one.cannot_tell for one in found}
        off = sorted(set.intersection(*map(set, kinds))) if kinds else []
        if keep:
            progress(0.7, _("保存检查结果"))
            with self._book.derive() as conn:
                store(conn, month, at, self._rules, found, only)
        progress(1.0, _("检查完成"))
        by = version(self._rules)
        return CheckSummary(month, as_of, len(found), lights, by, guard, self._named(tuple(off)), fresh)

    def _concerned(self, conn: Connection, month: str, stood: int) -> frozenset[int] | None:
        """Whom the writes since the last check concern; None when all have to be looked at again."""
        if self._rules.flag("S3.net_of_peers") or not results.seen_alike(conn, month):
            return None
        since = changed_since(conn, stood)
        if since.customers is None or since.tables - {table.name for table in (*BY_HAND, *EDITED)}:
            return None
        lines = [table for table in BY_HAND if table.name in since.tables]
        # the first line of a kind, or the loss of the last one, changes what can be told of everybody
        if any(speaks_of_nobody_else(conn, table, since.customers) for table in lines):
            return None
        return since.customers

    def _named(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{code} {self._rules.text(code + '.name')}" for code in codes if code in CODES)

    def ranking(
        self, month: str | None = None, *, light: str | None = None, offset: int = 0, limit: int | None = None
    ) -> list[CustomerRisk]:
        """Customers by risk, the highest first, also those without a light. Raises as `check`."""
        with in_words():
            month = self.check(month).month
            with self._book.read() as conn:
                return results.ranking(conn, month, self._rules, light=light, offset=offset, limit=limit)

    # -- finding customers ---------------------------------------------------------------------------------

    def count(self, query: CustomerQuery) -> int:
        """How many customers a query names."""
        with in_words():
            self._have_results()
            with self._book.read() as conn:
                return self._picker(conn).count(conn, query)

    def customers(self, query: CustomerQuery, offset: int, limit: int) -> list[CustomerRow]:
        """A window of the list of customers."""
        with in_words():
            self._have_results()
            with self._book.read() as conn:
                pick = self._picker(conn)
                if query.order not in picker.SLOW or query.text or query.light or query.tier:
                    return pick.rows(conn, pick.ids(conn, query, offset, limit))
                at = revision(conn)
                if self._ordered[:2] != (at, query):
                    self._ordered = (at, query, pick.ids(conn, query))
                return pick.rows(conn, self._ordered[2][offset : offset + limit])

    def _have_results(self) -> None:
        """Lists are ordered by stored results; a list shown before the first check has it run."""
        with self._book.read() as conn:
            month = self.newest(conn)
            there = select(risks.c.id).where(risks.c.month == month).limit(1)
            missing = month is not None and conn.execute(there).first() is None
        if missing:
            self.check(month)

    def _picker(self, conn: Connection) -> picker.Picker:
        return picker.Picker(self.newest(conn), Ladder.of(self._rules))

    def search(self, text: str, limit: int = 20) -> list[CustomerHit]:
        """Customers by name, pinyin, number (head or tail) or phone tail, best match first."""
        with in_words(), self._book.read() as conn:
            return search.search(conn, text, limit)

    def portrait(self, customer_no: str, as_of: str | None = None) -> Portrait:
        """All that is known of one customer, up to `as_of` (month or date). Raises WorkbenchError no_such_customer,
        no_such_date."""
        with in_words(), self._book.read() as conn:
            return portrait.portrait(conn, customer_no, _moment(as_of), self._rules, self)

    def need_rates(self, conn: Connection) -> dict[str, Rate]:
        """How often each foretold need comes true in this book (domain 10.5); nothing before the first tags."""
        run = last_run(conn)
        if run is not None and self._rates[0] != run.computed_at:
            self._rates = (run.computed_at, need_rates(conn, self.engine.layers(conn), self._rules))
        return self._rates[1]

    def provenance(self, customer_no: str, as_of: str | None = None) -> tuple[provenance.Source, ...]:
        """Where every figure of one customer came from, up to `as_of` (month or date). Raises as `portrait`."""
        with in_words(), self._book.read() as conn:
            return provenance.provenance(conn, customer_no, _moment(as_of))

    # -- the week ------------------------------------------------------------------------------------------

    def leads(self, week: str) -> list[Lead]:
        """Reasons to contact somebody in a week 'YYYY-Www', by the newest month that is not after it: lights,
        C1, C2, C3, birthdays, growing newcomers. Raises WorkbenchError no_data, no_such_week."""
        with in_words():
            try:
                sunday = Week.of(week, "", "").days[-1]
            except ValueError as error:
                raise WorkbenchError(
                    "no_such_week",
                    _("没有 {week} 这一周。").format(week=week),
                    _("请写成 2026-W45 这样。"),
                    week=week,
                ) from error
            with self._book.read() as conn:
                newest = self.newest(conn, f"{sunday:%Y-%m}") or self.newest(conn)
            month = self.check(newest).month
            self._have_stages(month)
            with self._book.read() as conn:
                asked = Week.of(week, month, months.data_date(conn, month) or "")
                lit = results.lit(conn, month, self._rules)
                lights = {one.customer_id: str(one.light) for one in lit}
                others = Critical(conn, asked, self._rules, lights, by_customer(conn, month, STAGE)).leads()
                return [*light_leads(lit, asked, self._rules), *others]

    def _have_stages(self, month: str) -> None:
        """The stage of a customer says whether he may be asked for a deposit: the layers of the newest month are brought
        up to what lists told, not to the day. What was written by hand since is taken in behind the pages: nobody's
        week waits for a contact that was logged."""
        with self._book.read() as conn:
            if month != self.newest(conn):
                return
            run = last_run(conn)
            by_hand = {table.name for table in BY_HAND}
            if run is not None and run.month == month and changed_since(conn, run.revision).tables <= by_hand:
                return
        self.engine.ensure()

    # -- parts ---------------------------------------------------------------------------------------------

    def _months(self, conn: Connection) -> tuple[str, ...]:
        """Months told, oldest first; read again only when the book changed."""
        at = revision(conn)
        if self._told[0] != at:
            self._told = (at, months.months_told(conn))
        return self._told[1]

    def newest(self, conn: Connection, not_after: str = "9999-12") -> str | None:
        """The newest month told, not after another one."""
        told = [month for month in self._months(conn) if month <= not_after]
        return told[-1] if told else None

    def _month(self, month: str | None) -> str:
        with self._book.read() as conn:
            told = self._months(conn)
        if not told:
            raise WorkbenchError(
                "no_data", _("账本里还没有客户数据。"), _("请先在“导入”里放入总行下发的客户清单。")
            )
        if month is None:
            return told[-1]
        if month[:7] not in told:
            raise WorkbenchError(
                "no_such_month",
                _("账本里没有 {month} 的数据。").format(month=month),
                _("现有月份:{first} 至 {last}。").format(first=told[0], last=told[-1]),
                month=month,
            )
        return month[:7]


def _moment(as_of: str | None) -> str | None:
    """A month or a day as it may be asked for. Raises WorkbenchError no_such_date."""
    if not as_of:
        return None
    try:
        dt.date.fromisoformat(f"{as_of}-01" if len(as_of) == len("YYYY-MM") else as_of)
    except ValueError:
        raise WorkbenchError(
            "no_such_date",
            _("没有“{date}”这个月份或日期。").format(date=as_of),
            _("请写成 2026-10 或 2026-10-31 这样。"),
            date=as_of,
        ) from None
    return as_of
