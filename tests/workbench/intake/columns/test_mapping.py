"""Each column finds its field: by the dialect, the catalogue or a custom field; what only looks like one is asked."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from workbench.intake.catalogue.fields import catalogue
from workbench.intake.columns.custom import CustomField
from workbench.intake.columns.dialects import Dialect, HeadingChoice
from workbench.intake.columns.mapping import Memory, match_columns
from workbench.intake.columns.shapes import Shapes
from workbench.intake.reading.reader import RawSheet
from workbench.intake.report import ColumnMatch
from workbench.rules.parameters import Rules

PHONES = ["13812345678", "139 1234 5678", "13700001111", "138****1234"]
CARDS = ["11010519491231002X", "440524198001010013", "110105********002X", "110105491231002"]
NUMBERS = [1000000017.0, 1000000025.0, 1000000033.0, 1000000041.0]
WORDS = ["甲", "乙", "丙", "丁"]


def sheet(columns: Mapping[str, Sequence[Any]], first_column: int = 1) -> RawSheet:
    return RawSheet(
        "客户清单", tuple((name, *cells) for name, cells in columns.items()), first_column=first_column
    )


def matched(
    columns: Mapping[str, Sequence[Any]], rules: Rules, dialect: Dialect | None = None,
    custom: Sequence[CustomField] = (), noted_unit: str | None = None,
) -> dict[str, ColumnMatch]:  # fmt: skip
    columns_matched = match_columns(
        list(columns), "customers", catalogue(), rules, Shapes(sheet(columns), 1, rules),
        Memory(dialect, custom, noted_unit),
    )  # fmt: skip
    return {match.header: match for match in columns_matched}


def known(columns: dict[str, HeadingChoice], *others: str, unit: str = "") -> Dialect:
    return Dialect("月报", "customers", frozenset({*columns, *others}), columns, unit)


def test_each_column_carries_its_letter_and_three_different_samples(rules: Rules) -> None:
    cells = ["", "金卡", "金卡", "--", "白金", "钻石", "普卡"]
    made = sheet({"客户号": [""] * 7, "客户等级": cells}, first_column=26)
    first, second = match_columns(
        ["客户号", "客户等级"], "customers", catalogue(), rules, Shapes(made, 1, rules)
    )
    assert (first.letter, second.letter) == ("Z", "AA")
    assert (first.samples, second.samples) == ((), ("金卡", "白金", "钻石"))


def test_columns_of_our_own_are_ignored(rules: Rules) -> None:
    columns_matched = matched({"客户号": NUMBERS, "退回原因": WORDS, "原行号": [4.0, 5.0, 6.0, 7.0]}, rules)
    assert [match.how for match in columns_matched.values()] == ["exact", "ignored", "ignored"]


def test_a_remembered_heading_is_taken_without_a_question(rules: Rules) -> None:
    dialect = known({"余额": HeadingChoice("aum_balance"), "客户号": HeadingChoice("customer_no")})
    columns_matched = matched({"余额(元)": [1.0] * 4, "客户号": NUMBERS}, rules, dialect)
    assert [(m.field, m.how, m.score) for m in columns_matched.values()] == [
        ("aum_balance", "remembered", 100.0), ("customer_no", "remembered", 100.0),
    ]  # fmt: skip


def test_a_remembered_choice_wins_over_the_catalogue(rules: Rules) -> None:
    dialect = known(
        {
            "AUM": HeadingChoice("aum_daily_average"),
            "姓名": HeadingChoice(),
            "性别": HeadingChoice(ignored=True),
        }
    )
    columns_matched = matched({"AUM": [1.0] * 4, "姓名": WORDS, "性别": ["男"] * 4}, rules, dialect)
    assert [(m.field, m.how) for m in columns_matched.values()] == [
        ("aum_daily_average", "remembered"), (None, "remembered"), (None, "ignored"),
    ]  # fmt: skip


def test_of_two_columns_for_one_field_the_dialect_says_which(rules: Rules) -> None:
    columns = {"金融资产余额": [1.0] * 4, "资产口径二": [2.0] * 4}
    dialect = known({"资产口径二": HeadingChoice("aum_balance")}, "金融资产余额")
    columns_matched = matched(columns, rules, dialect)
    assert [(m.field, m.how) for m in columns_matched.values()] == [
        (None, "unknown"),
        ("aum_balance", "remembered"),
    ]
    assert matched(columns, rules)["金融资产余额"].field == "aum_balance"


@pytest.mark.parametrize(
    ("header", "noted", "unit"),
    [("AUM", None, "万元"), ("AUM(千元)", None, "千元"), ("AUM", "元", ""), ("AUM", "亿元", "万元")],
)
def test_the_heading_goes_before_the_note_and_the_note_before_what_is_remembered(
    rules: Rules, header: str, noted: str | None, unit: str
) -> None:
    dialect = known({"AUM": HeadingChoice("aum_balance", "万元")}, unit="亿元")
    assert matched({header: [1.0] * 4}, rules, dialect, noted_unit=noted)[header].unit == unit


def test_a_secret_stays_refused_whatever_is_remembered(rules: Rules) -> None:
    columns_matched = matched({"查询密码": WORDS}, rules, known({"查询密码": HeadingChoice("note")}))
    assert (columns_matched["查询密码"].field, columns_matched["查询密码"].how) == (None, "refused")


def test_a_field_that_the_program_no_longer_has_is_not_taken(rules: Rules) -> None:
    columns_matched = matched({"某列": WORDS}, rules, known({"某列": HeadingChoice("no_such_field")}))
    assert (columns_matched["某列"].field, columns_matched["某列"].how) == (None, "unknown")


def test_a_column_without_a_heading_is_taken_by_its_place_only_on_the_same_sheet(rules: Rules) -> None:
    dialect = known({"列B": HeadingChoice("note")}, "客户号")
    same = matched({"客户号": NUMBERS, "列B": WORDS}, rules, dialect)["列B"]
    more = matched({"客户号": NUMBERS, "列B": WORDS, "新列": WORDS}, rules, dialect)["列B"]
    assert (same.field, same.how) == ("note", "remembered")
    assert (more.field, more.how) == ("note", "similar")


def test_a_renamed_column_is_proposed_from_the_one_that_is_gone(rules: Rules) -> None:
    dialect = known({"口径资产A": HeadingChoice("aum_balance"), "客户号": HeadingChoice("customer_no")})
    columns_matched = matched({"客户号": NUMBERS, "口径资产甲": [1.5, 2.5, 3.5, 4.5]}, rules, dialect)[
        "口径资产甲"
    ]
    assert (columns_matched.field, columns_matched.how) == ("aum_balance", "similar")
    still = {"客户号": NUMBERS, "口径资产A": [9.5] * 4, "口径资产甲": [1.5, 2.5, 3.5, 4.5]}
    assert matched(still, rules, dialect)["口径资产甲"].how == "unknown"


def test_only_what_is_gone_can_have_been_renamed(rules: Rules) -> None:
    dialect = known(
        {"口径资产A": HeadingChoice("aum_balance"), "口径资产丙": HeadingChoice("deposit_balance")}, "客户号"
    )
    columns = {"客户号": NUMBERS, "口径资产A": [9.5] * 4, "口径资产AB": [1.5, 2.5, 3.5, 4.5]}
    assert matched(columns, rules, dialect)["口径资产AB"].field == "deposit_balance"


def test_a_rename_never_changes_a_telling_character(rules: Rules) -> None:
    dialect = known({"我行存贷比近3月": HeadingChoice("note")})
    assert matched({"我行存贷比近6月": WORDS}, rules, dialect)["我行存贷比近6月"].how == "unknown"


@pytest.mark.parametrize("heading", ["拒绝营销", "勿扰", "是否勿扰", "免打扰", "是否免打扰"])
def test_a_column_of_those_who_must_not_be_disturbed_is_never_passed_over(rules: Rules, heading: str) -> None:
    assert matched({heading: ["是", "否", "是", "否"]}, rules)[heading].field == "marketing_opt_out"


@pytest.mark.parametrize(
    ("cells", "field"), [(PHONES, "phone"), (CARDS, "id_no"), (NUMBERS, "customer_no"), (WORDS, None)]
)
def test_what_the_cells_look_like_is_proposed_and_not_taken(
    rules: Rules, cells: list[Any], field: str | None
) -> None:
    match = matched({"某列": cells}, rules)["某列"]
    assert (match.field, match.how) == (field, "asked" if field else "unknown")


def test_nothing_is_proposed_for_a_field_that_another_column_feeds(rules: Rules) -> None:
    columns_matched = matched(
        {"手机号": PHONES, "紧急联络": PHONES, "客户号": NUMBERS, "帐户": NUMBERS}, rules
    )
    assert (columns_matched["紧急联络"].how, columns_matched["帐户"].how) == ("unknown", "unknown")


def test_the_cells_speak_where_the_heading_is_like_one_already_taken(rules: Rules) -> None:
    match = matched({"客户号": NUMBERS, "客户编号码": PHONES}, rules)["客户编号码"]
    assert (match.field, match.how) == ("phone", "asked")


def test_of_two_columns_of_numbers_none_is_proposed_as_the_customers(rules: Rules) -> None:
    columns_matched = matched({"某列": NUMBERS, "另一列": [n + 7 for n in NUMBERS]}, rules)
    assert [match.how for match in columns_matched.values()] == ["unknown", "unknown"]


def test_dates_and_repeated_numbers_are_no_customer_numbers(rules: Rules) -> None:
    columns_matched = matched({"某列": ["20261001", "20261002", "20261003"]}, rules)
    columns_matched |= matched({"另一列": [1000000017.0, 1000000017.0, 1000000025.0, 1000000033.0]}, rules)
    assert [match.how for match in columns_matched.values()] == ["unknown", "unknown"]


def test_a_similar_heading_whose_cells_say_otherwise_is_not_proposed(rules: Rules) -> None:
    assert matched({"信用卡已用额度数": [1.0, 2.0, 3.0]}, rules)["信用卡已用额度数"].how == "unknown"
    fitting = matched({"近1月交易笔数统": [1.0, 2.0, 3.0]}, rules)["近1月交易笔数统"]
    other = matched({"近1月交易笔数统": WORDS}, rules)["近1月交易笔数统"]
    assert (fitting.how, other.how) == ("similar", "unknown")


def test_a_heading_of_a_custom_field_feeds_it(rules: Rules) -> None:
    own = CustomField("custom.结婚纪念日", "结婚纪念日", "date", ("结婚日期", "结婚纪念日"))
    match = matched({"结婚日期": ["2020-05-20"] * 4}, rules, custom=[own])["结婚日期"]
    assert (match.custom, match.field, match.how) == (own.key, None, "remembered")


def test_a_custom_field_that_was_taken_away_is_not_fed(rules: Rules) -> None:
    dialect = known({"结婚日期": HeadingChoice(custom="custom.结婚纪念日")})
    match = matched({"结婚日期": ["2020-05-20"] * 4}, rules, dialect)["结婚日期"]
    assert (match.custom, match.how) == (None, "unknown")
