"""The data-quality score: five parts, each told or not, and the weight of what cannot be told shared out."""

import datetime as dt
from typing import Any

import pytest

from tests.workbench.intake.by_hand import RULES, Looked, look
from workbench.intake.checking.quality import quality
from workbench.intake.report import Quality

HEADER = ["客户号", "姓名", "AUM余额", "手机号"]
ROWS = [["000001", "甲一", 10.0, "13812345678"], ["000002", "乙二", 20.0, "13912345678"]]
STARS = ("customer_no", "name", "aum_balance")


def _score(sheet: Looked, **options: Any) -> Quality:
    facts: dict[str, Any] = {
        "star_fields": STARS, "before_customers": None, "still_here": None, "today": dt.date(2026, 11, 2),
    } | options  # fmt: skip
    return quality(sheet.checked, **facts, rules=RULES)


def test_a_perfect_first_list_scores_a_hundred_without_continuity() -> None:
    assert _score(look(HEADER, ROWS)) == Quality(100.0, 1.0, 1.0, 1.0, None, 1.0)


def test_blanks_and_missing_columns_cost_completeness() -> None:
    blank = _score(look(HEADER, [ROWS[0], ["000002", "乙二", "", ""]]))
    assert blank.completeness == pytest.approx(6 / 8)
    assert blank.score == pytest.approx(100 * (0.8 - 0.3 * 0.25) / 0.8, abs=0.05)
    lacking = _score(look(HEADER, ROWS), star_fields=(*STARS, "manager_name"))
    assert lacking.completeness == pytest.approx(4 / 5)


def test_faulty_cells_and_refused_rows_cost_validity() -> None:
    assert _score(look(HEADER, [ROWS[0], ["000002", "乙二", "不详", "1"]])).validity == pytest.approx(6 / 8)
    assert _score(look(HEADER, [ROWS[0], ["", "乙二", 1.0, ""]])).validity == pytest.approx(4 / 8)


def test_rows_repeated_cost_uniqueness_and_nothing_else() -> None:
    sheet = _score(look(HEADER, [*ROWS, ROWS[0], ["000002", "乙三", 5.0, "13912345678"]]))
    assert sheet.uniqueness == pytest.approx(1 / 4)
    assert sheet.validity == 1.0


def test_continuity_is_the_share_of_last_months_customers() -> None:
    sheet = _score(look(HEADER, ROWS), before_customers=4, still_here=1)
    assert sheet.continuity == 0.25
    assert sheet.score == pytest.approx(85.0)


@pytest.mark.parametrize(("days", "part"), [(0, 1.0), (10, 1.0), (35, 0.5), (60, 0.0), (900, 0.0)])
def test_late_data_costs_timeliness(days: int, part: float) -> None:
    today = dt.date(2026, 10, 31) + dt.timedelta(days=days)
    assert _score(look(HEADER, ROWS), today=today).timeliness == pytest.approx(part)


def test_a_sheet_of_which_nothing_is_left_tells_little() -> None:
    sheet = _score(look(HEADER, []))
    assert (sheet.completeness, sheet.validity, sheet.uniqueness) == (None, None, None)
    assert sheet.score == 100.0
