"""The matrix of portraits and products (domain 11.6) on a book: figures, the people behind each, target lists."""

import pytest
from sqlalchemy import select

from db.tables import holdings, products
from tests.workbench.conftest import AS_OF, MONTH, SmallBook
from tests.workbench.insight.conftest import Count
from workbench.base.errors import WorkbenchError
from workbench.insight.products.fit import Alike, columns_of, fit, fit_rules, fit_sql, needed_rules
from workbench.insight.products.suitability import assess, may_hold, of_values
from workbench.insight.room import Insight
from workbench.insight.shelf.families import families
from workbench.insight.tags.resolver import LayerResolver
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules


def test_every_figure_of_the_grid_drills_to_exactly_its_people(insight: Insight, counted: Count) -> None:
    for rows_by, some in (("b_gender_stated_m0", ("cash", "wealth_low", "fund")), ("segments", ("bond",))):
        grid = insight.matrix.grid(rows_by)
        for row in (*grid.rows, grid.whole):
            if row.where:
                assert counted(insight, row.where) == row.customers
            for cell in (row.cell(code) for code in some):
                figures = {
                    "held": cell.held,
                    "needed": cell.needed,
                    "may": cell.may,
                    "whitespace": cell.whitespace,
                }
                for measure, figure in figures.items():
                    words = cell.where[measure]
                    if words:
                        assert counted(insight, words) == figure, (row.label, cell.family, measure)
                    elif measure != "may":
                        assert figure == 0


def test_penetration_counts_only_those_of_whom_it_is_known(forty: SmallBook) -> None:
    forty.month("unknown", aum_balance=1)
    grid = forty.insight.matrix.grid("tower")
    cell = grid.whole.cell("wealth_low")
    assert (cell.reported, cell.held, cell.penetration) == (41, 10, pytest.approx(10 / 41))
    card = grid.whole.cell("card")
    assert card.reported == 0
    assert card.penetration is None
    assert card.index is None


def test_the_index_is_100_for_the_whole_book_and_compares_rows_with_it(insight: Insight) -> None:
    grid = insight.matrix.grid("b_gender_stated_m0")
    assert grid.whole.cell("wealth_low").index == pytest.approx(100)
    by_label = {row.label: row.cell("wealth_low") for row in grid.rows}
    # every fourth customer holds wealth products, all of them men
    assert by_label["男"].index == pytest.approx(200)
    assert by_label["女"].index == pytest.approx(0)


def test_whitespace_needs_the_product_may_have_it_and_has_it_not(insight: Insight) -> None:
    cell = insight.matrix.grid("tower").whole.cell("wealth_low")
    free = [n for n in range(40) if n % 4 and n % 5 and n % 7]
    assert cell.whitespace == len(free)
    assert cell.may == len([n for n in range(40) if n % 5 and n % 7])
    assert cell.expected == pytest.approx(len(free) * 10 / 40)
    assert cell.expected_fen == round(len(free) * 10 / 40 * 10_000_000)


def test_the_target_list_puts_the_best_fit_first_and_counts_whom_not_to_approach(
    forty: SmallBook, counted: Count
) -> None:
    forty.customer("refused", marketing_opt_out=1)
    forty.month(
        "refused", aum_balance=90_000, demand_balance=90_000, deposit_balance=90_000, wealth_balance=0, age=40,
        risk_level="C3", risk_expiry_date="2027-06-30",
    )  # fmt: skip
    insight = forty.insight
    found = insight.matrix.targets("理财R1-R2")
    assert found.count == counted(insight, found.where) == len(found.rows) + 1
    assert "refused" not in {row.customer_no for row in found.rows}
    scores = [row.fit.score for row in found.rows]
    assert scores == sorted(scores, reverse=True)
    assert {name: n for name, n in found.excluded.items() if n} == {"拒绝营销": 1}
    within = insight.matrix.targets("wealth_low", "gender = '男'")
    assert 0 < within.count < found.count


