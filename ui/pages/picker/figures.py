"""What a condition comes to, live: customers, assets, towers, undecided, excluded, and lists they are on already."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from ui.theme import colours
from ui.widgets.parts import Card, button, column, empty, label, row
from ui.widgets.wrapped import Tiles
from ui.words import exact
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.insight.picking.facts import Exclusions, Overlap, Tally, TowerPart


class ShareBar(QWidget):
    """A share of 1 as a thin bar."""

    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.setFixedHeight(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """80 x 6 px; it grows sideways."""
        return QSize(80, 6)

    def show_share(self, share: float) -> None:
        """Show a share of 0..1."""
        self.share = share
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A grey track and the share in the accent colour, at least a dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().line))
        painter.drawRoundedRect(QRectF(0, 0, self.width(), 6), 3, 3)
        if self.share > 0:
            painter.setBrush(QColor(colours().accent))
            painter.drawRoundedRect(QRectF(0, 0, max(6.0, self.width() * self.share), 6), 3, 3)
        painter.end()


class TowerPartView(QWidget):
    """One tower: a link with its count, its AUM, a bar of its share of those found. `narrowed(condition)`."""

    narrowed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.link = button("", self._ask, "link")
        self.aum = label("", "second")
        self.bar = ShareBar()
        self.part: TowerPart | None = None
        layout = column(row(self.link, self.aum, None, spacing=2), self.bar, spacing=2)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    def show_part(self, part: TowerPart, everyone: int, *, limited: bool) -> None:
        """Show a tower's count, assets and share of `everyone`.

        `limited`: only the first n are counted, so that the part cannot be narrowed to.
        """
        self.part = part
        self.link.setText(_("{tower} {n} 户").format(tower=part.label, n=f"{part.count:,}"))
        self.link.setEnabled(bool(part.count) and not limited)
        self.link.setToolTip(_narrowing(limited=limited))
        self.aum.setText(wan(part.aum_fen) if part.count else "")
        self.aum.setToolTip(exact(part.aum_fen))
        self.bar.show_share(part.count / everyone if everyone else 0.0)

    def _ask(self) -> None:
        if self.part is not None:
            self.narrowed.emit(f"tower = '{self.part.tower}'" if self.part.tower else "tower is missing")


class TallyCard(Card):
    """The figures; `narrowed(condition)` adds a condition, `unknown_requested()`, `purpose_chosen(code)`."""

    narrowed = Signal(str)
    unknown_requested = Signal()
    purpose_chosen = Signal(str)

    def __init__(self, purposes: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.count = label("", "title")
        self.aum = label("", "big")
        self.of = label("", "second")
        self.unknown = button("", self.unknown_requested.emit, "link", tip=_("缺哪些资料,是哪些客户"))
        self.parts = [TowerPartView() for _tower in range(4)]
        for part in self.parts:
            part.narrowed.connect(self.narrowed)
        self.purpose = QComboBox()
        self.purpose.addItem(_("先不排除"), "")
        for code, name in purposes:
            self.purpose.addItem(name, code)
        self.purpose.setAccessibleName(_("名单的用途"))
        self.purpose.currentIndexChanged.connect(
            lambda _at: self.purpose_chosen.emit(self.purpose.currentData())
        )
        self.left_out = label("", "second", wrap=True)
        self.overlaps = row(spacing=2)
        self.body.setSpacing(6)
        self.body.addLayout(row(self.count, self.aum, self.of, None, self.unknown, spacing=10))
        self.body.addWidget(Tiles(self.parts, 4, 120, 14))
        line = row(label(_("用途"), "second"), self.purpose, self.left_out)
        line.setStretch(2, 1)
        self.body.addLayout(line)
        self.body.addLayout(self.overlaps)

    def show_tally(self, tally: Tally, unknown: int, *, limited: bool) -> None:
        """Show a tally.

        `unknown`: customers for whom the condition cannot be decided; `limited`: only the first n are counted.
        """
        self.count.setText(_("{n} 户").format(n=f"{tally.count:,}"))
        self.aum.setText(_("资产 {aum}").format(aum=wan(tally.aum_fen)))
        self.aum.setToolTip(exact(tally.aum_fen))
        wording = _("全部 {n} 户,数据日期 {as_of}").format(n=f"{tally.everyone:,}", as_of=tally.as_of)
        if tally.untold:
            wording += _(",其中 {n} 户没有资产数据").format(n=f"{tally.untold:,}")
        self.of.setText(wording)
        self.unknown.setText(_("无法判断 {n} 户").format(n=f"{unknown:,}"))
        self.unknown.setVisible(bool(unknown))
        for at, view in enumerate(self.parts):
            view.setVisible(at < len(tally.towers))
            if at < len(tally.towers):
                view.show_part(tally.towers[at], tally.count, limited=limited)

    def show_left_out(self, exclusions: Exclusions | None) -> None:
        """Show who is left out for the purpose, by reason; None: no purpose is chosen."""
        if exclusions is None:
            self.left_out.setText(_("选了用途,就排除不该联系的客户,并说明原因。"))
            return
        out = exclusions.matching - exclusions.left
        if not out:
            self.left_out.setText(_("没有要排除的客户。"))
            return
        reasons = " · ".join(f"{one.label} {one.count:,}" for one in exclusions.reasons if one.count)
        wording = _("排除 {out} 户({reasons}),留下 {left} 户")
        self.left_out.setText(wording.format(out=f"{out:,}", reasons=reasons, left=f"{exclusions.left:,}"))

    def show_overlaps(self, overlaps: Sequence[Overlap], *, limited: bool) -> None:
        """Show the saved lists on which they are already, the first four by name."""
        empty(self.overlaps)
        if not overlaps:
            return
        self.overlaps.addWidget(label(_("也在名单里"), "second"))
        for one in overlaps[:4]:
            words = _("{name} {n} 户").format(name=one.name, n=f"{one.shared:,}")
            asking = f"list('{one.number}')"
            link = button(words, partial(self.narrowed.emit, asking), "link", tip=_narrowing(limited=limited))
            link.setEnabled(not limited)
            self.overlaps.addWidget(link)
        if len(overlaps) > 4:
            self.overlaps.addWidget(label(_("等 {n} 份").format(n=len(overlaps)), "second"))
        self.overlaps.addStretch(1)

    def unsure(self) -> None:
        """Show nothing of an earlier condition while this one cannot be read."""
        self.count.setText("—")
        for one in (self.aum, self.of, self.left_out):
            one.setText("")
        self.unknown.hide()
        for part in self.parts:
            part.hide()
        empty(self.overlaps)


def _narrowing(*, limited: bool) -> str:
    return _("先去掉“取前 N 位”,再看其中一部分") if limited else _("只看这一部分")
