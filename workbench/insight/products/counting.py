"""Count the matrix of portraits and products in the book: how many hold, need and may buy each family (domain 11.6)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, case, func, select

from workbench.base.errors import WorkbenchError
from workbench.base.expressions import Expr
from workbench.base.i18n import _
from workbench.base.terms import Term
from workbench.insight.products.axis import axis, both, term_of, written
from workbench.insight.products.fit import columns_of, fit_rules, needed_sql, needed_words
from workbench.insight.products.grid import PivotGrid, PivotRow, PortraitSums, row_of
from workbench.insight.products.suitability import may_hold, may_hold_words
from workbench.insight.shelf.families import Family
from workbench.insight.tags.resolver import LayerResolver
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.insight.tags.layers import Layers

#: Kinds of rows that are several flags rather than the values of one tag -> the parameter that lists the flags.
SETS: Mapping[str, str] = {"segments": "fit.segments", "personas": "fit.personas"}


def grid_of(
    conn: Connection, layers: "Layers", rules: Rules, rows_by: str, among: tuple[Family, ...]
) -> PivotGrid:
    """The matrix of the newest month for one kind of rows (a key of SETS, or a tag or measure by name or label).

    Rows without customers are left out. Raises WorkbenchError no_such_axis.
    """
    if rows_by in SETS:
        portraits = [
            PortraitSums(str(term.name), term.label, f"{written(term)} = 是", _sums(conn, layers, rules, among, term))
            for name in rules.words(SETS[rows_by])
            if (term := layers.vocabulary.find(name)) is not None
        ]  # fmt: skip
        label = rules.text(f"matrix.{rows_by}")
        totals = _sums(conn, layers, rules, among)
    else:
        term = term_of(rows_by, layers.vocabulary)
        portraits, totals = _by_value(conn, layers, rules, among, term)
        label = term.label
    rows = tuple(
        _row(portrait, totals, rules, among) for portrait in portraits if portrait.counts["customers"]
    )
    everybody = _row(PortraitSums("", _("全部客户"), "", totals), totals, rules, among)
    return PivotGrid(rows_by, label, layers.month, layers.as_of, among, rows, everybody)


def _row(
    portrait: PortraitSums, totals: Mapping[str, Any], rules: Rules, among: tuple[Family, ...]
) -> PivotRow:
    wheres = {family.code: _wheres(family, portrait.where, rules) for family in among}
    return row_of(portrait, among, totals, wheres, rules.whole("fit.least_alike"))


def _wheres(family: Family, condition: str, rules: Rules) -> dict[str, str]:
    """Figure of a cell -> the condition of the customers behind it; '' where no rule lets anybody need the family."""
    needed = needed_words(fit_rules(), family, rules)
    return {
        "held": both(condition, f"{family.column} = 是"),
        "needed": both(condition, needed) if needed else "",
        "may": both(condition, may_hold_words(family, rules)),
        "whitespace": both(condition, target_words(family, rules)) if needed else "",
    }


def target_words(family: Family, rules: Rules) -> str:
    """The condition of the customers who need a family, may be sold it and do not hold it; '' if no rule tells a need."""
    needed = needed_words(fit_rules(), family, rules)
    may = may_hold_words(family, rules)
    return both(f"{family.column} = 否", needed, may) if needed else ""


def _by_value(
    conn: Connection, layers: "Layers", rules: Rules, among: tuple[Family, ...], term: Term
) -> tuple[list[PortraitSums], Mapping[str, Any]]:
    side = axis(term, rules)
    if term.kind == "text":
        raise WorkbenchError(
            "no_such_axis",
            _("“{word}”是文字,不能作产品矩阵的行。").format(word=term.label),
            _("请换成标签或层级。"),
            word=term.name,
        )
    row_key = side.key_of(layers.column(term.name))
    each = _per_customer(conn, layers, rules, among, {"row_key": row_key}, {term.name})
    sums = _sum_columns(each, among)
    query = select(each.c.row_key, *sums).group_by(each.c.row_key)
    by_key: dict[Any, Mapping[str, Any]] = {
        row["row_key"]: dict(row) for row in conn.execute(query).mappings()
    }
    portraits = [
        PortraitSums(str(g.key) if g.key is not None else "", g.label, g.where, by_key[g.key])
        for g in side.groups
        if g.key in by_key
    ]
    names = [column.name for column in sums]
    totals = {name: sum(row[name] or 0 for row in by_key.values()) for name in names}
    return portraits, totals


def _sums(
    conn: Connection, layers: "Layers", rules: Rules, among: tuple[Family, ...], flag: Term | None = None
) -> Mapping[str, Any]:
    each = _per_customer(conn, layers, rules, among, {}, set(), flag)
    row = conn.execute(select(*_sum_columns(each, among))).mappings().one()
    return {name: value or 0 for name, value in row.items()}


def _per_customer(
    conn: Connection,
    layers: "Layers",
    rules: Rules,
    among: tuple[Family, ...],
    more: Mapping[str, Expr],
    names: set[str],
    flag: Term | None = None,
) -> Any:
    """One row per customer: for every family `h_` holds, `n_` needs, `m_` may buy, each 1, 0 or NULL (cannot tell)."""
    resolver = LayerResolver(layers, conn)
    by = fit_rules()
    risk_class, valid = layers.column("risk_class"), layers.column("risk_valid_days")
    own: dict[str, Expr] = dict(more)
    for family in among:
        needs = needed_sql(by, family, rules, resolver)
        own[f"h_{family.code}"] = layers.column(family.column)
        own[f"n_{family.code}"] = case((needs, 1), (needs.is_(None), None), else_=0)
        own[f"m_{family.code}"] = may_hold(family, rules, risk_class, valid)
    read = columns_of(among) | names | ({flag.name} if flag else set())
    query = select(*(e.label(name) for name, e in own.items())).select_from(layers.source(read))
    if flag is not None:
        query = query.where(layers.column(flag.name) == 1)
    return query.subquery("each")


def _sum_columns(each: Any, among: tuple[Family, ...]) -> list[Any]:
    sums: list[Any] = [func.count().label("customers")]
    for family in among:
        code = family.code
        h, n, m = each.c[f"h_{code}"], each.c[f"n_{code}"], each.c[f"m_{code}"]
        sums += [
            func.count(h).label(f"reported_{code}"), func.sum(h).label(f"held_{code}"),
            func.count(n).label(f"needjudged_{code}"), func.sum(n).label(f"needed_{code}"),
            func.count(m).label(f"mayjudged_{code}"), func.sum(m).label(f"may_{code}"),
            func.sum(case((and_(h == 0, n == 1, m == 1), 1), else_=0)).label(f"white_{code}"),
        ]  # fmt: skip
    return sums
