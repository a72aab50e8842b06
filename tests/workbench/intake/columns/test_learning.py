"""What a sheet that was read teaches for the next month."""

import pytest

from tests.workbench.intake.monthly import HEADINGS, MONTHLY, OWN, chosen, read_with
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.columns.dialects import HeadingChoice
from workbench.intake.columns.heading_keys import keys
from workbench.intake.columns.learning import name_for
from workbench.intake.columns.mapping import Memory, match_columns
from workbench.rules.parameters import Rules


@pytest.mark.parametrize(
    ("above", "sheet_name", "stem", "name"),
    [
        (["2026年10月个人客户资产月报"], "Sheet1", "x", "个人客户资产月报"),
        (["个人客户资产月报(2026年10月)  单位:元"], "客户清单", "x", "个人客户资产月报"),
        (["数据日期:2026-10-31  单位:元"], "客户清单", "x", "客户清单"),
        ([], "Sheet1", "客户清单_202610(1)", "客户清单"),
        ([], "工作表2", "20261031", "20261031"),
        (["某某支行 到期清单 2026年第三季度"], "Sheet1", "x", "某某支行 到期清单"),
    ],
)
def test_a_dialect_is_named_by_the_title_without_its_date(
    rules: Rules, above: list[str], sheet_name: str, stem: str, name: str
) -> None:
    assert name_for(above, sheet_name, stem, (), rules) == name
    assert name_for(above, sheet_name, stem, {name, f"{name}(2)"}, rules) == f"{name}(3)"


def test_what_was_chosen_is_remembered_and_what_was_not_decided_is_not(rules: Rules) -> None:
    dialect = read_with(HEADINGS, rules, changed={"口径资产": chosen("aum_balance"), "级次": chosen(None)})
    assert dialect.columns["口径资产"] == HeadingChoice("aum_balance")
    assert dialect.columns["级次"] == HeadingChoice()
    assert dialect.columns["客户号"] == HeadingChoice("customer_no")
    assert dialect.columns["网点备注"] == HeadingChoice(custom="custom.网点备注")
    assert "日均口径" not in dialect.columns
    assert dialect.headings == frozenset(keys(HEADINGS))


def test_the_second_month_asks_nothing_and_teaches_nothing_new(rules: Rules) -> None:
    first = read_with(
        HEADINGS, rules, changed={"口径资产": chosen("aum_balance"), "级次": chosen(None)}, unit="元"
    )
    matches = match_columns(HEADINGS, "customers", catalogue(), rules, memory=Memory(first, (OWN,)))
    assert {match.how for match in matches} <= {"remembered", "unknown"}
    assert read_with(HEADINGS, rules, first) == first


def test_a_column_left_out_for_a_month_is_still_known_after_it(rules: Rules) -> None:
    without = read_with([name for name in HEADINGS if name != "口径资产"], rules, MONTHLY)
    assert without.columns["口径资产"] == HeadingChoice("aum_balance", "万元")
    assert "口径资产" not in without.headings


def test_a_field_fed_by_another_column_now_is_no_longer_fed_by_the_old_one(rules: Rules) -> None:
    names = [name if name != "口径资产" else "新口径" for name in HEADINGS]
    dialect = read_with(names, rules, MONTHLY, changed={"新口径": chosen("aum_balance")})
    assert dialect.columns["新口径"] == HeadingChoice("aum_balance")
    assert "口径资产" not in dialect.columns


def test_a_sheet_of_refused_rows_teaches_nothing(rules: Rules) -> None:
    assert read_with([*HEADINGS, "退回原因", "原行号"], rules, MONTHLY) is MONTHLY
    assert read_with(["客户号", "退回原因"], rules).headings == {"客户号"}


def test_an_ignored_column_stays_ignored(rules: Rules) -> None:
    assert read_with(HEADINGS, rules, MONTHLY).columns["序号"] == HeadingChoice(ignored=True)


def test_a_unit_once_named_is_kept_until_another_is(rules: Rules) -> None:
    assert read_with(HEADINGS, rules, MONTHLY).unit == "元"
    assert read_with(HEADINGS, rules, MONTHLY, unit="万元").unit == "万元"
    assert read_with(HEADINGS, rules).unit == ""
