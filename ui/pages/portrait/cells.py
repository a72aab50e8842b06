"""The way from a line, a bar or a fact of the portrait to the cells of the lists it came from."""

from collections.abc import Sequence

from ui.pages.portrait.chart import MOST_MONTHS
from ui.pages.portrait.customer_page import CustomerPage
from workbench.base.i18n import _
from workbench.insight.churn.verdict import SignalVerdict
from workbench.insight.portrait.portrait import HoldingRow, MonthPoint, TouchRow

#: the months a signal may have looked at
OF_A_SIGNAL = 9


class Cells:
    """Opens the sources of what the page shows."""

    def __init__(self, page: CustomerPage) -> None:
        self._page = page

    def of_months(self) -> None:
        """The sources of every month."""
        if (portrait := self._page.portrait) is not None:
            self._months(_("逐月数据与来源"), portrait.points)

    def of_month(self, number: int) -> None:
        """The sources of the month of a bar, counted from the left of the chart."""
        if (portrait := self._page.portrait) is not None:
            point = portrait.points[-MOST_MONTHS:][number]
            self._months(_("{month} 的来源").format(month=point.month), [point])

    def of_verdict(self, verdict: SignalVerdict) -> None:
        """The sources of the months that a signal rests on."""
        if (portrait := self._page.portrait) is not None:
            name = self._page.workbench.rules.text(f"{verdict.code}.name")
            self._months(_("{signal}:依据的月份").format(signal=name), portrait.points[-OF_A_SIGNAL:])

    def _months(self, title: str, points: Sequence[MonthPoint]) -> None:
        page, months = self._page, {point.month for point in points}
        page.sources.month(page.customer_no, title, months, unmasked=page.unmasked)

    def of_field(self, field: str, words: str) -> None:
        """The sources of a fact, month by month; `words` is its label."""
        page, title = self._page, _("{field} 的来源").format(field=words)
        page.sources.field(page.customer_no, title, field, unmasked=page.unmasked)

    def of_holding(self, held: HoldingRow) -> None:
        """The sources of a product or maturity; nothing happens when it came from no list."""
        page = self._page
        if held.source is None:
            return
        place = (held.source.batch, held.source.row)
        page.sources.trace(
            page.customer_no,
            _("持有与到期的来源"),
            lambda one: one.table == "holdings" and (one.batch, one.row) == place,
            unmasked=page.unmasked,
        )

    def of_touch(self, touch: TouchRow) -> None:
        """The source of a contact."""
        page = self._page
        page.sources.trace(
            page.customer_no,
            _("联系记录的来源"),
            lambda one: one.table == "touches" and one.row_id == touch.id,
            unmasked=page.unmasked,
        )
