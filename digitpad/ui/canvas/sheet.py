"""A sheet that shows a sketch: crisp on every screen, painted at the cost of what is new."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent, QTransform
from PySide6.QtWidgets import QWidget

from digitpad.core.drawing import Normalised
from digitpad.core.ink import Ink
from digitpad.ui.canvas import canvas_painting as look
from digitpad.ui.canvas.fitting import view_of
from digitpad.ui.canvas.live_stroke import LiveStroke
from digitpad.ui.canvas.overlay import paint_overlay
from digitpad.ui.canvas.sketch import Sketch
from digitpad.ui.colours import Colours
from digitpad.ui.theme import light_palette


class Sheet(QWidget):
    """Shows a sketch and, when switched on, crop box and centre of mass.

    Finished ink is kept in a pixmap of the screen's own pixels, made again when the size, the
    theme or the screen changes.
    """

    def __init__(self, sketch: Sketch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sketch = sketch
        self.view = QTransform()
        self.colours = Colours.of(self.palette())
        self._layer = look.DrawingLayer()
        self._normalised: Normalised | None = None
        self._overlay_visible = False
        self._highlighted = False
        self._shows_ink = True
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
        """Return the sheet as a picture, dark on white in every theme, ``scale`` pixels a unit."""
        image = QImage(self.size() * scale, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.scale(scale, scale)
        ink = Colours.of(light_palette()).ink
        look.paint_drawing(painter, self.sketch.drawing(), self.view, ink)
        painter.end()
        return image

    def in_drawing(self, position: QPointF) -> QPointF:
        """Return a position of this widget, kept within it, in the drawing's units."""
        inverse, _ = self.view.inverted()
        x = min(max(position.x(), 0.0), float(self.width()))
        y = min(max(position.y(), 0.0), float(self.height()))
        return inverse.map(QPointF(x, y))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        painter.fillRect(event.rect(), self.colours.paper)
        painter.drawPixmap(
            0, 0, self._layer.pixmap(self.size(), self.devicePixelRatioF(), self._paint_layer)
        )
        if self.sketch.live is not None:
            painter.save()
            painter.setTransform(self.view, combine=True)
            self.sketch.live.paint(painter, self.colours.ink)
            painter.restore()
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

    def _paint_layer(self, painter: QPainter) -> None:
        look.paint_drawing(painter, self.sketch.settled, self.view, self.colours.ink)
        # The older part of an unfinished stroke lives in this layer too.
        if self.sketch.live is not None:
            self.sketch.live.unsettle()

    def _paint_onto_layer(self, live: LiveStroke, *, to_end: bool) -> None:
        def paint(painter: QPainter) -> None:
            painter.setTransform(self.view, combine=True)
            (live.paint if to_end else live.settle)(painter, self.colours.ink)

        self._layer.add(paint)

    def _on_extended(self) -> None:
        live = self.sketch.live
        if live is None:
            return
        if live.needs_settling():
            self._paint_onto_layer(live, to_end=False)
        self.update(self.view.mapRect(live.changed_area()).toAlignedRect())

    def _on_finished(self, live: LiveStroke) -> None:
        self._paint_onto_layer(live, to_end=True)

    def _on_replaced(self) -> None:
        was_ink, self._shows_ink = self._shows_ink, isinstance(self.sketch.settled, Ink)
        self._look_again(self.view if was_ink else None)
