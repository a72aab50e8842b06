"""Where a transaction was made: a flag, or a city against the one where the customer lives."""

import pytest

from tests.workbench.intake.sheets import checked
from workbench.intake.book.flows import daily
from workbench.intake.cells.places import out_of_town
from workbench.rules.parameters import Rules


@pytest.mark.parametrize(
    ("place", "home", "away"),
    [
        ("异地", None, 1), ("是", "杭州", 1), ("1", None, 1), ("本地", None, 0), ("否", None, 0), (None, "杭州", 0),
        ("成都市", "杭州市", 1), ("杭州", "浙江省杭州市", 0), ("浙江省杭州市西湖区", "杭州", 0),
        # a city against no home cannot be judged; a place that is no city says nothing
        ("成都市", None, -1), ("某某超市柜台3", "杭州", 0), ("网上", "杭州", 0),
    ],
)  # fmt: skip
def test_a_place_is_away_at_home_or_cannot_be_told(
    place: str | None, home: str | None, away: int, rules: Rules
) -> None:
    assert out_of_town([place], [home], rules).tolist() == [away]


def test_days_count_what_was_made_out_of_town(rules: Rules) -> None:
    header = ["客户号", "交易日期", "借贷标志", "交易金额", "交易地点"]
    rows = [["00000001", "2026-10-02", "借", 5.0, place] for place in ("成都市", "杭州市", "")]
    days = daily(checked([header, *rows], rules), {}, rules, {"00000001": "杭州"})
    assert days.columns["out_of_town_count"] == [1]
    assert daily(checked([header, *rows], rules), {}, rules).columns["out_of_town_count"] == [None]
    bare = [row[:4] for row in (header, *rows)]
    assert daily(checked(bare, rules), {}, rules).columns["out_of_town_count"] == [None]
