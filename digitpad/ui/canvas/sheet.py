"""A sheet that shows a sketch: crisp on every screen, painted at the cost of what is new."""

from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent, QTransform
from PySide6.QtWidgets import QWidget

from digitpad.core.drawing import Normalised
from digitpad.ui.canvas import canvas_painting as look
from digitpad.ui.canvas.drawing_layer import DrawingLayer
from digitpad.ui.canvas.fitting import view_of
from digitpad.ui.canvas.live_stroke import LiveStroke, Piece
from digitpad.ui.canvas.overlay import paint_overlay
from digitpad.ui.canvas.sketch import Sketch
from digitpad.ui.canvas.stroke_painting import StrokePaths
from digitpad.ui.colours import Colours
from digitpad.ui.theme import light_palette


class Sheet(QWidget):
    """Shows a sketch and, when switched on, crop box and centre of mass.

    The drawing is kept in a pixmap of the screen's own pixels, made again when the size, the theme
    or the screen changes; what a stroke gains is added to it.
    """

    def __init__(self, sketch: Sketch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sketch = sketch
        self.view = QTransform()
        self.colours = Colours.of(self.palette())
        self._layer, self._paths = DrawingLayer(), StrokePaths()
        self._normalised: Normalised | None = None
        self._overlay_visible = False
        self._highlighted = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.sketch.extended.connect(self._on_extended)
        self.sketch.finished.connect(self._on_finished)
        self.sketch.replaced.connect(self._on_replaced)

    def set_overlay_visible(self, visible: bool) -> None:  # noqa: FBT001 - a slot
        self._overlay_visible = visible
        self.update()

    def show_normalised(self, normalised: Normalised | None) -> None:
        """Take the steps that led to the last answer, for crop box and centre of mass."""
        self._normalised = normalised
        if self._overlay_visible:
            self.update()

    def set_highlighted(self, *, highlighted: bool) -> None:
        """Draw the edge in the accent colour, as for a drop that would be taken."""
        self._highlighted = highlighted
        self.update()

    def to_image(self, scale: float = 1.0) -> QImage:
        """Return the sheet as a picture, always dark on white, ``scale`` pixels per unit."""
        image = QImage(self.size() * scale, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.scale(scale, scale)
        ink = Colours.of(light_palette()).ink
        look.paint_drawing(painter, self.sketch.drawing(), self.view, ink, StrokePaths())
        painter.end()
        return image

    def in_drawing(self, position: QPointF) -> QPointF:
        """Return a position of this widget, or beyond it, in the drawing's units."""
        inverse, _ = self.view.inverted()
        return inverse.map(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        pixmap = self._painted_layer()
        painter = QPainter(self)
        area = QRectF(self.rect())
        painter.drawPixmap(0, 0, pixmap)
        if self.sketch.is_blank():
            look.paint_hint(painter, self.rect(), self.colours, self.font())
        elif self._overlay_visible and self._normalised is not None:
            paint_overlay(
                painter, self._normalised, self.view, self.colours.accent, self.colours.paper
            )
        look.paint_frame(painter, area, self.colours, strong=self._highlighted)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look_again(None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.colours = Colours.of(self.palette())
            self._layer.invalidate()
            self.update()
        super().changeEvent(event)

    def _look_again(self, now: QTransform | None) -> None:
        """Find the view of what is settled; ``now`` is kept if it still shows everything."""
        self.view = view_of(self.sketch.settled, QRectF(self.rect()), now)
        self._layer.invalidate()
        self.update()

    def _painted_layer(self) -> QPixmap:
        """Return the layer with all that is new; several movements are painted in one go."""
        size, ratio, live = self.size(), self.devicePixelRatioF(), self.sketch.live
        pixmap = self._layer.pixmap(size, ratio)
        if pixmap is None:
            pixmap = self._layer.renew(size, ratio, self.colours, self._paint_settled)
            if live is not None:
                live.start_again()
        if live is not None:
            self._add_new(live)
        return pixmap

    def _paint_settled(self, painter: QPainter) -> None:
        drawing, ink = self.sketch.settled, self.colours.ink
        look.paint_drawing(painter, drawing, self.view, ink, self._paths)

    def _add_new(self, live: LiveStroke) -> None:
        if not live.has_grown():
            return
        self._layer.take_tip_back()
        certain = live.take_certain()
        if certain is not None:
            self._layer.add(self._shown_at(certain), partial(self._paint_piece, certain))
        tip = live.take_tip()
        self._layer.add_tip(self._shown_at(tip), partial(self._paint_piece, tip))

    def _paint_piece(self, piece: Piece, painter: QPainter) -> None:
        painter.setTransform(self.view, combine=True)
        piece.paint(painter, self.colours.ink)

    def _shown_at(self, piece: Piece) -> QRectF:
        return self.view.mapRect(piece.area())

    def _on_extended(self) -> None:
        if self.sketch.live is not None:
            changed = self._shown_at(self.sketch.live.tip()).toAlignedRect()
            self.update(changed.adjusted(-2, -2, 2, 2))

    def _on_finished(self, live: LiveStroke) -> None:
        self._add_new(live)
        self._layer.keep_tip()
        if view_of(self.sketch.settled, QRectF(self.rect()), self.view) != self.view:
            self._look_again(self.view)  # the pen left the sheet: bring it all into sight

    def _on_replaced(self) -> None:
        self._look_again(self.view if self.sketch.is_erasing() else QTransform())