def test_no_target_and_no_next_product_breaks_the_gate_of_suitability(insight: Insight) -> None:
    for row in insight.matrix.next_products(limit=100):
        for offer in row.offers:
            assert offer.verdict.may_offer
    barred = {f"{n:02d}" for n in range(40) if n % 5 == 0 or n % 7 == 0}
    assert not barred & {row.customer_no for row in insight.matrix.targets("wealth_low", limit=100).rows}


@pytest.mark.parametrize(
    ("within", "position"), [("age>0) or (age>0", 5), ("age>>", 4), ("tier>=L1 top 5 by average", 9)]
)
def test_what_is_typed_beside_the_gate_stays_one_condition(
    insight: Insight, within: str, position: int
) -> None:
    with pytest.raises(WorkbenchError) as told:
        insight.matrix.targets("wealth_low", within)
    assert told.value.code == "bad_expression"
    assert told.value.facts["position"] == position
    assert "holds" not in told.value.sentence()


def test_the_gate_goes_by_the_mildest_product_on_the_shelf(forty: SmallBook, counted: Count) -> None:
    before = forty.insight.matrix.targets("wealth_low", limit=100)
    with forty.book.write("import", "products") as writer:
        rows = [
            {"product_code": "A", "product_name": "稳享90天", "category": "理财", "product_risk": "R2"},
            {"product_code": "F", "product_name": "进取股票", "category": "基金", "product_risk": "R5"},
        ]
        for row in rows:
            writer.insert(products, [row])
    insight = forty.insight
    after = insight.matrix.targets("wealth_low", limit=100)
    lowest = {f"{n:02d}" for n in range(40) if n % 5 == 1}
    assert {row.customer_no for row in before.rows} & lowest
    assert not {row.customer_no for row in after.rows} & lowest
    assert insight.matrix.targets("fund").count == 0
    for cell in (insight.matrix.grid("tower").whole.cell(code) for code in ("wealth_low", "fund")):
        assert counted(insight, cell.where["may"]) == cell.may
    assert after.count == insight.matrix.grid("tower").whole.cell("wealth_low").whitespace
    for row in after.rows:
        assert row.verdict is not None
        assert row.verdict.may_offer
    old = next(row for row in after.rows if row.customer_no == "38")
    assert old.as_json()["suitability"]["outcome"] in ("ok", "warn")


def test_unknown_rows_and_products_are_named_with_what_there_is(insight: Insight) -> None:
    with pytest.raises(WorkbenchError) as told:
        insight.matrix.grid("没有这个")
    assert told.value.code == "no_such_axis"
    with pytest.raises(WorkbenchError) as told:
        insight.matrix.targets("飞船")
    assert told.value.code == "no_such_family"
    assert "现金管理" in told.value.hint


def test_an_empty_book_says_that_there_is_no_data(small: SmallBook) -> None:
    with pytest.raises(WorkbenchError) as told:
        small.insight.matrix.grid()
    assert told.value.code == "no_data"


def test_a_bank_that_tells_neither_balances_nor_risk_gets_no_figures_but_no_wrong_ones(
    small: SmallBook,
) -> None:
    small.flat("1", 300_000, 2)
    grid = small.insight.matrix.grid("tower")
    for cell in grid.whole.cells:
        assert cell.penetration is None
        assert cell.whitespace == 0


def test_one_customer_and_all_customers_are_judged_alike(insight: Insight) -> None:
    """The rules of fit and the gate: what SQL says of each customer, Python says of his values."""
    rules = Rules.load()
    alike = Alike("gender", {}, {"女": {"wealth_low": 0.3}, "男": {"wealth_low": 0.1, "bond": 0.7}})
    with insight._book.read() as conn:
        layers = insight.engine.layers(conn)
        resolver = LayerResolver(layers, conn)
        names = sorted(columns_of(families()) | {"gender"})
        own = [layers.column(name).label(name) for name in names]
        scores = [
            fit_sql(f, rules, resolver, layers.column, alike).label(f"fit_{f.code}") for f in families()
        ]
        gates = [
            may_hold(f, rules, layers.column("risk_class"), layers.column("risk_valid_days")).label(
                f"may_{f.code}"
            )
            for f in families()
        ]
        rows = conn.execute(select(*own, *scores, *gates).select_from(layers.source(names))).mappings().all()
    assert len(rows) == 40
    for row in rows:
        values = Values({name: row[name] for name in names})
        for family in families():
            assert row[f"fit_{family.code}"] == pytest.approx(fit(family, values, rules, alike).score), (
                family.code
            )


