"""Any two tags against each other (domain 11.9): sums, totals, those who cannot be told, the people behind a cell."""

import pytest

from tests.workbench.conftest import SmallBook
from tests.workbench.insight.conftest import Count
from workbench.base.errors import WorkbenchError
from workbench.base.terms import Term
from workbench.insight.products.axis import OTHERS, axis
from workbench.insight.room import Insight
from workbench.rules.parameters import Rules


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ("年龄", "客户性别"), ("tower", "持有R1-R2理财"), ("branch", "age"), ("risk_class", "资产月日均"),
        ("deposit_share", "主客群"),
    ],
)  # fmt: skip
def test_every_cell_and_every_total_drills_to_exactly_its_people(
    insight: Insight, counted: Count, rows: str, columns: str
) -> None:
    found = insight.pivot.table(rows, columns)
    for line in found.cells:
        for cell in line:
            if cell.where:
                assert counted(insight, cell.where) == cell.customers, cell.where
    assert found.total.customers == 40


def test_totals_are_the_sums_of_their_cells(insight: Insight) -> None:
    for measure in ("customers", "aum"):
        found = insight.pivot.table("gender", "age", measure)
        for line in found.cells:
            assert (line[-1].value or 0) == sum(cell.value or 0 for cell in line[:-1])
        for number in range(len(found.column_groups) + 1):
            column = [line[number].value or 0 for line in found.cells]
            assert column[-1] == sum(column[:-1])


def test_those_who_cannot_be_told_have_their_own_row(insight: Insight) -> None:
    found = insight.pivot.table("risk_class", "gender")
    assert found.row_groups[-1].key is None
    assert found.row_groups[-1].label == "无法判断"
    assert found.cells[-2][-1].customers == 8


def test_money_is_summed_and_products_are_per_customer(insight: Insight) -> None:
    aum = insight.pivot.table("gender", "tower", "资产合计")
    assert aum.total.value == sum(60_000 + n * 10_000 for n in range(40)) * 100
    assert aum.money
    products = insight.pivot.table("gender", "tower", "products")
    assert products.total.value == pytest.approx((40 + 39 + 10) / 40)


def test_what_no_list_tells_has_no_value_rather_than_zero(insight: Insight) -> None:
    found = insight.pivot.table("gender", "tower", "lum")
    assert found.total.value is None
    assert found.total.reported == 0
    assert found.total.customers == 40


def test_a_text_keeps_its_most_frequent_values_and_puts_the_rest_together(
    forty: SmallBook, counted: Count
) -> None:
    insight = forty.ruled(pivot__most=4)
    for number in range(12):
        forty.customer(f"x{number}", occupation=f"职业{number // 2 if number < 10 else number}")
        forty.month(f"x{number}", aum_balance=1)
    found = insight.pivot.table("occupation", "gender")
    labels = [group.label for group in found.row_groups]
    assert len(labels) == 6
    assert labels[-2:] == ["其他", "无法判断"]
    rest = found.cells[-3][-1]
    assert rest.customers == 4
    assert counted(insight, rest.where) == 4


def test_numbers_are_cut_where_the_rules_say() -> None:
    rules = Rules.load()
    side = axis(Term("age", "年龄", "count"), rules)
    assert [g.label for g in side.groups][:3] == ["18 以下", "18–29", "30–39"]
    assert side.groups[1].where == "age >= 18 and age < 30"
    money = axis(Term("average", "资产月日均", "money"), rules)
    assert "20万–50万" in [g.label for g in money.groups]
    text = axis(Term("branch", "归属机构", "text"), rules, ("东'支行",))
    assert text.groups[0].where == "branch = '东''支行'"
    assert text.groups[1].key == OTHERS


def test_dates_names_and_sensitive_figures_are_refused_as_sides(insight: Insight) -> None:
    for word in ("open_date", "name", "out_hospital", "没有这个"):
        with pytest.raises(WorkbenchError) as told:
            insight.pivot.table(word, "gender")
        assert told.value.code == "no_such_axis"
        assert told.value.hint
    with pytest.raises(WorkbenchError) as told:
        insight.pivot.table("gender", "tower", "利润")
    assert told.value.code == "no_such_measure"


def test_the_sides_offered_are_told_and_usable(insight: Insight) -> None:
    choices = insight.pivot.choices()
    names = {term.name for term in choices}
    assert {"gender", "tower", "average"} <= names
    assert not names & {"name", "phone", "out_hospital", "ethnicity", "open_date"}
    assert choices[0].origin == "tag"


def test_small_cells_are_left_out_of_prints(insight: Insight) -> None:
    found = insight.pivot.table("age", "branch")
    small, beside = found.hidden(5)
    for row, line in enumerate(found.cells):
        for column, cell in enumerate(line):
            assert ((row, column) in small) == (0 < cell.customers < 5)
    assert small
    assert not small & beside
