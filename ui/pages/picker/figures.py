"""What a condition comes to, live: how many, how much, by tower, who cannot be told, who is left out, what overlaps."""

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
        return QSize(80, 6)

    def show_share(self, share: float) -> None:
        self.share = share
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
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
        """`limited`: only the first n are counted, and a part of those cannot be asked for."""
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
    """`narrowed(condition)` to add a condition, `unknown_asked()`, `purpose_chosen(code)`."""

    narrowed = Signal(str)
    unknown_asked = Signal()
    purpose_chosen = Signal(str)

    def __init__(self, purposes: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.count = label("", "title")
        self.aum = label("", "big")
        self.of = label("", "second")
        self.unknown = button("", self.unknown_asked.emit, "link", tip=_("缺哪些资料,是哪些客户"))
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

    def show_tally(self, found: Tally, unknown: int, *, limited: bool) -> None:
        """`unknown`: for how many it cannot be told; `limited`: only the first n are counted."""
        self.count.setText(_("{n} 户").format(n=f"{found.count:,}"))
        self.aum.setText(_("AUM {aum}").format(aum=wan(found.aum_fen)))
        self.aum.setToolTip(exact(found.aum_fen))
        said = _("全部 {n} 户,数据日期 {as_of}").format(n=f"{found.everyone:,}", as_of=found.as_of)
        if found.untold:
            said += _(",其中 {n} 户没有资产数据").format(n=f"{found.untold:,}")
        self.of.setText(said)
        self.unknown.setText(_("无法判断 {n} 户").format(n=f"{unknown:,}"))
        self.unknown.setVisible(bool(unknown))
        for at, view in enumerate(self.parts):
            view.setVisible(at < len(found.towers))
            if at < len(found.towers):
                view.show_part(found.towers[at], found.count, limited=limited)

    def show_left_out(self, found: Exclusions | None) -> None:
        """Who is left out for the purpose, by reason."""
        if found is None:
            self.left_out.setText(_("选了用途,就排除不该联系的客户,并说明原因。"))
            return
        out = found.matching - found.left
        if not out:
            self.left_out.setText(_("没有要排除的客户。"))
            return
        reasons = " · ".join(f"{one.label} {one.count:,}" for one in found.reasons if one.count)
        said = _("排除 {out} 户({reasons}),留下 {left} 户")
        self.left_out.setText(said.format(out=f"{out:,}", reasons=reasons, left=f"{found.left:,}"))

    def show_overlaps(self, found: Sequence[Overlap], *, limited: bool) -> None:
        """Which saved lists they stand on already."""
        empty(self.overlaps)
        if not found:
            return
        self.overlaps.addWidget(label(_("也在名单里"), "second"))
        for one in found[:4]:
            words = _("{name} {n} 户").format(name=one.name, n=f"{one.shared:,}")
            asking = f"list('{one.number}')"
            link = button(words, partial(self.narrowed.emit, asking), "link", tip=_narrowing(limited=limited))
            link.setEnabled(not limited)
            self.overlaps.addWidget(link)
        if len(found) > 4:
            self.overlaps.addWidget(label(_("等 {n} 份").format(n=len(found)), "second"))
        self.overlaps.addStretch(1)

    def unsure(self) -> None:
        """While the condition cannot be read: nothing that belongs to another one."""
        self.count.setText("—")
        for one in (self.aum, self.of, self.left_out):
            one.setText("")
        self.unknown.hide()
        for part in self.parts:
            part.hide()
        empty(self.overlaps)


def _narrowing(*, limited: bool) -> str:
    return _("先去掉“取前 N 位”,再看其中一部分") if limited else _("只看这一部分")
