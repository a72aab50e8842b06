"""The data date and the unit are found wherever head office put them."""

import pytest

from workbench.errors import WorkbenchError
from workbench.intake.as_of import from_option, in_text, in_titles, unit_in_titles
from workbench.rules import Rules


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("数据日期:2026年10月31日", "2026-10-31"), ("截至2026-10-31", "2026-10-31"), ("2026.10.31", "2026-10-31"),
        ("个人客户资产月报(2026年10月)", "2026-10-31"), ("个人客户资产月报_202610", "2026-10-31"),
        ("月报20261015", "2026-10-15"), ("2026-02", "2026-02-28"), ("月报_2024_2", "2024-02-29"),
        ("２０２６年９月", "2026-09-30"), ("客户清单", None), ("第 12345678 号", None), ("编号20269901", None),
    ],
)  # fmt: skip
def test_dates_in_words(text: str, date: str | None) -> None:
    assert in_text(text) == date


def test_the_date_after_its_word_wins(rules: Rules) -> None:
    lines = ["2026年度个人客户资产月报 2026年9月版", "制表日期:2026-11-03", "单位:元 数据日期:2026-10-31"]
    assert in_titles(lines, rules) == "2026-10-31"


def test_the_date_of_printing_is_not_the_data_date(rules: Rules) -> None:
    assert in_titles(["客户清单", "打印日期:2026-11-03"], rules) is None


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位:万元", "万元"),
        ("金额单位：元(列名另有注明的除外)", "元"),
        ("单位 千元", "千元"),
        ("工作单位", None),
    ],
)
def test_the_unit_in_a_note(line: str, unit: str | None) -> None:
    assert unit_in_titles([line]) == unit


def test_a_typed_date_that_is_none_is_refused() -> None:
    assert from_option("2026-10") == "2026-10-31"
    with pytest.raises(WorkbenchError) as caught:
        from_option("上个月")
    assert caught.value.code == "bad_as_of"
