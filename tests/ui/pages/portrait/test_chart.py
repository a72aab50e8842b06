"""What the chart of a portrait shows: parts of the assets, their rest, and the daily average as a line."""

from ui.pages.portrait.chart import MOST_MONTHS, ChartCard, balances
from ui.tasks import Tasks
from ui.widgets.charts import Series
from workbench.insight.portrait.portrait import MonthPoint


def point(month: str, **figures: int) -> MonthPoint:
    """A month with figures in fen."""
    return MonthPoint(month, f"{month}-28", figures, None)


def test_parts_are_stacked_and_what_no_part_covers_is_the_rest() -> None:
    data = balances(
        [
            point(
                "2026-09", aum_balance=1_000, deposit_balance=600, wealth_balance=300, aum_daily_average=900
            ),
            point("2026-10", aum_balance=1_200, deposit_balance=700, wealth_balance=300),
        ]
    )
    assert data.months == ("2026-09", "2026-10")
    assert data.parts == (
        Series("存款", (600, 700)),
        Series("理财", (300, 300)),
        Series("其他", (100, 200), rest=True),
    )
    assert data.line == Series("月日均", (900, None))


def test_parts_above_the_whole_leave_no_rest_below_zero() -> None:
    data = balances([point("2026-10", aum_balance=500, deposit_balance=600)])
    assert data.parts == (Series("存款", (600,)),)


def test_a_list_without_parts_shows_the_assets_as_one_bar() -> None:
    data = balances([point("2026-09", aum_balance=500), point("2026-10")])
    assert data.parts == (Series("金融资产", (500, None)),), "a month without a figure is not zero"
    assert data.line is None


def test_where_lists_have_daily_averages_only_the_bars_show_those() -> None:
    data = balances([point("2026-10", aum_daily_average=500, deposit_daily_average=200)])
    assert data.parts == (Series("存款", (200,)), Series("其他", (300,), rest=True))
    assert data.line is None, "the same figures are not drawn twice"


def test_deposits_are_summed_from_their_kinds_where_no_total_is_given() -> None:
    data = balances([point("2026-10", aum_balance=900, demand_balance=100, large_cd_balance=300)])
    assert data.parts[0] == Series("存款", (400,))


def test_the_card_shows_the_newest_months_and_says_what_the_bars_are(tasks: Tasks) -> None:
    card = ChartCard(tasks, lambda: None, lambda _number: None)
    card.show_points([])
    assert (card.note.text(), card.nothing) == ("", "资产走势:导入月度名单就有")
    months = [f"{2023 + n // 12}-{n % 12 + 1:02}" for n in range(30)]
    card.show_points([point(month, aum_daily_average=100) for month in months])
    assert card.note.text() == "柱 月日均,万元"
    assert f"{MOST_MONTHS} 个月" in card.chart.accessibleName()
    card.show_points([point("2026-10", aum_balance=100, aum_daily_average=90)])
    assert card.note.text() == "柱 时点余额,线 月日均,万元"
