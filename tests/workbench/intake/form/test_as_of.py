"""The data date and the unit are found wherever head office put them."""

import pytest

from workbench.base.errors import WorkbenchError
from workbench.intake.form.as_of import from_option, in_text, in_titles, of_due_month, unit_in_titles
from workbench.rules.parameters import Rules


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("数据日期:2026年10月31日", "2026-10-31"), ("截至2026-10-31", "2026-10-31"), ("2026.10.31", "2026-10-31"),
        ("个人客户资产月报(2026年10月)", "2026-10-31"), ("个人客户资产月报_202610", "2026-10-31"),
        ("月报20261015", "2026-10-15"), ("2026-02", "2026-02-28"), ("月报_2024_2", "2024-02-29"),
        ("２０２６年９月", "2026-09-30"), ("客户清单", None), ("第 12345678 号", None), ("编号20269901", None),
        ("统计期间:2026年10月1日至2026年10月31日", "2026-10-31"), ("2026-10-01~2026-10-31", "2026-10-31"),
        ("2026年10月1日-10月31日", "2026-10-31"), ("2026年10月1日至31日", "2026-10-31"),
        ("20261001-20261031", "2026-10-31"), ("2026.10.01-2026.10.31", "2026-10-31"),
        ("2026年1月至10月", "2026-10-31"), ("2026年1-10月", "2026-10-31"), ("202601-202610", "2026-10-31"),
        ("2026年第三季度", "2026-09-30"), ("2026年三季度末", "2026-09-30"), ("2026Q3", "2026-09-30"),
        ("2026年上半年", "2026-06-30"), ("2026年10月份", "2026-10-31"), ("二〇二六年十月", "2026-10-31"),
        ("二零二六年十月三十一日", "2026-10-31"), ("二○二六年二月二十日", "2026-02-20"),
        ("客户清单_202610(1)", "2026-10-31"), ("客户清单20261031094512", "2026-10-31"),
        ("客户清单_2026_10_31_0945", "2026-10-31"), ("客户号6222020261031094512", None), ("2026年度", None),
        ("2026年10月31日 09:45", "2026-10-31"), ("十月份客户清单", None), ("电话 13820261031", None),
    ],
)  # fmt: skip
def test_dates_in_words(text: str, date: str | None) -> None:
    assert in_text(text) == date


def test_the_date_after_its_word_wins(rules: Rules) -> None:
    lines = ["2026年度个人客户资产月报 2026年9月版", "制表日期:2026-11-03", "单位:元 数据日期:2026-10-31"]
    assert in_titles(lines, rules) == "2026-10-31"


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("2026年11月到期客户清单", True), ("2026年11月份即将到期产品", True), ("二〇二六年十一月 到期", True),
        ("2026年11月到期日一览", False), ("2026年11月客户到期清单", False), ("截至2026年10月", False),
    ],
)  # fmt: skip
def test_the_month_of_maturities_is_not_that_of_the_data(line: str, due: bool) -> None:
    assert of_due_month(line) is due


def test_the_date_of_printing_is_not_the_data_date(rules: Rules) -> None:
    assert in_titles(["客户清单", "打印日期:2026-11-03"], rules) is None


def test_the_date_of_printing_beside_another_word_is_left_alone(rules: Rules) -> None:
    assert in_titles(["数据日期:  打印日期:2026-11-03", "2026年10月客户清单"], rules) == "2026-10-31"
    assert in_titles(["客户清单(2026年10月)  打印时间:2026-11-03 09:45"], rules) == "2026-10-31"
    assert in_titles(["打印日期:2026-11-03  数据日期:2026-10-31"], rules) == "2026-10-31"
    assert in_titles(["导出时间 2026-11-03  数据期次 "], rules) is None


def test_a_range_counts_to_its_end(rules: Rules) -> None:
    assert in_titles(["统计日期:2026年10月1日 至 2026年10月31日"], rules) == "2026-10-31"


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["2026年度个人客户资产月报", "截至10月末"], "2026-10-31"), (["2026年", "截至9月15日"], "2026-09-15"),
        (["2026年客户清单(10月份)"], "2026-10-31"), (["2026年度客户清单"], "2026-12-31"),
        (["2025年、2026年对比", "截至10月末"], None), (["截至10月末"], None), (["2026年", "近6个月未动账"], None),
    ],
)  # fmt: skip
def test_a_month_takes_its_year_from_elsewhere(rules: Rules, lines: list[str], date: str | None) -> None:
    assert in_titles(lines, rules) == date


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位:万元", "万元"),
        ("金额单位：元(列名另有注明的除外)", "元"),
        ("单位 千元", "千元"),
        ("单位:万", "万元"),
        ("(单位：亿)", "亿元"),
        ("工作单位", None),
        ("工作单位:万达公司", None),
    ],
)
def test_the_unit_in_a_note(line: str, unit: str | None) -> None:
    assert unit_in_titles([line]) == unit


def test_a_typed_date_that_is_none_is_refused() -> None:
    assert from_option("2026-10") == "2026-10-31"
    with pytest.raises(WorkbenchError) as caught:
        from_option("上个月")
    assert caught.value.code == "bad_as_of"
