"""The insight room: what is true of each customer, and who is about to leave, with reasons."""

from functools import cached_property
from typing import TYPE_CHECKING

from db.engine import Book
from workbench.base.change import Progress, silent
from workbench.base.errors import in_words
from workbench.base.months import ReportedMonths
from workbench.insight.churn.checking import ChurnCheck
from workbench.insight.churn.verdict import CheckSummary, CustomerRisk
from workbench.insight.summary import BookSummary, summary
from workbench.people import search
from workbench.people.customer import CustomerHit, CustomerRow
from workbench.people.customer_list import CustomerList, CustomerQuery
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.insight.genes.room import Genes
    from workbench.insight.picking.room import Picking
    from workbench.insight.portrait.assembly import Portraits
    from workbench.insight.portrait.evidence import Evidence
    from workbench.insight.portrait.portrait import Portrait
    from workbench.insight.portrait.provenance import FigureSource
    from workbench.insight.products.pivot import Pivot
    from workbench.insight.products.room import Matrix
    from workbench.insight.tags.engine import Engine
    from workbench.insight.tags.room import Tags
    from workbench.insight.towers.room import Towers
    from workbench.people.corrections import Corrections
    from workbench.people.links import Links


class Insight:
    """Hands out the parts of this room, each built from the book, the rules and the parts below it; none of them knows
    this class. Reads the book; writes nothing but the results of checks, which are derived."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules
        self.months = ReportedMonths(book)
        self.checking = ChurnCheck(book, rules, self.months)
        self._list = CustomerList(book, rules, self.months, self.checking.run)

    def summary(self) -> BookSummary:
        """What the book holds, and what its last list of customers changed."""
        with in_words(), self._book.read() as conn:
            return summary(conn, self.months.all(conn))

    # -- the parts of this room, each entered when first asked for -------------------------------------------

    @cached_property
    def engine(self) -> "Engine":
        """Computes the tag layers and reads them back."""
        from workbench.insight.tags.engine import Engine

        return Engine(self._book, self._rules, self.months, self.checking)

    @cached_property
    def tags(self) -> "Tags":
        """The tag library, its health, own tags."""
        from workbench.insight.tags.room import Tags

        return Tags(self._book, self._rules, self.engine)

    @cached_property
    def links(self) -> "Links":
        """Family and companies."""
        from workbench.people.links import Links

        return Links(self._book, self._rules)

    @cached_property
    def corrections(self) -> "Corrections":
        """What a person set right."""
        from workbench.people.corrections import Corrections

        return Corrections(self._book, self._rules, self.engine)

    @cached_property
    def evidence(self) -> "Evidence":
        """The cells behind any figure."""
        from workbench.insight.portrait.evidence import Evidence

        return Evidence(self._book, self._rules, self.months, self.engine)

    @cached_property
    def towers(self) -> "Towers":
        """Levels and towers."""
        from workbench.insight.towers.room import Towers

        return Towers(self._book, self._rules, self.engine)

    @cached_property
    def genes(self) -> "Genes":
        """Quadrants, styles, segments, personas, battle maps."""
        from workbench.insight.genes.room import Genes

        return Genes(self._book, self._rules, self.engine)

    @cached_property
    def picking(self) -> "Picking":
        """Lists by condition."""
        from workbench.insight.picking.room import Picking

        return Picking(self._book, self._rules, self.engine, self.tags)

    @cached_property
    def pivot(self) -> "Pivot":
        """Any two tags against each other."""
        from workbench.insight.products.pivot import Pivot

        return Pivot(self._book, self._rules, self.engine)

    @cached_property
    def matrix(self) -> "Matrix":
        """Products against portraits, and what may be offered."""
        from workbench.insight.products.room import Matrix

        return Matrix(self._book, self._rules, self.engine)

    @cached_property
    def portraits(self) -> "Portraits":
        """Customers as a whole."""
        from workbench.insight.portrait.assembly import Portraits

        return Portraits(self._book, self._rules, self.engine, self.genes, self.matrix)

    # -- what is asked most ----------------------------------------------------------------------------------

    def check(
        self, month: str | None = None, *, store: bool = True, progress: Progress = silent
    ) -> CheckSummary:
        """See `ChurnCheck.run`."""
        return self.checking.run(month, store=store, progress=progress)

    def ranking(
        self, month: str | None = None, *, light: str | None = None, offset: int = 0, limit: int | None = None
    ) -> list[CustomerRisk]:
        """See `ChurnCheck.ranking`."""
        return self.checking.ranking(month, light=light, offset=offset, limit=limit)

    def count(self, query: CustomerQuery) -> int:
        """How many customers a query names."""
        return self._list.count(query)

    def customers(self, query: CustomerQuery, offset: int, limit: int) -> list[CustomerRow]:
        """A window of the list of customers."""
        return self._list.rows(query, offset, limit)

    def search(self, text: str, limit: int = 20) -> list[CustomerHit]:
        """Customers by name, pinyin, number (head or tail) or phone tail, best match first."""
        with in_words(), self._book.read() as conn:
            return search.search(conn, text, limit)

    def portrait(self, customer_no: str, as_of: str | None = None) -> "Portrait":
        """See `Portraits.of`."""
        return self.portraits.of(customer_no, as_of)

    def provenance(self, customer_no: str, as_of: str | None = None) -> "tuple[FigureSource, ...]":
        """See `Portraits.provenance`."""
        return self.portraits.provenance(customer_no, as_of)
