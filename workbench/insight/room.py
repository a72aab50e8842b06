"""The insight room: its parts, built when first used, and the calls that both faces make most."""

from functools import cached_property
from typing import TYPE_CHECKING

from db.engine import Book
from workbench.base.change import Progress, silent
from workbench.base.errors import in_words
from workbench.base.months import ReportedMonths, reported_months
from workbench.insight.churn.churn_check import ChurnCheck
from workbench.insight.churn.verdict import CheckSummary, CustomerRisk
from workbench.insight.summary import BookSummary, summary
from workbench.people import search
from workbench.people.by_digits import DigitSearch
from workbench.people.customer import CustomerHit, CustomerRow
from workbench.people.customer_list import CustomerList, CustomerQuery
from workbench.people.dialling import to_dial
from workbench.people.namesakes import distinguished
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.insight.allocation.room import Allocations
    from workbench.insight.churn.adverse_events import AdverseEvents
    from workbench.insight.churn.backtest.room import Backtests
    from workbench.insight.genes.room import Genes
    from workbench.insight.journey.marks import Marks
    from workbench.insight.journey.newcomers import Honeymoon
    from workbench.insight.journey.room import Journey
    from workbench.insight.measures.unseen import Unseen
    from workbench.insight.picking.room import Picking
    from workbench.insight.portrait.assembly import Portraits
    from workbench.insight.portrait.evidence import Evidence
    from workbench.insight.portrait.portrait import Portrait
    from workbench.insight.portrait.provenance import FigureSource
    from workbench.insight.products.pivot import Pivot
    from workbench.insight.products.room import Matrix
    from workbench.insight.selling.room import Selling
    from workbench.insight.tags.engine import Engine
    from workbench.insight.tags.room import Tags
    from workbench.insight.towers.room import Towers
    from workbench.people.corrections import Corrections
    from workbench.people.links import Links


