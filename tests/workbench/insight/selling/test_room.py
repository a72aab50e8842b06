"""Product sheets: written, refused with the sentence that may be said, taken in as one change (domain 8.5, 13.4)."""

from dataclasses import replace

import pytest

from db.tables import products
from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.insight.selling.kinds import shared_lines
from workbench.insight.selling.room import Selling
from workbench.insight.selling.sheet import NewSheet
from workbench.rules.parameters import Rules

WORDS = {line.code: "先说结论,再说日子" for line in shared_lines()}
PAYROLL = NewSheet(
    "DF1",
    "代发工资",
    role="粘性",
    model="service",
    margin="低",
    regime="服务",
    texts=WORDS,
    review="2027-03-01",
)


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-05")


@pytest.fixture
def selling(small: SmallBook) -> Selling:
    """A wealth product and a deposit on the list of October."""
    batch = small.batch(kind="products")
    with small.book.write("import", "products") as writer:
        writer.insert(
            products,
            [
                {"product_code": "W1", "product_name": "保本稳享182天", "category": "理财", "product_risk": "R2",
                 "term_days": 182, "min_amount": 10_000_00, "benchmark": 0.0265, "batch_id": batch},
                {"product_code": "D1", "product_name": "整存整取一年", "category": "定期", "product_risk": None,
                 "term_days": 365, "min_amount": 50_00,
                 "benchmark": 0.011, "batch_id": batch},
            ],
        )  # fmt: skip
    return small.insight.selling


def put(selling: Selling, **changed: object) -> None:
    selling.put(replace(PAYROLL, **changed))  # type: ignore[arg-type]


def test_a_sheet_keeps_codes_for_names_and_says_them_again(selling: Selling) -> None:
    selling.put(PAYROLL)
    (one,) = selling.sheets()
    assert (one.role, one.margin, one.regime, one.template) == ("sticky", "low", "service", "plain")
    assert (one.role_name, one.model_name, one.margin_name) == ("粘性", "服务导向型", "低")
    assert one.about == "一般产品、粘性产品、服务导向型、利润低"
    assert one.listed is None
    assert not one.due


def test_a_listed_product_has_the_list_s_name_regime_and_dated_figures(
    selling: Selling, small: SmallBook
) -> None:
    selling.put(replace(PAYROLL, code="W1", name="随便写的", regime="存款", role="profit"))
    one = selling.sheet("W1")
    assert (one.name, one.regime) == ("稳享182天", "wealth")
    assert one.listed is not None
    assert one.listed.figures(Rules.load()) == (
        "风险等级 R2", "期限 182 天", "起购 1.0万元", "业绩比较基准 2.65%(截至 2026-10-31;业绩比较基准不是承诺)",
    )  # fmt: skip
    selling.put(replace(PAYROLL, code="D1", regime=""))
    deposit = selling.sheet("D1").listed
    assert deposit is not None
    assert deposit.figures(Rules.load())[-1].startswith("年利率 1.10%(截至 2026-10-31")


@pytest.mark.parametrize(
    ("code", "words", "may"),
    [
        ("D1", "到期连本带利息一起拿", True),
        ("W1", "到期连本带利息一起拿", False),
        ("W1", "随时取用,一点不耽误", False),
        ("D1", "稳赚,不会亏", False),
    ],
)
def test_words_are_held_against_the_red_lines_of_the_product(
    selling: Selling, code: str, words: str, may: bool
) -> None:
    new = replace(PAYROLL, code=code, texts={**WORDS, "first": words})
    if may:
        selling.put(new)
        return
    with pytest.raises(WorkbenchError, match="不能说的话") as refused:
        selling.put(new)
    assert refused.value.code == "red_line"
    assert "可以说" in refused.value.hint
    assert selling.sheets() == ()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"role": ""}, "bad_choice"),
        ({"role": "敲门"}, "bad_choice"),
        ({"regime": ""}, "bad_choice"),
        ({"template": "x"}, "bad_choice"),
        ({"name": " "}, "no_text"),
        ({"name": "保本代发"}, "red_line"),
        ({"name": "长" * 41}, "too_long"),
        ({"texts": {**WORDS, "exit": ""}}, "no_text"),
        ({"texts": {**WORDS, "first": "长" * 61}}, "too_long"),
        ({"review": "明年"}, "bad_date"),
        ({"review": "2026-11-04"}, "past_date"),
        ({"template": "structured"}, "no_text"),
    ],
)
def test_what_is_missing_or_wrong_is_refused_by_name(
    selling: Selling, changed: dict[str, object], code: str
) -> None:
    with pytest.raises(WorkbenchError) as refused:
        put(selling, **changed)
    assert refused.value.code == code


def test_without_a_day_it_is_looked_at_again_after_the_usual_time(selling: Selling) -> None:
    put(selling, review="")
    assert selling.sheets()[0].review == "2027-05-04"


def test_a_code_has_one_sheet_and_changing_it_can_be_undone(selling: Selling, small: SmallBook) -> None:
    selling.put(PAYROLL)
    with pytest.raises(WorkbenchError, match="已经有一张"):
        selling.put(PAYROLL)
    change = selling.put(replace(PAYROLL, margin="high"), "DF1")
    assert selling.sheet("DF1").margin == "high"
    assert change.undo_id is not None
    small.book.reverse(change.undo_id, forward=False)
    assert selling.sheet("DF1").margin == "low"
    selling.remove("DF1")
    with pytest.raises(WorkbenchError, match="没有代码是 DF1"):
        selling.remove("DF1")


def test_several_are_taken_in_by_one_change_and_the_wrong_ones_stay_out(
    selling: Selling, small: SmallBook
) -> None:
    selling.put(PAYROLL)
    new = (
        replace(PAYROLL, margin="high"), replace(PAYROLL, code="DF2"), replace(PAYROLL, code="DF2"),
        replace(PAYROLL, code="DF3", texts={**WORDS, "first": "稳赚"}),
    )  # fmt: skip
    taken = selling.take_in(new)
    assert taken.stored == 2
    assert {at: error.code for at, error in taken.faults.items()} == {2: "sheet_twice", 3: "red_line"}
    assert {one.code: one.margin for one in selling.sheets()} == {"DF1": "high", "DF2": "low"}
    assert taken.change.undo_id is not None
    small.book.reverse(taken.change.undo_id, forward=False)
    assert {one.code: one.margin for one in selling.sheets()} == {"DF1": "low"}


def test_they_stand_by_what_they_are_for(selling: Selling) -> None:
    for code, role in (("A", "profit"), ("B", "sticky"), ("C", "lead"), ("D", "sticky")):
        put(selling, code=code, role=role)
    assert [one.code for one in selling.sheets()] == ["C", "B", "D", "A"]
