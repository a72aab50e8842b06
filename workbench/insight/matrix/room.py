"""`Matrix`: portraits against products (domain 11.6): the grid, whom to offer a product, what to offer a customer."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, case, func, select

from db.engine import Book
from db.tables import customers, products
from workbench.change import Progress, silent
from workbench.errors import WorkbenchError, in_words
from workbench.i18n import _
from workbench.insight.expressions import Expr
from workbench.insight.language.check import check
from workbench.insight.language.compile import where as compiled
from workbench.insight.language.parse import parse
from workbench.insight.language.terms import Term, Vocabulary
from workbench.insight.matrix.axis import axis, both, term_of, written
from workbench.insight.matrix.families import Family, families, family_of
from workbench.insight.matrix.fit import (
    Alike,
    Fit,
    columns_of,
    fit,
    fit_rules,
    fit_sql,
    needed_sql,
    needed_words,
)
from workbench.insight.matrix.grid import Grid, GridRow, row_of
from workbench.insight.matrix.levels import level
from workbench.insight.matrix.offers import Offer, Shelf, offers
from workbench.insight.matrix.suitability import Offered, Verdict, assess, may_hold, may_hold_words, of_values
from workbench.insight.tags.layers import last_run
from workbench.insight.tags.resolver import LayerResolver
from workbench.rules import Rules

if TYPE_CHECKING:
    from workbench.insight.room import Insight
    from workbench.insight.tags.layers import Layers

#: rows that are sets of flags rather than values of one tag: key -> the parameter that lists them
SETS: Mapping[str, str] = {"segments": "fit.segments", "personas": "fit.personas"}
MISMATCH = "held_risk > risk_class"


@dataclass(frozen=True, slots=True)
class Target:
    """One customer of a product's target list, with the fit and its reasons."""

    customer_id: int
    customer_no: str
    name: str
    aum_fen: int | None
    fit: Fit
    reason: str

    def as_json(self) -> dict[str, Any]:
        return {
            "customer_no": self.customer_no, "name": self.name, "fit": round(self.fit.score, 3),
            "aum": None if self.aum_fen is None else self.aum_fen / 100, "reason": self.reason,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Targets:
    """目标客户名单 of a product: `where` picks `count` customers; `excluded` of them should not be approached, by reason,
    and are not among the `rows`."""

    family: str
    name: str
    where: str
    count: int
    cannot_tell: int
    excluded: Mapping[str, int]
    rows: tuple[Target, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "family": self.family, "name": self.name, "where": self.where, "count": self.count,
            "cannot_tell": self.cannot_tell, "excluded": dict(self.excluded),
            "customers": [row.as_json() for row in self.rows],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class NextProducts:
    """The best next products of one customer of a list."""

    customer_id: int
    customer_no: str
    name: str
    aum_fen: int | None
    offers: tuple[Offer, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "customer_no": self.customer_no, "name": self.name,
            "aum": None if self.aum_fen is None else self.aum_fen / 100,
            "offers": [offer.as_json() for offer in self.offers],
        }  # fmt: skip


class Matrix:
    """Reads the tag layers; writes nothing."""

    def __init__(self, book: Book, rules: Rules, insight: "Insight") -> None:
        self._book = book
        self._rules = rules
        self._insight = insight
        self._alike: tuple[object, Alike] | None = None
        self._grids: dict[object, Grid] = {}

    # -- the grid ------------------------------------------------------------------------------------------

    def row_choices(self) -> tuple[tuple[str, str], ...]:
        """What the rows may be: (key, label); the usual ones first, then every other tag with values."""
        with in_words():
            self._insight.engine.ensure()
            with self._book.read() as conn:
                vocabulary = self._insight.engine.layers(conn).vocabulary
        usual = [key for key in self._rules.words("fit.rows") if key in SETS or vocabulary.find(key)]
        others = [t.name for t in vocabulary if t.kind == "enum" and t.told and t.name not in usual]
        return tuple((key, self._row_label(key, vocabulary)) for key in (*usual, *others))

    def _row_label(self, key: str, vocabulary: Vocabulary) -> str:
        return self._rules.text(f"matrix.{key}") if key in SETS else term_of(key, vocabulary).label

    def grid(self, rows_by: str | None = None, progress: Progress = silent) -> Grid:
        """Penetration, index, need, suitability and whitespace by portrait and family.

        `rows_by`: 'segments', 'personas', or a tag or measure by name or label (None: the first of the rules).
        Raises WorkbenchError no_data, no_such_axis.
        """
        with in_words():
            self._insight.engine.ensure(progress)
            progress(0.9, _("计算产品矩阵"))
            with self._book.read() as conn:
                layers = self._insight.engine.layers(conn)
                wanted = rows_by or self._first(layers.vocabulary)
                key = (layers.run.revision, layers.run.computed_at, wanted)
                if key not in self._grids:
                    self._grids = {k: g for k, g in self._grids.items() if k[:2] == key[:2]}  # type: ignore[index]
                    self._grids[key] = self._grid(conn, layers, wanted)
                return self._grids[key]

    def _first(self, vocabulary: Vocabulary) -> str:
        return next(k for k in self._rules.words("fit.rows") if k in SETS or vocabulary.find(k))

    def _grid(self, conn: Connection, layers: "Layers", rows_by: str) -> Grid:
        if rows_by in SETS:
            found = [
                (str(term.name), term.label, f"{written(term)} = 是", self._sums(conn, layers, term))
                for name in self._rules.words(SETS[rows_by])
                if (term := layers.vocabulary.find(name)) is not None
            ]
            label = self._rules.text(f"matrix.{rows_by}")
            whole = self._sums(conn, layers)
        else:
            term = term_of(rows_by, layers.vocabulary)
            found, whole = self._by_value(conn, layers, term)
            label = term.label
        rows = tuple(
            self._row(key, name, condition, sums, whole)
            for key, name, condition, sums in found
            if sums["customers"]
        )
        everybody = self._row("", _("全部客户"), "", whole, whole)
        return Grid(rows_by, label, layers.month, layers.as_of, families(), rows, everybody)

    def _row(
        self, key: str, label: str, condition: str, sums: Mapping[str, Any], whole: Mapping[str, Any]
    ) -> GridRow:
        wheres = {family.code: self._wheres(family, condition) for family in families()}
        least = self._rules.whole("fit.least_alike")
        return row_of(key, label, condition, sums, families(), whole, wheres, least)

    def _wheres(self, family: Family, condition: str) -> dict[str, str]:
        """The conditions that drill to a cell's figures; '' where nobody can be meant."""
        needed = needed_words(fit_rules(), family, self._rules)
        return {
            "held": both(condition, f"{family.column} = 是"),
            "needed": both(condition, needed) if needed else "",
            "may": both(condition, may_hold_words(family, self._rules)),
            "whitespace": both(condition, self.target_words(family)) if needed else "",
        }

    def target_words(self, family: Family) -> str:
        """Who needs a family, may be sold it and has it not, in the language of conditions; '' for none."""
        needed = needed_words(fit_rules(), family, self._rules)
        may = may_hold_words(family, self._rules)
        return both(f"{family.column} = 否", needed, may) if needed else ""

    def _by_value(
        self, conn: Connection, layers: "Layers", term: Term
    ) -> tuple[list[tuple[str, str, str, Mapping[str, Any]]], Mapping[str, Any]]:
        side = axis(term, self._rules)
        if term.kind == "text":
            raise WorkbenchError(
                "no_such_axis",
                _("“{word}”是文字,不能作产品矩阵的行。").format(word=term.label),
                _("请换成标签或层级。"),
                word=term.name,
            )
        each = self._per_customer(
            conn, layers, {"row_key": side.key_of(layers.column(term.name))}, {term.name}
        )
        sums = self._sum_columns(each)
        asked = select(each.c.row_key, *sums).group_by(each.c.row_key)
        by_key: dict[Any, Mapping[str, Any]] = {
            row["row_key"]: dict(row) for row in conn.execute(asked).mappings()
        }
        found = [
            (str(g.key) if g.key is not None else "", g.label, g.where, by_key[g.key])
            for g in side.groups
            if g.key in by_key
        ]
        names = [column.name for column in sums]
        whole = {name: sum(row[name] or 0 for row in by_key.values()) for name in names}
        return found, whole

    def _sums(self, conn: Connection, layers: "Layers", flag: Term | None = None) -> Mapping[str, Any]:
        each = self._per_customer(conn, layers, {}, set(), flag)
        row = conn.execute(select(*self._sum_columns(each))).mappings().one()
        return {name: value or 0 for name, value in row.items()}

    def _per_customer(
        self,
        conn: Connection,
        layers: "Layers",
        more: Mapping[str, Expr],
        names: set[str],
        flag: Term | None = None,
    ) -> Any:
        """One row per customer: holds, needs, may, each 1 / 0 / NULL for every family."""
        resolver = LayerResolver(layers, conn)
        by = fit_rules()
        risk_class, valid = layers.column("risk_class"), layers.column("risk_valid_days")
        own: dict[str, Expr] = dict(more)
        for family in families():
            needs = needed_sql(by, family, self._rules, resolver)
            own[f"h_{family.code}"] = layers.column(family.column)
            own[f"n_{family.code}"] = case((needs, 1), (needs.is_(None), None), else_=0)
            own[f"m_{family.code}"] = may_hold(family, self._rules, risk_class, valid)
        read = columns_of(families()) | names | ({flag.name} if flag else set())
        asked = select(*(e.label(name) for name, e in own.items())).select_from(layers.source(read))
        if flag is not None:
            asked = asked.where(layers.column(flag.name) == 1)
        return asked.subquery("each")

    def _sum_columns(self, each: Any) -> list[Any]:
        sums: list[Any] = [func.count().label("customers")]
        for family in families():
            code = family.code
            h, n, m = each.c[f"h_{code}"], each.c[f"n_{code}"], each.c[f"m_{code}"]
            sums += [
                func.count(h).label(f"told_{code}"), func.sum(h).label(f"held_{code}"),
                func.count(n).label(f"needtold_{code}"), func.sum(n).label(f"needed_{code}"),
                func.count(m).label(f"maytold_{code}"), func.sum(m).label(f"may_{code}"),
                func.sum(case((and_(h == 0, n == 1, m == 1), 1), else_=0)).label(f"white_{code}"),
            ]  # fmt: skip
        return sums

    # -- a product's target list ---------------------------------------------------------------------------

    def targets(self, product: str, within: str = "", offset: int = 0, limit: int = 50) -> Targets:
        """Whom to offer a family (code or name), the best fit first, within a condition. Raises WorkbenchError
        no_such_family, bad_expression, no_data."""
        family = self.family(product)
        words = self.target_words(family)
        if not words:
            return Targets(family.code, family.shown, "", 0, 0, {}, ())
        words = both(within, words)
        with in_words():
            self._insight.engine.ensure()
            with self._book.read() as conn:
                layers = self._insight.engine.layers(conn)
                return self._targets(conn, layers, family, words, offset, limit)

    def _targets(
        self, conn: Connection, layers: "Layers", family: Family, words: str, offset: int, limit: int
    ) -> Targets:
        checked = check(parse(words), layers.vocabulary)
        resolver = LayerResolver(layers, conn)
        condition = compiled(checked, resolver)
        read = columns_of((family,)) | checked.names | {"opt_out", "complaints_open", "average"}
        source = layers.source(read)
        refused = case((layers.column("opt_out") == 1, 1), else_=0)
        complaining = case((and_(refused == 0, layers.column("complaints_open") > 0), 1), else_=0)
        counts = conn.execute(
            select(
                func.coalesce(func.sum(case((condition, 1), else_=0)), 0),
                func.coalesce(func.sum(case((condition.is_(None), 1), else_=0)), 0),
                func.coalesce(func.sum(case((condition, refused), else_=0)), 0),
                func.coalesce(func.sum(case((condition, complaining), else_=0)), 0),
            ).select_from(source)
        ).one()
        alike = self.alike(conn)
        score = fit_sql(family, self._rules, LayerResolver(layers, conn), layers.column, alike)
        order = (score.desc(), layers.column("average").desc(), layers.customer_id)
        welcome = and_(condition, refused == 0, complaining == 0)
        rows = self._rows(conn, layers, (family,), welcome, order, offset, limit)
        return Targets(
            family.code, family.shown, words, int(counts[0]), int(counts[1]),
            {_("拒绝营销"): int(counts[2]), _("投诉中"): int(counts[3])},
            tuple(self._target(family, values, alike) for values in rows),
        )  # fmt: skip

    def _target(self, family: Family, values: Mapping[str, Any], alike: Alike) -> Target:
        made = fit(family, values, self._rules, alike)
        said = [part.why for part in made.parts.values() if part.why]
        return Target(
            values["customer_id"],
            values["customer_no"],
            values["name"],
            values["average"],
            made,
            ";".join(said),
        )

    def _rows(
        self,
        conn: Connection,
        layers: "Layers",
        among: Sequence[Family],
        condition: Expr,
        order: Sequence[Expr],
        offset: int,
        limit: int,
    ) -> list[Mapping[str, Any]]:
        """Values of a window of customers: all that offers read, with number and name."""
        read = sorted(columns_of(among) | {"average", self._alike_column(layers)} - {""})
        asked = (
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
        return [dict(row) for row in conn.execute(asked).mappings()]

    def _names_of(self, layers: "Layers") -> set[str]:
        """One column of every layer, so that a condition on any of them finds its table joined."""
        return {next(iter(columns)) for columns in layers.run.columns.values() if columns}

    def family(self, word: str) -> Family:
        """A family by code or name. Raises WorkbenchError no_such_family."""
        plain = word.strip().lower()
        for family in families():
            if plain in (family.code, family.column, family.name.lower(), family.shown.lower()):
                return family
        names = "、".join(family.shown for family in families())
        raise WorkbenchError(
            "no_such_family",
            _("没有“{word}”这个产品大类。").format(word=word),
            _("现有:{names}").format(names=names),
            word=word,
        )

    # -- one customer --------------------------------------------------------------------------------------

    def offers_of(
        self, conn: Connection, values: Mapping[str, Any], on: dt.date | None = None
    ) -> tuple[Offer, ...]:
        """The next products of a customer by the values of the layers, with the like-minded and the shelf of this book."""
        return offers(values, self._rules, families(), self.alike(conn), self.shelf(conn), on)

    def next_products(self, within: str = "", offset: int = 0, limit: int = 50) -> tuple[NextProducts, ...]:
        """The best next products of each customer of a condition, those with most assets first."""
        with in_words():
            self._insight.engine.ensure()
            with self._book.read() as conn:
                layers = self._insight.engine.layers(conn)
                condition = compiled(check(parse(within), layers.vocabulary), LayerResolver(layers, conn))
                order = (layers.column("average").desc(), layers.customer_id)
                rows = self._rows(conn, layers, families(), condition, order, offset, limit)
                alike, shelf = self.alike(conn), self.shelf(conn)
                return tuple(
                    NextProducts(
                        values["customer_id"], values["customer_no"], values["name"], values["average"],
                        offers(values, self._rules, families(), alike, shelf),
                    )
                    for values in rows
                )  # fmt: skip

    def suitability(self, conn: Connection, values: Mapping[str, Any]) -> tuple[Verdict, ...]:
        """The verdict of every product of the product sheet for one customer (domain 8.1: customer x product)."""
        from workbench.dates import today

        buyer = of_values(values, self._rules)
        shelf = self.shelf(conn)
        every = [product for family in families() for product, _least in shelf.get(family.code, ())]
        return tuple(assess(buyer, product, today(), self._rules) for product in every)

    def mismatches(self) -> str:
        """The condition of those who hold more risk than they may (check 11): to be told, never made to sell."""
        return MISMATCH

    # -- what the book tells -------------------------------------------------------------------------------

    def alike(self, conn: Connection) -> Alike:
        """How many of each main segment hold each family; kept while the layers stay the same, nothing before them."""
        run = last_run(conn)
        if run is None:
            return Alike()
        key = (run.revision, run.computed_at)
        if self._alike is None or self._alike[0] != key:
            self._alike = (key, self._read_alike(conn, self._insight.engine.layers(conn)))
        return self._alike[1]

    def _alike_column(self, layers: "Layers") -> str:
        first = self._rules.words("fit.rows")[0]
        return first if layers.vocabulary.find(first) else ""

    def _read_alike(self, conn: Connection, layers: "Layers") -> Alike:
        name = self._alike_column(layers)
        if not name:
            return Alike()
        kind = layers.column(name)
        holds = [layers.column(family.column) for family in families()]
        sums = [e for hold in holds for e in (func.count(hold), func.sum(hold))]
        asked = (
            select(kind, *sums)
            .select_from(layers.source({name, *(family.column for family in families())}))
            .where(kind.is_not(None))
            .group_by(kind)
        )
        least = self._rules.whole("fit.least_alike")
        shares: dict[str, dict[str, float]] = {}
        for row in conn.execute(asked):
            told, held = row[1::2], row[2::2]
            shares[str(row[0])] = {
                family.code: of / n
                for family, n, of in zip(families(), told, held, strict=True)
                if n >= least and of is not None
            }
        return Alike(name, dict(layers.vocabulary[name].values), shares)

    def shelf(self, conn: Connection) -> Shelf:
        """The products of the product sheet that can still be bought, by family."""
        from workbench.dates import today

        found: dict[str, list[tuple[Offered, int | None]]] = {}
        p = products.c
        for row in conn.execute(select(products).order_by(p.product_code)):
            risk = level(row.product_risk, self._rules)
            family = family_of(row.category, row.product_name, risk, families())
            if family is None or (row.maturity_date and row.maturity_date <= today().isoformat()):
                continue
            regime = family.regime
            own = risk if regime not in ("deposit", "bond", "loan", "service") else None
            product = Offered(
                row.product_name or row.product_code, regime, issuer_risk=own, term_days=row.term_days,
                product_code=row.product_code,
            )  # fmt: skip
            found.setdefault(family.code, []).append((product, row.min_amount))
        return found