def test_the_gate_in_sql_is_the_verdict_of_the_checks(insight: Insight) -> None:
    from workbench.base.dates import today
    from workbench.insight.products.verdict import Offered

    rules = Rules.load()
    read = ["risk_class", "risk_valid_days", "risk_level", "age"]
    with insight._book.read() as conn:
        layers = insight.engine.layers(conn)
        gates = [
            may_hold(f, rules, layers.column("risk_class"), layers.column("risk_valid_days")).label(f.code)
            for f in families()
        ]
        own = [layers.column(name).label(name) for name in read]
        rows = conn.execute(select(*own, *gates).select_from(layers.source(read))).mappings().all()
    for row in rows:
        buyer = of_values(Values(dict(row)), rules)
        for family in families():
            product = Offered("产品", family.regime, seller_risk=family.risk or None)
            assert bool(row[family.code]) is assess(buyer, product, today(), rules).may_offer


def test_the_shelf_leaves_out_what_has_ended_and_what_has_no_family(forty: SmallBook) -> None:
    with forty.book.write("import", "products") as writer:
        rows = [
            {"product_code": "A", "product_name": "稳享90天", "category": "理财", "product_risk": "R2"},
            {"product_code": "B", "product_name": "旧产品", "category": "理财", "product_risk": "R2",
             "maturity_date": "2026-01-01"},
            {"product_code": "C", "product_name": "某债", "category": "信托", "product_risk": "R2"},
        ]  # fmt: skip
        for row in rows:
            writer.insert(products, [row])
    insight = forty.insight
    insight.engine.ensure()
    with forty.book.read() as conn:
        shelf = insight.matrix.shelf(conn)
        assert {code: [p.product_code for p, _least in of] for code, of in shelf.items()} == {
            "wealth_low": ["A"]
        }
        picture = insight.engine.of_customer(conn, forty.ids["03"])
        verdicts = insight.matrix.suitability(conn, picture.values)
        assert [len(v.checks) for v in verdicts] == [11]
        found = insight.matrix.offers_of(conn, picture.values)
    assert any(offer.product_code == "A" for offer in found)


def test_golden_14_a_product_that_head_office_rates_higher_is_offered_by_the_higher_level(
    forty: SmallBook,
) -> None:
    with forty.book.write("import", "products") as writer:
        row = {"product_code": "W2", "product_name": "稳享二号", "category": "理财", "product_risk": "R2"}
        writer.insert(products, [row])
        line = {
            "month": MONTH, "as_of": AS_OF, "batch_id": 1, "source_row": 4, "kind": "holding", "line": 9,
            "category": "理财", "product_name": "稳享二号", "product_code": "W2", "product_risk": "R3",
            "amount": 100_000,
        }  # fmt: skip
        writer.insert(holdings, [{"customer_id": forty.ids["04"], **line}])
    insight = forty.insight
    insight.engine.ensure()
    with forty.book.read() as conn:
        ((product, _least),) = insight.matrix.shelf(conn)["wealth_low"]
        assert (product.issuer_risk, product.seller_risk, product.risk) == (2, 3, 3)
        careful = insight.engine.of_customer(conn, forty.ids["02"]).values
        assert careful.risk_class == 2
        (verdict,) = insight.matrix.suitability(conn, careful)
        assert verdict.outcome == "block"
        assert "R3" in verdict.reason
        assert not any(one.product_code == "W2" for one in insight.matrix.offers_of(conn, careful))


def test_needs_are_read_from_measures_and_fields_alone() -> None:
    from workbench.insight.tags.vocabulary import vocabulary

    words = {term.name for term in vocabulary(Rules.load())}
    assert fit_rules().names <= words
    assert all(needed_rules(fit_rules(), f, Rules.load()) for f in families() if f.code != "demand")
