"""The picture of a chain: a tidy tree from left to right, walked by the arrow keys (domain 7)."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsScene,
    QGraphicsSceneMouseEvent,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from ui.theme import FAMILY, colours, px
from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.outreach.referrals.chains import ChainPerson, ReferralChains
from workbench.outreach.referrals.tidy import tidy

#: pixels of a box, and from one level to the next, and from one neighbour to the next
_WIDE, _HIGH, _ALONG, _ACROSS = 168, 46, 216, 58
_STEP, _LEAST, _MOST = 1.25, 0.3, 3.0
#: the scale from which a whole chain can still be read
_LEGIBLE = 0.7


def person_words(one: ChainPerson) -> str:
    """What the second line of a box says: assets, or why there are none."""
    if not one.customer_no:
        return _("还没有账户")
    return wan(one.assets_fen) if one.assets_fen is not None else _("名单没有资产")


class ChainView(QGraphicsView):
    """Shows one chain. Left and right go to the giver and to the first one introduced, up and down along the level; Enter opens
    who is under the keyboard, + and - and 0 zoom. `chosen(place)`, `opened(place)`."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.chains = ReferralChains()
        #: the place under the keyboard; -1: nobody
        self.at = -1
        self._boxes: dict[int, _PersonBox] = {}
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(px(190))
        self.setAccessibleName(_("转介链条"))

    def draw(self, chains: ReferralChains, root: int | None) -> None:
        """Draw the chain below a place; None: nothing."""
        self.chains, self.at, self._boxes = chains, -1, {}
        scene = self.scene()
        scene.clear()
        if root is None:
            return
        spots = tidy(chains.children, root)
        for place in chains.below(root):
            box = _PersonBox(self, place, chains.persons[place], circle=place in chains.flagged)
            box.setPos(spots[place].depth * px(_ALONG), spots[place].across * px(_ACROSS))
            scene.addItem(box)
            self._boxes[place] = box
            above = chains.parents[place]
            if above is not None and above in self._boxes:
                scene.addItem(_line(self._boxes[above].pos(), box.pos()))
        room = px(16)
        scene.setSceneRect(scene.itemsBoundingRect().adjusted(-room, -room, room, room))
        self.resetTransform()
        area, view = scene.sceneRect(), self.viewport().rect()
        if min(view.width() / area.width(), view.height() / area.height()) >= _LEGIBLE:
            self.whole()
        self.centerOn(self._boxes[root])
        self.go_to(root, quiet=True)

    def go_to(self, place: int, *, quiet: bool = False) -> None:
        """Put the keyboard on a person; `quiet`: without telling."""
        if place not in self._boxes or place == self.at:
            return
        before, self.at = self._boxes.get(self.at), place
        for one in (before, self._boxes[place]):
            if one is not None:
                one.update()
        self.ensureVisible(self._boxes[place])
        self.setAccessibleDescription(self.words_of(place))
        if not quiet:
            self.chosen.emit(place)

    def words_of(self, place: int) -> str:
        """Who stands there and what is known of him, in one line, for a screen reader."""
        one, of = self.chains.persons[place], self.chains.sums[place]
        parts = [
            one.name,
            person_words(one),
            _("介绍了 {n} 人").format(n=of.direct) if of.direct else "",
            _("在循环转介里") if place in self.chains.flagged else "",
        ]
        return commas(filter(None, parts))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, open, zoom."""
        moved = self._step(event.key())
        if moved is not None:
            self.go_to(moved)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.at >= 0:
            self.opened.emit(self.at)
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.nearer()
        elif event.key() == Qt.Key.Key_Minus:
            self.farther()
        elif event.key() == Qt.Key.Key_0:
            self.whole()
        elif event.key() not in _ARROWS:
            super().keyPressEvent(event)

    def _step(self, key: int) -> int | None:
        """The place that an arrow leads to; None for another key, or where there is nobody."""
        if self.at < 0 or key not in _ARROWS:
            return None
        if key == Qt.Key.Key_Left:
            above = self.chains.parents[self.at]
            return above if above in self._boxes else None
        if key == Qt.Key.Key_Right:
            return next(iter(self.chains.children[self.at]), None)
        here = self._boxes[self.at].pos()
        level = sorted(
            (box.pos().y(), place) for place, box in self._boxes.items() if box.pos().x() == here.x()
        )
        number = level.index((here.y(), self.at)) + (1 if key == Qt.Key.Key_Down else -1)
        return level[number][1] if 0 <= number < len(level) else None

    def nearer(self) -> None:
        """One step closer."""
        self._zoom(_STEP)

    def farther(self) -> None:
        """One step back."""
        self._zoom(1 / _STEP)

    def whole(self) -> None:
        """The whole chain, never larger than it was drawn."""
        if self._boxes:
            self.fitInView(self.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
            if self.transform().m11() > 1:
                self.resetTransform()

    def _zoom(self, by: float) -> None:
        wanted = min(max(self.transform().m11() * by, _LEAST), _MOST)
        self.resetTransform()
        self.scale(wanted, wanted)
        if self.at >= 0:
            self.ensureVisible(self._boxes[self.at])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)
        else:
            super().wheelEvent(event)


_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})


def _line(giver: QPointF, person: QPointF) -> QGraphicsPathItem:
    """From the right edge of a giver to the left edge of whom he introduced."""
    first = QPointF(giver.x() + px(_WIDE), giver.y() + px(_HIGH) / 2)
    last = QPointF(person.x(), person.y() + px(_HIGH) / 2)
    middle = (first.x() + last.x()) / 2
    path = QPainterPath(first)
    path.cubicTo(QPointF(middle, first.y()), QPointF(middle, last.y()), last)
    made = QGraphicsPathItem(path)
    made.setPen(QPen(QColor(colours().second), 1))
    made.setZValue(-1)
    return made


class _PersonBox(QGraphicsItem):
    """One person: name above, assets below; a circle is told by a thick frame and a word."""

    def __init__(self, view: ChainView, place: int, person: ChainPerson, *, circle: bool) -> None:
        super().__init__()
        self._view, self._place, self._person, self._circle = view, place, person, circle
        self.setToolTip(view.words_of(place))

    def boundingRect(self) -> QRectF:
        """The box with its frame."""
        return QRectF(-2, -2, px(_WIDE) + 4, px(_HIGH) + 4)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Paint the box; the one under the keyboard on a softer ground with a thick frame."""
        of, here = colours(), self._view.at == self._place
        edge = of.red if self._circle else of.accent if here else of.second
        pen = QPen(QColor(edge), 2 if here or self._circle else 1)
        if not self._person.customer_no:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(of.soft if here else of.card))
        painter.drawRoundedRect(QRectF(0, 0, px(_WIDE), px(_HIGH)), 4, 4)
        font = QFont(FAMILY)
        font.setPixelSize(px(13))
        painter.setFont(font)
        side, room = px(8), px(_WIDE) - 2 * px(8)
        name = QFontMetrics(font).elidedText(self._person.name, Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(of.ink))
        painter.drawText(QPointF(side, px(18)), name)
        words = person_words(self._person)
        if self._circle:
            words = commas([_("循环"), words])
        painter.setPen(QColor(of.red if self._circle else of.second))
        painter.drawText(QPointF(side, px(37)), words)

    def mousePressEvent(self, _event: QGraphicsSceneMouseEvent) -> None:
        """Take the keyboard here."""
        self._view.setFocus()
        self._view.go_to(self._place)

    def mouseDoubleClickEvent(self, _event: QGraphicsSceneMouseEvent) -> None:
        """Open him."""
        self._view.opened.emit(self._place)
