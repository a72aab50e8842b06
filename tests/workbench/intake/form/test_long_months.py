"""Months below each other become one list a month, a stray date does not."""

from workbench.intake.form.long_months import months_below
from workbench.intake.reading.reader import RawSheet

DATES = ["2026-10-31", "2026-09-30", "2026-10-30", "2026-09-30", None]
KEYS = ["1", "1", "2", "2", "合计"]
SHEET = RawSheet("清单", (("日期", *DATES), ("客户号", *KEYS)))


def test_each_month_keeps_its_rows_where_they_stand() -> None:
    (september, first), (october, last) = months_below(SHEET, 0, DATES, KEYS, 0.5)
    assert (first, last) == ("2026-09-30", "2026-10-31")
    assert september.columns[1] == ("客户号", None, "1", None, "2", None)
    assert october.columns[1] == ("客户号", "1", None, "2", None, "合计")


def test_a_row_with_another_date_is_no_month() -> None:
    assert months_below(SHEET, 0, DATES, ["1", "9", "2", "8", "合计"], 0.5) == ()
    assert months_below(SHEET, 0, ["2026-10-31"] * 5, KEYS, 0.5) == ()
