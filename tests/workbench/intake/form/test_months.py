"""A month whose year stands elsewhere is told from the file's month, never guessed."""

import pytest

from workbench.intake.form.months import MonthWord, lone_year, month_word
from workbench.rules.parameters import Rules


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("上月", "2026-09"), ("本月", "2026-10"), ("期初", "2026-09"), ("期末数", "2026-10"), ("上上月", "2026-08"),
        ("去年同期", "2025-10"), ("年初", "2025-12"), ("9月", "2026-09"), ("十月份", "2026-10"), ("12月末", "2025-12"),
        ("10月31日", "2026-10"), ("上月与本月", None), ("近3月", None), ("3月内", None), ("清单", None), ("9月、10月", None),
    ],
)  # fmt: skip
def test_a_word_is_resolved_against_the_files_month(rules: Rules, text: str, month: str | None) -> None:
    word = month_word(text, rules)
    assert (word.resolved("2026-10-31") if word else None) == month


def test_without_a_date_only_a_number_takes_the_year_that_is_named() -> None:
    assert MonthWord("9月", number=9).resolved(None, "2026") == "2026-09"
    assert MonthWord("9月", number=9).resolved(None) is None
    assert MonthWord("上月", back=1).resolved(None, "2026") is None


def test_a_lone_year_is_the_only_one() -> None:
    assert lone_year(["2026年客户资产", "清单"]) == "2026"
    assert lone_year(["2025年与2026年对比"]) is None
    assert lone_year(["客户20261031"]) is None
