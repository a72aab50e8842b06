"""A product's term is read as banks write it; what is none is told."""

import pytest

from workbench.intake.cells.values import CellReader
from workbench.rules.parameters import Rules


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("90天", 90), ("90日", 90), ("90", 90), ("一年", 365), ("1年期", 365), ("两年", 730), ("12个月", 365), ("3个月", 90),
        ("3M", 90), ("1Y", 365), ("一年半", 548), ("1年6个月", 545), ("T+0", 0), ("t+1", 1), ("2周", 14),
        ("最短持有30天", 30), ("六个月定开", 180), ("每日开放", 0), ("长期", None), ("", None), (182.0, 182), ("一百八十天", 180),
    ],
)  # fmt: skip
def test_a_term_in_days(text: str | float, days: int | None) -> None:
    parsed = CellReader(Rules.load()).column([text], "term")
    assert (parsed.values, parsed.faults) == ([days], [])


@pytest.mark.parametrize("text", ["91-180天", "3+2年", "看公告", "365天/730天"])
def test_what_is_no_term_is_told(text: str) -> None:
    parsed = CellReader(Rules.load()).column([text], "term")
    assert (parsed.values, parsed.faults) == ([None], [(0, "bad_term")])