class Insight:
    """The face of the room. Each part is built from the book, the rules and the parts below it, and none knows this class.

    Reads the book; writes only the results of checks and tags, which are derived.
    """

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules
        self.months = ReportedMonths(book)
        self.checking = ChurnCheck(book, rules, self.months)
        self._list = CustomerList(book, rules, self.months, self.checking.run)
        self._digits = DigitSearch()

    def summary(self) -> BookSummary:
        """The contents of the book in numbers, and what its last customer list changed."""
        with in_words(), self._book.read() as conn:
            # asked of the imports alone, so that it is read again after those only
            return summary(conn, reported_months(conn))

    def reported(self) -> "frozenset[str]":
        """The fields that the lists of the book report; none without a list."""
        from workbench.insight.measures.scope import reported_data
        from workbench.insight.measures.unseen import reported_fields

        with in_words(), self._book.read() as conn:
            months = reported_months(conn)
            given = reported_data(conn, months[-1]) if months else None
        return reported_fields(given) if given is not None else frozenset()

    def unseen(self, page: str) -> "tuple[Unseen, ...]":
        """What a page ('calendar') cannot show because no list has the columns."""
        from workbench.insight.measures.unseen import unseen_on

        return unseen_on(page, self.reported())

    # -- the parts, imported when first used -----------------------------------------------------------------

    @cached_property
    def engine(self) -> "Engine":
        """The engine that computes the tag layers and reads them."""
        from workbench.insight.tags.engine import Engine

        return Engine(self._book, self._rules, self.months, self.checking)

    @cached_property
    def tags(self) -> "Tags":
        """The tag library, its health, own tags (domain 11.2, 11.3)."""
        from workbench.insight.tags.room import Tags

        return Tags(self._book, self._rules, self.engine)

    @cached_property
    def links(self) -> "Links":
        """The register of family and company links (domain 11.1)."""
        from workbench.people.links import Links

        return Links(self._book, self._rules)

    @cached_property
    def corrections(self) -> "Corrections":
        """Corrections made by hand, in force until they expire (domain 0-6)."""
        from workbench.people.corrections import Corrections

        return Corrections(self._book, self._rules, self.engine)

    @cached_property
    def journey(self) -> "Journey":
        """The five journey cards: the board, one customer's stage, moves by hand (domain 3)."""
        from workbench.insight.journey.room import Journey

        return Journey(self._book, self._rules, self.engine, self.corrections)

    @cached_property
    def events(self) -> "AdverseEvents":
        """The log of events bad for the bank's reputation (domain 4.3, S6)."""
        from workbench.insight.churn.adverse_events import AdverseEvents

        return AdverseEvents(self._book, self._rules)

    @cached_property
    def backtests(self) -> "Backtests":
        """How good the warnings were on the book's own past (domain 4.6)."""
        from workbench.insight.churn.backtest.room import Backtests

        return Backtests(self._book, self._rules, self.months)

    @cached_property
    def evidence(self) -> "Evidence":
        """The file cells behind any figure."""
        from workbench.insight.portrait.evidence import Evidence

        return Evidence(self._book, self._rules, self.months, self.engine)

    @cached_property
    def towers(self) -> "Towers":
        """Levels, towers and their services (domain 1)."""
        from workbench.insight.towers.room import Towers

        return Towers(self._book, self._rules, self.engine)

    @cached_property
    def genes(self) -> "Genes":
        """Quadrants, styles, segments, personas, battle maps (domain 2)."""
        from workbench.insight.genes.room import Genes

        return Genes(self._book, self._rules, self.engine)

    @cached_property
    def picking(self) -> "Picking":
        """Lists by condition (domain 11.4)."""
        from workbench.insight.picking.room import Picking

        return Picking(self._book, self._rules, self.engine, self.tags)

    @cached_property
    def pivot(self) -> "Pivot":
        """Pivots of any two tags (domain 11.9)."""
        from workbench.insight.products.pivot import Pivot

        return Pivot(self._book, self._rules, self.engine)

    @cached_property
    def matrix(self) -> "Matrix":
        """The matrix of products and portraits, and suitable offers (domain 11.6)."""
        from workbench.insight.products.room import Matrix

        return Matrix(self._book, self._rules, self.engine)

    @cached_property
    def selling(self) -> "Selling":
        """The sheets of the branch's products and the guide of its hook products (domain 3, 13.4)."""
        from workbench.insight.selling.room import Selling

        return Selling(self._book, self._rules, self.engine, self.matrix)

    @cached_property
    def allocation(self) -> "Allocations":
        """The four pots: packages, gaps, flows, combos for newcomers, taboos (domain 8.2, 8.3)."""
        from workbench.insight.allocation.room import Allocations

        return Allocations(self._book, self._rules, self.engine, self.matrix)

    @cached_property
    def marks(self) -> "Marks":
        """The tasks of journey cards, ticked or left out by hand (domain 3)."""
        from workbench.insight.journey.marks import Marks
        from workbench.insight.journey.of_customer import stage_of

        return Marks(self._book, self._rules, lambda conn, id_: stage_of(conn, id_, self.engine, self._rules))

    @cached_property
    def honeymoon(self) -> "Honeymoon":
        """The waves and breaks of newcomers (domain 10.2, 10.3)."""
        from workbench.insight.journey.newcomers import Honeymoon

        return Honeymoon(self._book, self._rules, self.engine)

    @cached_property
    def portraits(self) -> "Portraits":
        """Portraits: one customer as a whole."""
        from workbench.insight.portrait.assembly import Portraits

        return Portraits(self._book, self._rules, self.engine, self.genes, self.matrix)

    def bring_forward(self) -> None:
        """What an import does for those who read after it: the figures that the check looks at, of the newest month."""
        self.checking.bring_forward()

    # -- the most frequent calls ------------------------------------------------------------------------------

    def check(
        self, month: str | None = None, *, store: bool = True, progress: Progress = silent
    ) -> CheckSummary:
        """Checks a month (None: the newest) and returns its summary; see `ChurnCheck.run`."""
        return self.checking.run(month, store=store, progress=progress)

    def ranking(
        self, month: str | None = None, *, light: str | None = None, offset: int = 0, limit: int | None = None
    ) -> list[CustomerRisk]:
        """A window of the ranking by risk; see `ChurnCheck.ranking`."""
        return self.checking.ranking(month, light=light, offset=offset, limit=limit)

    def count(self, query: CustomerQuery) -> int:
        """The number of customers that a query selects."""
        return self._list.count(query)

    def customers(self, query: CustomerQuery, offset: int, limit: int) -> list[CustomerRow]:
        """A window of the customers that a query selects, in its order."""
        return self._list.rows(query, offset, limit)

    def search(self, text: str, limit: int = 20) -> list[CustomerHit]:
        """Customers by name, pinyin, or any digits of number and telephone, best match first; no two look the same."""
        with in_words(), self._book.read() as conn:
            hits = search.search(conn, text, limit, self._digits)
            return distinguished(conn, hits, self._rules, self.months.newest(conn))

    def to_dial(self, customer_no: str) -> str:
        """The digits to dial for a customer. Raises WorkbenchError no_such_customer, no_phone, masked_phone."""
        with in_words(), self._book.read() as conn:
            return to_dial(conn, customer_no)

    def portrait(self, customer_no: str, as_of: str | None = None) -> "Portrait":
        """The portrait of a customer as of a date (None: now); see `Portraits.of`."""
        return self.portraits.of(customer_no, as_of)

    def provenance(self, customer_no: str, as_of: str | None = None) -> "tuple[FigureSource, ...]":
        """The sources of a portrait's figures; see `Portraits.provenance`."""
        return self.portraits.provenance(customer_no, as_of)
