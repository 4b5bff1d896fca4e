"""The sheet to draw on, with mouse, finger or pen; everything undoable, nothing ever lost."""

from enum import StrEnum

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.core.drawing import Drawing
from digitpad.core.ink import DEFAULT_PEN_WIDTH, Ink
from digitpad.ui.canvas import incoming
from digitpad.ui.canvas.cursors import ring_cursor
from digitpad.ui.canvas.fitting import placed
from digitpad.ui.canvas.pen_input import PenInput, PenSample, Phase
from digitpad.ui.canvas.sheet import Sheet
from digitpad.ui.canvas.sketch import Sketch
from digitpad.ui.widgets.file_drops import local_files

PEN_WIDTHS = (4, 60)
"""The narrowest and the widest pen, in logical pixels."""

_SMALLEST_ERASER = 20.0
_RELEASE_LOST = (QEvent.Type.WindowBlocked, QEvent.Type.Hide)
_BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Tool(StrEnum):
    """What the pen's tip and the left mouse button do."""

    PEN = "pen"
    ERASER = "eraser"


class Canvas(Sheet):
    """Vector ink, or a picture, to look at and to draw on.

    Ink is in logical pixels of this widget. Where a smaller window would hide some of it, the
    view shrinks and grows back with the window; the ink itself is never touched.

    From Sheet: ``set_overlay_visible(bool)``, ``show_normalised(Normalised | None)``,
    ``to_image(scale) -> QImage``.

    Signals:
        drawing_changed(object): the Drawing (Ink | Picture) at every movement of the pen,
            unfinished stroke included, and after every undo, redo, clear, erasing or opening.
        stroke_begun(): the pen or the eraser was put down.
        undo_changed(bool, bool): whether there is something to undo and to redo.
        picture_put_aside(object): a stroke took the place of that Picture.
        picture_not_erased(): the eraser was put down on a picture, which it leaves as it is.
        files_dropped(list): paths (str) of files that were dropped or pasted.
        picture_dropped(object): a picture that was dropped or pasted, encoded (bytes) or a QImage.
    """

    drawing_changed = Signal(object)
    stroke_begun = Signal()
    undo_changed = Signal(bool, bool)
    picture_put_aside = Signal(object)
    picture_not_erased = Signal()
    files_dropped = Signal(list)
    picture_dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Sketch(), parent)
        self._pen_input = PenInput()
        self._tool = Tool.PEN
        self._pen_width = DEFAULT_PEN_WIDTH
        self.sketch.drawing_changed.connect(self.drawing_changed)
        self.sketch.undo_changed.connect(self.undo_changed)
        self.sketch.picture_put_aside.connect(self.picture_put_aside)
        self.sketch.picture_not_erased.connect(self.picture_not_erased)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 240)
        self.setAccessibleName("Drawing canvas")
        self.setAccessibleDescription(
            "Draw a digit from 0 to 9 with mouse, finger or pen. The right mouse button erases."
        )
        self._update_cursor()

    def sizeHint(self) -> QSize:
        return QSize(620, 560)

    def drawing(self) -> Drawing:
        """Return what is seen now, the unfinished stroke included."""
        return self.sketch.drawing()

    def is_blank(self) -> bool:
        return self.sketch.is_blank()

    def pen_is_down(self) -> bool:
        """Tell whether a stroke is being drawn."""
        return self.sketch.live is not None

    def set_drawing(self, drawing: Drawing, text: str) -> None:
        """Replace what is there, undoably; ink that would lie outside or be tiny is fitted in.

        ``text`` names the step, as in "Undo opening".
        """
        self.sketch.replace(self._placed(drawing), text)

    def begin_from(self, drawing: Drawing, text: str) -> None:
        """Put ``drawing`` before all that was drawn, where undo leads to it; ``text`` as above."""
        self.sketch.history.begin_from(self._placed(drawing), text)

    def clear(self) -> None:
        self.sketch.clear()

    def undo(self) -> None:
        """Take the last step back; a movement under way counts as one."""
        self.sketch.undo()

    def redo(self) -> None:
        self.sketch.redo()

    def undo_text(self) -> str:
        """Return the name of the step that undo takes back, "" where there is none."""
        return self.sketch.history.undo_text()

    def redo_text(self) -> str:
        """Return the name of the step that redo brings back, "" where there is none."""
        return self.sketch.history.redo_text()

    @property
    def tool(self) -> Tool:
        return self._tool

    def set_tool(self, tool: Tool) -> None:
        self._tool = tool
        self._update_cursor()

    @property
    def pen_width(self) -> float:
        return self._pen_width

    def set_pen_width(self, width: float) -> None:
        """Set the pen's width in logical pixels, kept within PEN_WIDTHS; for strokes to come."""
        self._pen_width = float(min(max(width, PEN_WIDTHS[0]), PEN_WIDTHS[1]))
        self._update_cursor()

    def receive(self, mime: QMimeData | None) -> bool:
        """Pass on what a drop or a paste brought; tell whether there was anything of use.

        A clipboard that has been emptied brings None.
        """
        if mime is None:
            return False
        files = local_files(mime)
        picture = None if files else incoming.picture(mime)
        if files:
            self.files_dropped.emit(files)
        elif picture is not None:
            self.picture_dropped.emit(picture)
        return bool(files) or picture is not None

    def event(self, event: QEvent) -> bool:
        sample = self._pen_input.read(event)
        if sample is None:
            if event.type() == QEvent.Type.DevicePixelRatioChange:
                self._update_cursor()
            elif event.type() in _RELEASE_LOST and self._pen_input.release():
                self.sketch.lift()
            return super().event(event)
        event.accept()
        self._follow(sample)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.sketch.cancel():
            self._pen_input.release()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._update_cursor()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.set_highlighted(highlighted=event.reason() in _BY_KEYBOARD)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.set_highlighted(highlighted=False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if incoming.has_something(event.mimeData()):
            event.acceptProposedAction()
            self.set_highlighted(highlighted=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.set_highlighted(highlighted=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.set_highlighted(highlighted=False)
        if self.receive(event.mimeData()):
            event.acceptProposedAction()

    def _follow(self, sample: PenSample) -> None:
        match sample.phase:
            case Phase.DOWN:
                self._put_down(sample)
            case Phase.MOVE:
                self._move(sample)
            case Phase.UP:
                self._move(sample)
                self.sketch.lift()
            case Phase.CANCEL:
                self.sketch.cancel()

    def _put_down(self, sample: PenSample) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.stroke_begun.emit()
        if sample.erasing or self._tool is Tool.ERASER:
            at = self.in_drawing(sample.position)
            self.sketch.put_eraser_down(at.x(), at.y(), self._eraser_width() / 2 / self._scale())
            return
        self.sketch.make_room()
        at = self.in_drawing(sample.position)
        width = self._pen_width / self._scale()
        self.update()  # the hint goes
        self.sketch.put_pen_down(at.x(), at.y(), sample.pressure, width)

    def _move(self, sample: PenSample) -> None:
        at = self.in_drawing(sample.position)
        self.sketch.move_to(at.x(), at.y(), sample.pressure)

    def _placed(self, drawing: Drawing) -> Drawing:
        return placed(drawing, QRectF(self.rect())) if isinstance(drawing, Ink) else drawing

    def _scale(self) -> float:
        """Return logical pixels per unit of the drawing."""
        return self.view.m11()

    def _eraser_width(self) -> float:
        return max(self._pen_width, _SMALLEST_ERASER)

    def _update_cursor(self) -> None:
        width = self._pen_width if self._tool is Tool.PEN else self._eraser_width()
        ratio = self.devicePixelRatioF()
        self.setCursor(ring_cursor(width, ratio, self.colours.ink, self.colours.paper))
