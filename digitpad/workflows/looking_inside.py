"""Looking into the network: what its layers make of the drawing, as long as a window shows it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from digitpad.children.recognition import LiveRecogniser
from digitpad.core.drawing import Drawing
from digitpad.core.messages import Recognised
from digitpad.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from digitpad.ui.layers.window import LayersWindow


class LookingInside(QObject):
    """Answers the wish to see the layers; only then are they asked of ``recogniser``."""

    def __init__(self, window: MainWindow, recogniser: LiveRecogniser) -> None:
        super().__init__(window)
        self._window, self._recogniser = window, recogniser
        self._view: LayersWindow | None = None
        window.layers_requested.connect(self.open)
        window.canvas.drawing_changed.connect(self._on_drawing_changed)
        recogniser.recognised.connect(self._on_recognised)

    def open(self) -> None:
        """Open the window, or bring it to the front."""
        from digitpad.ui.layers.window import LayersWindow

        if self._view is None:
            self._view = LayersWindow(self._window)
            self._view.closed.connect(self._on_closed)
            self._recogniser.look_inside(wanted=True)
        self._view.show()
        self._view.activateWindow()

    def _on_recognised(self, answer: Recognised) -> None:
        if self._view is None or answer.layers is None or answer.normalised is None:
            return
        self._view.show_layers(answer.normalised.image, answer.layers)

    def _on_drawing_changed(self, drawing: Drawing) -> None:
        if self._view is not None and not drawing:
            self._view.show_blank()

    def _on_closed(self) -> None:
        self._view = None
        self._recogniser.look_inside(wanted=False)
