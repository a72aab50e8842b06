"""`Matrix`: portraits against products (domain 11.6): the grid, the target list of a product, offers for a customer."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, and_, case, func, select

from db.audit import revision
from db.engine import Book
from db.since import changed_since
from db.tables import customers, holdings, products
from workbench.base.change import Progress, silent
from workbench.base.dates import today
from workbench.base.errors import in_words
from workbench.base.expressions import Expr
from workbench.base.i18n import _, semicolons
from workbench.base.terms import Vocabulary
from workbench.insight.language.check import check
from workbench.insight.language.compile import where as compiled
from workbench.insight.language.fault import fault
from workbench.insight.language.parse import parse
from workbench.insight.products.axis import both, term_of
from workbench.insight.products.barring import (
    bar_names,
    columns_of_bars,
    products_barred,
    products_barred_sql,
)
from workbench.insight.products.counting import SETS, grid_of, target_words
from workbench.insight.products.fit import Alike, columns_of, fit, fit_sql
from workbench.insight.products.grid import PivotGrid
from workbench.insight.products.hooks import Hook, SuitableHook, best_hook, hooks
from workbench.insight.products.offer_sources import alike_column, alike_of, on_sale, shelf_of
from workbench.insight.products.offers import Offer, Shelf, offers
from workbench.insight.products.suitability import assess, of_values
from workbench.insight.products.targets import NextProducts, Target, Targets
from workbench.insight.products.verdict import SuitabilityVerdict
from workbench.insight.shelf.families import Family, families, family_named
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.layers import Layers, last_run
from workbench.insight.tags.resolver import LayerResolver
from workbench.insight.values.values import Values
from workbench.people.consent_rule import FREE
from workbench.rules.parameters import Rules

#: The tables that the shelf is read from.
_ON_SHELF = frozenset({products.name, holdings.name})
#: Condition of the customers who hold a product above their risk class (check 11 of domain 8.1).
MISMATCH = "held_risk > risk_class"


class _Row(NamedTuple):
    """A customer with all that offers read."""

    customer_id: int
    customer_no: str
    name: str
    values: Values


class Matrix:
    """Reads the tag layers; writes nothing."""

    def __init__(self, book: Book, rules: Rules, engine: Engine) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine
        self._alike: tuple[object, Alike] | None = None
        self._grids: dict[object, PivotGrid] = {}
        #: the shelf as last read, with the revision and the day that it was read at
        self._shelf: tuple[int, dt.date, Shelf] | None = None
        #: the hook products of a shelf
        self._hooks: tuple[Shelf, tuple[Hook, ...]] | None = None

    # -- the grid ------------------------------------------------------------------------------------------

    def row_choices(self) -> tuple[tuple[str, str], ...]:
        """(key, label) of what the rows may be: the usual ones of `fit.rows` first, then every other tag with values.

        Raises WorkbenchError no_data.
        """
        with in_words():
            self._engine.ensure()
            with self._book.read() as conn:
                vocabulary = self._engine.layers(conn).vocabulary
        usual = [key for key in self._rules.words("fit.rows") if key in SETS or vocabulary.find(key)]
        others = [t.name for t in vocabulary if t.kind == "enum" and t.reported and t.name not in usual]
        return tuple((key, self._row_label(key, vocabulary)) for key in (*usual, *others))

    def _row_label(self, key: str, vocabulary: Vocabulary) -> str:
        return self._rules.text(f"matrix.{key}") if key in SETS else term_of(key, vocabulary).label

    def grid(self, rows_by: str | None = None, progress: Progress = silent) -> PivotGrid:
        """Penetration, index, need, suitability and whitespace by portrait and family.

        `rows_by`: 'segments', 'personas', or a tag or measure by name or label (None: the first of the rules).
        Raises WorkbenchError no_data, no_such_axis.
        """
        with in_words():
            self._engine.ensure(progress)
            progress(0.9, _("计算产品矩阵"))
            with self._book.read() as conn:
                layers = self._engine.layers(conn)
                wanted = rows_by or self._first(layers.vocabulary)
                key = (layers.run.revision, layers.run.computed_at, wanted)
                if key not in self._grids:
                    self._grids = {k: g for k, g in self._grids.items() if k[:2] == key[:2]}  # type: ignore[index]
                    self._grids[key] = grid_of(conn, layers, self._rules, wanted, self._families(conn))
                return self._grids[key]

    def _first(self, vocabulary: Vocabulary) -> str:
        return next(k for k in self._rules.words("fit.rows") if k in SETS or vocabulary.find(k))

    # -- a product's target list ---------------------------------------------------------------------------

    def targets(self, product: str, within: str = "", offset: int = 0, limit: int = 50) -> Targets:
        """The target list of a family (code or name) among the customers of a condition, the best fit first.

        Raises WorkbenchError no_such_family, bad_expression, no_data.
        """
        named = family_named(product)
        if not target_words(named, self._rules):
            return Targets(named.code, named.shown, "", 0, 0, {}, ())
        with in_words():
            self._engine.ensure()
            with self._book.read() as conn:
                layers = self._engine.layers(conn)
                # parsed alone first, so that what was typed cannot break out of the parentheses it is put in below
                query = check(parse(within), layers.vocabulary).query
                if query.limit is not None:
                    raise fault(
                        within,
                        query.limit.at,
                        _("这里不能取前几位。"),
                        _("请写成条件,例如 top(50, average)。"),
                    )
                family = next(one for one in self._families(conn) if one.code == named.code)
                words = both(within if query.condition else "", target_words(family, self._rules))
                return self._targets(conn, layers, family, words, offset, limit)

    def _families(self, conn: Connection) -> tuple[Family, ...]:
        """All families with the risk level of what is on sale today (see `on_sale`)."""
        return on_sale(families(), self.shelf(conn), self._rules)

    def _targets(
        self, conn: Connection, layers: "Layers", family: Family, words: str, offset: int, limit: int
    ) -> Targets:
        checked = check(parse(words), layers.vocabulary)
        resolver = LayerResolver(layers, conn)
        condition = compiled(checked, resolver)
        bars = bar_names(self._rules)
        read = columns_of((family,)) | checked.names | {"average"} | columns_of_bars(self._rules)
        source = layers.source(read)
        barred = products_barred_sql(layers, self._rules)
        counts = conn.execute(
            select(
                func.coalesce(func.sum(case((condition, 1), else_=0)), 0),
                func.coalesce(func.sum(case((condition.is_(None), 1), else_=0)), 0),
                *(
                    func.coalesce(func.sum(case((and_(condition, barred == code), 1), else_=0)), 0)
                    for code in bars
                ),
            ).select_from(source)
        ).one()
        alike = self.alike(conn)
        score = fit_sql(family, self._rules, LayerResolver(layers, conn), layers.column, alike)
        order = (score.desc(), layers.column("average").desc(), layers.customer_id)
        welcome = and_(condition, barred == FREE)
        rows = self._rows(conn, layers, (family,), welcome, order, offset, limit)
        shelf = self.shelf(conn)
        return Targets(
            family.code, family.shown, words, int(counts[0]), int(counts[1]),
            {name: int(n) for name, n in zip(bars.values(), counts[2:], strict=True)},
            tuple(self._target(family, row, alike, shelf) for row in rows),
        )  # fmt: skip

    def _target(self, family: Family, row: _Row, alike: Alike, shelf: Shelf) -> Target:
        values = row.values
        fitting = fit(family, values, self._rules, alike)
        reasons = [part.why for part in fitting.parts.values() if part.why]
        matching = offers(values, self._rules, (family,), alike, shelf)
        return Target(
            row.customer_id, row.customer_no, row.name, values.average, fitting, semicolons(reasons),
            matching[0].verdict if matching else None,
        )  # fmt: skip

    def _rows(
        self,
        conn: Connection,
        layers: "Layers",
        among: Sequence[Family],
        condition: Expr,
        order: Sequence[Expr],
        offset: int,
        limit: int,
    ) -> list[_Row]:
        """A window of the customers who meet a condition, each with all values that offers read."""
        own = {"average", alike_column(layers, self._rules)} - {""}
        read = sorted(columns_of(among) | columns_of_bars(self._rules) | own)
        query = (
            select(
                layers.customer_id.label("customer_id"), customers.c.customer_no, customers.c.name,
                *(layers.column(name).label(name) for name in read),
            )
            .select_from(layers.source({*read, "customer_no"} | self._names_of(layers)))
            .where(condition)
            .order_by(*order)
            .offset(offset)
            .limit(limit)
        )  # fmt: skip
        return [
            _Row(row["customer_id"], row["customer_no"], row["name"], Values(dict(row)))
            for row in conn.execute(query).mappings()
        ]

    def _names_of(self, layers: "Layers") -> set[str]:
        """One column of every layer, so that a condition on any of them finds its table joined."""
        return {next(iter(columns)) for columns in layers.run.columns.values() if columns}

    # -- one customer --------------------------------------------------------------------------------------

    def offers_of(self, conn: Connection, values: Values, on: dt.date | None = None) -> tuple[Offer, ...]:
        """The next products of a customer by his values, with the similar customers and the product sheet of this book."""
        shelf = self.shelf(conn)
        return offers(
            values, self._rules, on_sale(families(), shelf, self._rules), self.alike(conn), shelf, on
        )

    def next_products(self, within: str = "", offset: int = 0, limit: int = 50) -> tuple[NextProducts, ...]:
        """The next products of each customer who meets a condition, the largest daily average first.

        Raises WorkbenchError bad_expression, no_data.
        """
        with in_words():
            self._engine.ensure()
            with self._book.read() as conn:
                layers = self._engine.layers(conn)
                condition = compiled(check(parse(within), layers.vocabulary), LayerResolver(layers, conn))
                order = (layers.column("average").desc(), layers.customer_id)
                rows = self._rows(conn, layers, families(), condition, order, offset, limit)
                alike, shelf = self.alike(conn), self.shelf(conn)
                sold, names = on_sale(families(), shelf, self._rules), bar_names(self._rules)
                return tuple(
                    NextProducts(
                        row.customer_id, row.customer_no, row.name, row.values.average,
                        offers(row.values, self._rules, sold, alike, shelf),
                        names.get(products_barred(row.values, self._rules), ""),
                    )
                    for row in rows
                )  # fmt: skip

    def suitability(self, conn: Connection, values: Values) -> tuple[SuitabilityVerdict, ...]:
        """The verdict of every product of the product sheet for one customer (domain 8.1: customer x product)."""
        buyer = of_values(values, self._rules)
        shelf = self.shelf(conn)
        every = [product for family in families() for product, _least in shelf.get(family.code, ())]
        return tuple(assess(buyer, product, today(), self._rules) for product in every)

    def hooks(self) -> tuple[Hook, ...]:
        """The hook products of the product sheet, the best first (domain 3)."""
        with in_words(), self._book.read() as conn:
            return self.hooks_on(conn)

    def hook_of(self, conn: Connection, values: Values, on: dt.date | None = None) -> SuitableHook | None:
        """The best hook for a customer by his values; None where no product suits him."""
        return best_hook(values, self.hooks_on(conn), self._rules, on)

    def hooks_on(self, conn: Connection) -> tuple[Hook, ...]:
        """As `hooks`, on a connection that is open; kept while the shelf is the same."""
        shelf = self.shelf(conn)
        if self._hooks is None or self._hooks[0] is not shelf:
            self._hooks = (shelf, hooks(conn, shelf, self._rules))
        return self._hooks[1]

    def mismatches(self) -> str:
        """The condition of the customers who hold more risk than they may (check 11): they are informed, never made to
        sell."""
        return MISMATCH

    # -- what the book tells -------------------------------------------------------------------------------

    def alike(self, conn: Connection) -> Alike:
        """How many similar customers hold each family; cached until the layers are computed anew, empty before the first."""
        run = last_run(conn)
        if run is None:
            return Alike()
        key = (run.revision, run.computed_at)
        if self._alike is None or self._alike[0] != key:
            self._alike = (key, alike_of(conn, self._engine.layers(conn), self._rules))
        return self._alike[1]

    def shelf(self, conn: Connection) -> Shelf:
        """The products of the product sheet that can still be bought, by family code.

        Cached until products or holdings are written: the sellers' ratings take a scan of a month of holdings, and
        every portrait reads the shelf.
        """
        at, day = revision(conn), today()
        if self._shelf is not None:
            stood, of_day, shelf = self._shelf
            same = stood == at or not changed_since(conn, stood).tables & _ON_SHELF
            if same and of_day == day and stood <= at:
                self._shelf = (at, day, shelf)
                return shelf
        self._shelf = (at, day, shelf_of(conn, self._rules))
        return self._shelf[2]
