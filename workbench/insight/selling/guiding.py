"""The guide of the hook products: what `hooks` ranks, joined with the list's date, the segments and the customers it suits."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TypeAlias

from sqlalchemy import Connection, case, func, select

from db.engine import Book
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.insight.genes.data import segments
from workbench.insight.measures.freshness import freshness
from workbench.insight.products.barring import columns_of_bars, products_barred_sql
from workbench.insight.products.grid import PivotGrid
from workbench.insight.products.hooks import Hook
from workbench.insight.products.room import Matrix
from workbench.insight.products.suitability import may_hold
from workbench.insight.selling.guide import GuideEntry, HookGuide, SegmentShare
from workbench.insight.selling.kinds import name_of, regimes
from workbench.insight.selling.listed import listed_products
from workbench.insight.selling.reading import sheets_of
from workbench.insight.selling.sheet import ProductSheet, benchmark_words
from workbench.insight.shelf.regimes import is_free
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.layers import Layers
from workbench.people.consent_rule import FREE
from workbench.rules.parameters import Rules

#: gives what to say of a product to some segments (codes), the best first; '' for nothing
HookScript: TypeAlias = Callable[[Hook, Sequence[str]], str]
#: the levels of customers, C1 to C5
_CLASSES = (1, 2, 3, 4, 5)


def guide_of(book: Book, engine: Engine, matrix: Matrix, rules: Rules, script: HookScript) -> HookGuide:
    """The guide of a book, the best score first, last what opens no talk.

    Counts of customers are left out before there is a list of them."""
    ranked = matrix.hooks()
    grid: PivotGrid | None = None
    counted: Mapping[str, tuple[tuple[int, ...], int]] = {}
    with suppress(WorkbenchError):  # a list of products alone has a guide too
        engine.ensure()
        grid = matrix.grid("segments")
    with book.read() as conn:
        listed = listed_products(conn, matrix.shelf(conn), rules)
        sheets = {one.code: one for one in sheets_of(conn, listed)}
        if grid is not None:
            counted = _suitable(conn, engine.layers(conn), ranked, rules)
    dates = sorted({one.as_of for one in listed.values() if one.as_of})
    as_of = dates[-1] if dates else None
    entries = [
        _entry(one, grid, counted.get(one.offered.product_code), as_of, sheets, script, rules)
        for one in ranked
    ]
    entries.sort(key=lambda one: one.on_request)
    return HookGuide(as_of, grid.as_of if grid else None, tuple(entries))


def _entry(
    one: Hook,
    grid: PivotGrid | None,
    counted: tuple[tuple[int, ...], int] | None,
    as_of: str | None,
    sheets: Mapping[str, ProductSheet],
    script: HookScript,
    rules: Rules,
) -> GuideEntry:
    sheet = sheets.get(one.offered.product_code)
    regime = name_of(one.offered.regime, regimes())
    shares = _segments(one, grid, rules)
    codes = {segment.column: segment.code for segment in segments()}
    words = script(one, tuple(codes[share.segment] for share in shares if share.segment in codes))
    return GuideEntry(
        one, regime, benchmark_words(one.offered.regime, one.rate, as_of, rules), shares,
        counted[0] if counted else None, counted[1] if counted else 0,
        is_free(one.offered.regime, one.offered.risk, rules), tuple(_checks(one, as_of, sheet, rules)), words, sheet,
        (one.offered.risk or 0) > rules.whole("hook.easy_risk"),
    )  # fmt: skip


def _segments(one: Hook, grid: PivotGrid | None, rules: Rules) -> tuple[SegmentShare, ...]:
    """The segments with the most customers who need its family, may be sold it and have it not."""
    if grid is None:
        return ()
    shares = []
    for row in grid.rows:
        cell = row.cell(one.family.code)
        if cell.whitespace:
            shares.append(SegmentShare(row.key, row.label, cell.whitespace, cell.where["whitespace"]))
    ranked = sorted(shares, key=lambda share: -share.customers)
    return tuple(ranked[: rules.whole("hook.segments")])


def _suitable(
    conn: Connection, layers: Layers, ranked: Sequence[Hook], rules: Rules
) -> Mapping[str, tuple[tuple[int, ...], int]]:
    """Product code -> (customers of each risk class who may be sold it, those of whom it cannot be told), without those who are
    told of no product now."""
    level, valid = layers.column("risk_class"), layers.column("risk_valid_days")
    columns = []
    for number, one in enumerate(ranked):
        family = replace(one.family, regime=one.offered.regime, risk=one.offered.risk or one.family.risk)
        may = may_hold(family, rules, level, valid)
        columns += [
            *(func.sum(case((may == 1, case((level == of, 1), else_=0)), else_=0)).label(f"c{of}_{number}") for of in _CLASSES),
            func.sum(case((may.is_(None), 1), else_=0)).label(f"u_{number}"),
        ]  # fmt: skip
    if not columns:
        return {}
    query = (
        select(*columns)
        .select_from(layers.source({"risk_class", "risk_valid_days"} | columns_of_bars(rules)))
        .where(products_barred_sql(layers, rules) == FREE)
    )
    sums = conn.execute(query).mappings().one()
    return {
        one.offered.product_code: (
            tuple(int(sums[f"c{of}_{number}"] or 0) for of in _CLASSES),
            int(sums[f"u_{number}"] or 0),
        )
        for number, one in enumerate(ranked)
    }


def _checks(one: Hook, as_of: str | None, sheet: ProductSheet | None, rules: Rules) -> list[str]:
    """What to look at before it is offered, in the order in which it would stop the sale."""
    offered, fresh = one.offered, freshness(as_of, rules)
    free = is_free(offered.regime, offered.risk, rules)
    checks = []
    if fresh.stale:
        checks.append(rules.text("hook.check.old").format(date=as_of, days=fresh.days))
    if not free:
        key = "hook.check.test" if offered.risk is not None else "hook.check.risk"
        checks.append(rules.text(key).format(risk=offered.risk))
    if (offered.risk or 0) > rules.whole("hook.easy_risk"):
        checks.append(rules.text("hook.check.hard").format(risk=rules.whole("hook.easy_risk")))
    if one.quota is None and one.family.code not in rules.words("hook.no_quota"):
        checks.append(rules.text("hook.check.quota"))
    limited = not free or offered.regime == "bond"
    if one.until is None and limited and one.parts["liquidity"] != 1:
        checks.append(rules.text("hook.check.until"))
    if offered.term_days:
        checks.append(rules.text("hook.check.term").format(days=offered.term_days))
    elif one.parts["liquidity"] == 1 and not free:
        checks.append(rules.text("hook.check.limit"))
    if sheet is not None and sheet.due:
        checks.append(_("产品卡片 {day} 就该复核了").format(day=sheet.review))
    return checks
