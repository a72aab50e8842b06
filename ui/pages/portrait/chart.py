"""What the chart of a portrait shows of the months: parts of the assets stacked, and the daily average as a line."""

from collections.abc import Callable, Sequence

from ui.pages.portrait.section import PartCard
from ui.tasks import Tasks
from ui.widgets.charts import BalanceChart, Balances, Series
from ui.widgets.parts import button
from workbench.base.i18n import _
from workbench.insight.portrait.portrait import MonthPoint

#: stacked in the chart where a list has them, in this order; the rest of the assets is 其他
STACKED = ("deposit", "wealth", "fund", "insurance")
MOST_MONTHS = 24


class ChartCard(PartCard):
    """The chart with its legend; `months` opens all months with their sources, `month(number)` that of one bar."""

    def __init__(self, tasks: Tasks, months: Callable[[], object], month: Callable[[int], object]) -> None:
        super().__init__(_("资产走势"), button(_("逐月数据"), months, "link"))
        self.chart = BalanceChart(tasks)
        self.chart.setFixedHeight(190)
        self.chart.chosen.connect(month)
        self.body.addWidget(self.chart)
        self.body.addStretch(1)
        self.setToolTip(_("点一根柱子看它的来源"))

    def show_points(self, points: Sequence[MonthPoint]) -> None:
        """Draw the newest 24 of these months."""
        shown = points[-MOST_MONTHS:]
        self.nothing = "" if shown else _("资产走势:导入月度名单就有")
        data = balances(shown)
        words = _("柱 {bars},线 月日均,万元") if data.line else _("柱 {bars},万元")
        bars = _("时点余额") if any("aum_balance" in point.figures for point in shown) else _("月日均")
        self.note.setText(words.format(bars=bars) if shown else "")
        self.chart.show_data(data)


def balances(points: Sequence[MonthPoint]) -> Balances:
    """The data of the chart: bars of the parts of the assets and their rest, a line for the daily average.

    Where the lists have daily averages only, the bars show those and there is no line.
    """
    names = _names()
    measure = "balance" if any("aum_balance" in point.figures for point in points) else "daily_average"

    def monthly(part: str) -> tuple[int | None, ...]:
        """A part of the assets month by month, in fen."""
        return tuple(point.part(part, measure) for point in points)

    parts = [Series(names[part], values) for part in STACKED if any(values := monthly(part))]
    whole = monthly("aum")
    rest = tuple(
        None if total is None else max(0, total - sum(part.values[at] or 0 for part in parts))
        for at, total in enumerate(whole)
    )
    if any(rest):
        parts.append(Series(names["rest"] if parts else names["aum"], rest, rest=bool(parts)))
    average = tuple(point.figures.get("aum_daily_average") for point in points)
    with_line = measure == "balance" and any(average)
    return Balances(
        tuple(point.month for point in points),
        tuple(parts),
        Series(names["average"], average) if with_line else None,
    )


def _names() -> dict[str, str]:
    return {
        "deposit": _("存款"),
        "wealth": _("理财"),
        "fund": _("基金"),
        "insurance": _("保险"),
        "rest": _("其他"),
        "aum": _("金融资产"),
        "average": _("月日均"),
    }
