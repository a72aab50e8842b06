"""The picture of a page with what was read drawn over it: ticked boxes framed, doubtful ones thick with a question mark."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsPixmapItem,
    QGraphicsPolygonItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
    QGraphicsView,
)

from ui.theme import FAMILY, THEMES
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.sheets.picture.picture import BoxReading, PageReading

#: how many times the width of the page a row is looked at, one step of the zoom, and the most there is
_CLOSE, _STEP, _MOST = 1.7, 1.25, 8.0
#: pixels of the screen that a box takes at least, before a person zooms
_BOX = 15
#: pixels of the screen of the outlines
_THIN, _BOLD, _THICK = 1.0, 2.4, 3.6
_SIGNS = {"doubtful": "?", "settled": "✓"}


class PaperView(QGraphicsView):
    """Shows one page; `look_at` brings boxes into the middle. The paper is white in every theme, so are the inks on it."""

    def __init__(self) -> None:
        super().__init__()
        self.page: PageReading | None = None
        self.nearness = _CLOSE
        #: whether a person chose how near
        self._chosen = False
        self._boxes: Sequence[BoxReading] = ()
        self._marks: list[QGraphicsItem] = []
        self._sheet = QGraphicsPixmapItem()
        self._sheet.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        scene = QGraphicsScene(self)
        scene.addItem(self._sheet)
        self.setScene(scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMinimumSize(240, 160)
        self.setAccessibleName(_("照片"))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._place)

    def clear_page(self) -> None:
        """Forget the picture."""
        self.page, self._boxes = None, ()
        self._wipe()
        self._sheet.setPixmap(QPixmap())

    def show_page(self, page: "PageReading") -> None:
        """Show a page, upright."""
        if page is self.page:
            return
        self.page = page
        self._wipe()
        self._sheet.setPixmap(QPixmap.fromImage(QImage.fromData(page.picture.packed)))
        self._sheet.setRotation(90.0 * page.turn)
        self.setSceneRect(self._sheet.sceneBoundingRect())

    def mark(self, box: "BoxReading", state: str, *, sign: str = "") -> None:
        """Draw what was read in a box: 'empty', 'ticked', 'doubtful', or 'settled' by a person."""
        ink = QColor(THEMES["light"].red if state == "doubtful" else THEMES["light"].accent)
        if state == "empty":
            ink = QColor(THEMES["light"].deep)
        width = {"empty": _THIN, "doubtful": _THICK}.get(state, _BOLD)
        pen = QPen(ink, width)
        pen.setCosmetic(True)
        if state == "empty":
            pen.setStyle(Qt.PenStyle.DotLine)
        outline = QGraphicsPolygonItem(_grown(box, 0.18), self._sheet)
        outline.setPen(pen)
        self._marks.append(outline)
        if words := sign or _SIGNS.get(state, ""):
            self._write(box, words, ink)

    def frame(self, boxes: "Sequence[BoxReading]") -> None:
        """Draw a frame around the row under the keyboard."""
        area = QRectF()
        for one in boxes:
            area = area.united(_grown(one, 0.75).boundingRect())
        pen = QPen(QColor(THEMES["light"].accent), _THIN)
        pen.setCosmetic(True)
        around = QGraphicsRectItem(area, self._sheet)
        around.setPen(pen)
        self._marks.append(around)

    def _write(self, box: "BoxReading", words: str, ink: QColor) -> None:
        """A sign above a box, as large on the screen at every zoom, on a ground that keeps it readable on any picture."""
        text = QGraphicsSimpleTextItem(words, self._sheet)
        font = QFont(FAMILY)
        font.setPixelSize(15)
        font.setBold(True)
        text.setFont(font)
        text.setBrush(ink)
        text.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        page = self.page
        upper = box.corners[0], box.corners[1]
        text.setPos(QPointF(sum(x for x, _y in upper) / 2, sum(y for _x, y in upper) / 2))
        room = text.boundingRect()
        # the item keeps the turn of the page out of its own drawing, so the sign stands upright
        shift = QPointF(-room.width() / 2, -room.height() - 3)
        transform = text.transform()
        transform.translate(shift.x(), shift.y())
        text.setTransform(transform)
        if page is not None and page.turn:
            text.setRotation(-90.0 * page.turn)
        self._marks.append(text)

    def wipe(self) -> None:
        """Take away what is drawn over the page."""
        self._wipe()

    def _wipe(self) -> None:
        for one in self._marks:
            self.scene().removeItem(one)
        self._marks.clear()

    def look_at(self, boxes: "Sequence[BoxReading]") -> None:
        """Bring boxes into the middle,as close as was chosen."""
        self._boxes = boxes
        self._place()

    def nearer(self) -> None:
        """One step closer."""
        self._zoom(self.nearness * _STEP)

    def farther(self) -> None:
        """One step back, to the whole page at most."""
        self._zoom(self.nearness / _STEP)

    def whole(self) -> None:
        """The whole page."""
        self._zoom(0.0)

    def _zoom(self, close: float) -> None:
        self._chosen = True
        self.nearness = min(max(close, 0.0 if close == 0.0 else 0.3), _MOST)
        self._place()

    def _place(self) -> None:
        if self.page is None:
            return
        sheet = self.sceneRect()
        room = self.viewport().rect().adjusted(4, 4, -4, -4)
        whole = min(room.width() / sheet.width(), room.height() / sheet.height())
        scale = max(whole, self.nearness * room.width() / sheet.width()) if self.nearness else whole
        if not self._chosen and self._boxes:
            scale = max(scale, _BOX / max(_polygon(self._boxes[0]).boundingRect().width(), 1))
        self.resetTransform()
        self.scale(scale, scale)
        if self._boxes:
            area = QRectF()
            for one in self._boxes:
                area = area.united(self._sheet.mapToScene(_polygon(one)).boundingRect())
            self.centerOn(area.center())
        else:
            self.centerOn(sheet.center().x(), sheet.top())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The boxes looked at stay in the middle."""
        super().resizeEvent(event)
        self._soon.start()


def _polygon(box: "BoxReading") -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in box.corners])


def _grown(box: "BoxReading", share: float) -> QPolygonF:
    """The outline of a box, a share of its size outside of it, so that the printed frame and the tick stay visible."""
    x = sum(x for x, _y in box.corners) / 4
    y = sum(y for _x, y in box.corners) / 4
    grow = 1 + 2 * share
    return QPolygonF([QPointF(x + (cx - x) * grow, y + (cy - y) * grow) for cx, cy in box.corners])
