"""Spans of a year in lanes: none covers another, what comes every month is said once."""

from itertools import pairwise

from tests.workbench.sheets.year_made import events_of, one
from workbench.sheets.year_bands import lanes, repeated, span


def test_no_span_of_a_lane_covers_another_and_none_leaves_the_year() -> None:
    events = [event for event in events_of(2026) if event.stream in ("segment", "product")]
    made = lanes(events, 2026)
    for lane in made:
        ordered = sorted(lane, key=lambda band: band["at"])
        assert all(a["at"] + a["long"] <= b["at"] + 0.001 for a, b in pairwise(ordered))
        assert all(band["at"] >= 0 and band["at"] + band["long"] <= 12.001 for band in lane)
    assert {band["text"] for lane in made for band in lane} >= {"春耕备耕 2/1–4/30", "18 618 备货回款"}
    # words behind the last day would leave the page
    assert [band["before"] for lane in made for band in lane if "个人养老金截止" in band["text"]] == [True]


def test_what_comes_every_month_is_said_in_a_sentence() -> None:
    months = [one(f"2026-{m:02d}-21", "月末到期", "product", f"2026-{m:02d}-{d}") for m, d in
              enumerate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1)]  # fmt: skip
    bonds = [one(f"2026-{m:02d}-10", "储蓄国债", "product") for m in range(3, 12)]
    assert repeated([*months, *bonds]) == "月末到期 每月 21–月末 日;储蓄国债 3–11月 10 日"
    assert lanes([*months, *bonds], 2026) == []


def test_a_span_over_the_turn_of_the_year_is_cut_at_it() -> None:
    assert span("2025-12-01", "2026-01-31", 2026) == (0.0, 1.0)
    assert span("2026-12-01", "2027-02-28", 2026) == (11.0, 1.0)
