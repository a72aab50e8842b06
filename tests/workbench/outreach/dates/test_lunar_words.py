"""Lunar dates in words (domain 22-10)."""

import datetime as dt

import pytest

from workbench.outreach.dates.lunar_words import lunar_words, whole_lunar_words


@pytest.mark.parametrize(
    ("day", "cell", "whole"),
    [
        ("2034-01-01", "十一", "闰十一月十一"), ("2027-02-06", "正月", "正月初一"), ("2027-02-05", "廿九", "十二月廿九"),
        ("2030-02-02", "三十", "十二月三十"), ("2025-07-25", "闰六月", "闰六月初一"), ("2026-09-25", "十五", "八月十五"),
        ("2026-03-08", "二十", "正月二十"), ("2026-02-26", "初十", "正月初十"),
        ("2057-09-28", "三十(或差一天)", "八月三十(或差一天)"),
        ("2057-09-29", "九月(或差一天)", "九月初一(或差一天)"), ("2101-03-01", "", ""),
    ],
)  # fmt: skip
def test_a_day_in_the_cell_and_in_a_sentence(day: str, cell: str, whole: str) -> None:
    at = dt.date.fromisoformat(day)
    assert (lunar_words(at), whole_lunar_words(at)) == (cell, whole)
