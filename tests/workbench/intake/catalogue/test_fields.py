"""Headings are matched exactly, then in plain form, then by likeness, and never guessed."""

import pytest

from db import tables
from workbench.intake.catalogue.fields import CUSTOMER_NO, catalogue, heading
from workbench.intake.columns.mapping import match_columns
from workbench.intake.report import Kind
from workbench.rules.parameters import Rules


def test_every_field_has_a_column_to_go_to() -> None:
    for field in catalogue().fields.values():
        for table, column in field.columns:
            assert column in tables.metadata.tables[table].c, (field.key, table)


def test_the_catalogue_knows_far_more_than_sixty_fields() -> None:
    assert len(catalogue().fields) > 150


def test_no_heading_belongs_to_two_fields_of_one_kind_of_sheet() -> None:
    kinds: tuple[Kind, ...] = ("customers", "holdings", "products")
    for word, fields in catalogue().plain.items():
        for kind in kinds:
            able = [field.key for field in fields if field in catalogue().of_kind(kind)]
            assert len(able) <= 1, (word, able)


@pytest.mark.parametrize(
    ("written", "key", "unit"),
    [
        ("客户编号", CUSTOMER_NO, None),
        ("＊客户 编号", CUSTOMER_NO, None),
        ("cust_no", CUSTOMER_NO, None),
        ("金融资产余额(元)", "aum_balance", "元"),
        ("金融资产月日均（万元）", "aum_daily_average", "万元"),
        ("AUM", "aum_balance", None),
        ("AUM(月日均)", "aum_daily_average", None),
        ("年日均存款_千元", "deposit_year_average", "千元"),
        ("整存整取余额", "time_deposit_balance", None),
        ("风险承受能力", "risk_level", None),
        ("数据日期", "as_of", None),
    ],
)
def test_headings_are_understood(written: str, key: str, unit: str | None) -> None:
    match = catalogue().find(written, "customers")
    assert match is not None
    assert match[0].key == key
    assert heading(written).unit == unit


@pytest.mark.parametrize(
    "written", ["余额", "余额(万元)", "金额", "日均", "编号", "等级", "日期", "积分余额", "近2月交易笔数"]
)
def test_what_could_be_anything_is_never_guessed(rules: Rules, written: str) -> None:
    match = match_columns(["客户号", written], "customers", catalogue(), rules)[1]
    assert (match.field, match.how) == (None, "unknown")


def test_a_similar_heading_is_offered_not_taken(rules: Rules) -> None:
    match = match_columns(["客户号", "风险承受能力等阶"], "customers", catalogue(), rules)[1]
    assert (match.field, match.how) == ("risk_level", "similar")
    assert 82 <= match.score < 100


def test_secrets_are_refused(rules: Rules) -> None:
    matches = match_columns(["客户号", "查询密码", "CVV2"], "customers", catalogue(), rules)
    assert [match.how for match in matches] == ["exact", "refused", "refused"]


def test_of_two_columns_for_one_field_the_surer_wins(rules: Rules) -> None:
    matches = match_columns(["客户号", "AUM (余额)", "金融资产余额"], "customers", catalogue(), rules)
    assert [match.field for match in matches] == [CUSTOMER_NO, None, "aum_balance"]


def test_the_same_word_means_what_its_sheet_speaks_of() -> None:
    customer = catalogue().find("风险等级", "customers")
    product = catalogue().find("风险等级", "products")
    assert customer is not None
    assert product is not None
    assert (customer[0].key, product[0].key) == ("risk_level", "product_risk")
