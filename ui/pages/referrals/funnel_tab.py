"""漏斗: how many were asked, gave a name, ..., brought money; each step with its share and days; the health lines."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.page import Page
from ui.pages.referrals.funnel_words import beside_words, days_words, health_words, share_words
from ui.pages.referrals.tab import ReferralTab
from ui.theme import colours, px
from ui.widgets.choice import ChoiceButtons
from ui.widgets.handbook import open_handbook
from ui.widgets.parts import Card, button, column, empty, label, row
from ui.widgets.range_bar import RangeBar
from workbench.base.i18n import _, headed
from workbench.outreach.referrals.funnel import ReferralFunnel


class FunnelTab(ReferralTab):
    """The steps as bars with their figures, the health lines below."""

    name = "funnel"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.funnel: ReferralFunnel | None = None
        months = self.workbench.rules.whole("funnel.months")
        self.period = ChoiceButtons((("near", _("近 {n} 个月").format(n=months)), ("all", _("全部"))))
        self.period.chosen.connect(lambda _code: self.reload())
        self.span = label("", "second", wrap=True)
        self.steps, self.health = Card(_("从开口到开户")), Card(_("健康线"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(3, 5)
        self.steps.body.addLayout(self._grid)
        self.nothing = label(
            _("还没有开口和转介的记录。在“良机”里记一次开口,或导入转介清单,这里就有漏斗。"),
            "second",
            wrap=True,
        )
        self.beside = label("", wrap=True)
        method = button(_("口径手册 {number}").format(number="7"), lambda: open_handbook(self, "7"), "link")
        foot = label(_("健康线是本系统的口径;以前的件数够多时,换成本行自己的比例。"), "second", wrap=True)
        below = row(foot, method)
        below.setStretch(0, 1)
        above = row(self.period, self.span)
        above.setStretch(1, 1)
        inside = column(above, self.nothing, self.steps, self.beside, self.health, below, None)
        inside.setContentsMargins(0, 8, 0, 0)
        self.setLayout(inside)

    def title(self) -> str:
        """漏斗."""
        return _("漏斗")

    def hint(self) -> str:
        """What to do here."""
        return _("看哪一步掉得最多,先改那一步的做法。")

    def reload(self) -> None:
        """Count the funnel of the period that is chosen."""
        everything = self.period.code() == "all"
        views = self.views
        self.page.read(lambda: views.funnel(everything=everything), self._show)

    def focus_first(self) -> None:
        """The period."""
        self.period.focus_checked()

    def _show(self, of: ReferralFunnel) -> None:
        self.funnel = of
        since = _("{day} 以来").format(day=of.since) if of.since else _("全部记录")
        self.span.setText(headed(since, _("{n} 件").format(n=of.cases)))
        anything = of.cases > 0
        self.nothing.setVisible(not anything)
        for card in (self.steps, self.health, self.beside):
            card.setVisible(anything)
        self._fill_steps(of)
        self._fill_health(of)
        self.beside.setText("\n".join(beside_words(of)))
        self.arrived.emit()

    def _fill_steps(self, of: ReferralFunnel) -> None:
        empty(self._grid)
        most = max((one.count for one in of.steps), default=0)
        for at, one in enumerate(of.steps):
            name, share = self.workbench.rules.text(f"funnel.stage.{one.stage}"), share_words(one)
            words = headed(name, _("{n} 件").format(n=one.count))
            self._grid.addWidget(label(name, "heading"), at, 0)
            self._grid.addWidget(_CountBar(words, one.count / most if most else 0), at, 1)
            self._grid.addWidget(label(_("{n} 件").format(n=one.count)), at, 2)
            self._grid.addWidget(label(share, wrap=True), at, 3)
            self._grid.addWidget(label(days_words(one), "second"), at, 4)

    def _fill_health(self, of: ReferralFunnel) -> None:
        self.health.clear()
        for one in of.health:
            name = self.workbench.rules.text(f"funnel.health.{one.code}")
            words = label(health_words(one, name), "red" if one.verdict == "bad" else "", wrap=True)
            line = row(words)
            if one.share is not None:
                bar = RangeBar(words.text(), one.interval, (one.line, 1.0))
                bar.setMaximumWidth(px(260))
                line = row(words, bar)
            line.setStretch(0, 1)
            self.health.body.addLayout(line)


class _CountBar(QWidget):
    """A bar as long as its share of the longest; `words` say it to a screen reader."""

    def __init__(self, words: str, share: float) -> None:
        super().__init__()
        self._share = share
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """It grows sideways."""
        return QSize(px(160), px(18))

    def minimumSizeHint(self) -> QSize:
        """As narrow as lengths can still be told apart."""
        return QSize(px(60), px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The track, and the bar on it."""
        painter, of = QPainter(self), colours()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(of.soft))
        painter.drawRect(QRectF(0, px(3), self.width(), px(12)))
        painter.setBrush(QColor(of.accent))
        painter.drawRect(QRectF(0, px(3), self.width() * self._share, px(12)))
        painter.end()
