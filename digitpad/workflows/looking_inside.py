"""Looking into the network: what its layers make of the drawing, as long as a window shows it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from digitpad.children.recognition import LiveRecogniser
from digitpad.core.drawing import Drawing
from digitpad.core.messages import Layers
from digitpad.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from digitpad.ui.layers.window import LayersWindow


class LookingInside(QObject):
    """Answers the wish to see the layers; only then are they asked of ``recogniser``."""

    def __init__(self, window: MainWindow, recogniser: LiveRecogniser) -> None:
        super().__init__(window)
        self._window, self._recogniser = window, recogniser
        self._view: LayersWindow | None = None
        window.commands.layers.triggered.connect(self.open)
        window.canvas.drawing_changed.connect(self._on_drawing_changed)
        recogniser.looked_inside.connect(self._on_looked_inside)

    def open(self) -> None:
        """Open the window, or bring it to the front."""
        from digitpad.ui.layers.window import LayersWindow

        if self._view is None:
            self._view = LayersWindow(self._window)
            self._view.closed.connect(self._on_closed)
            self._recogniser.look_inside(wanted=True)
        self._view.show()
        self._view.activateWindow()

    def _on_looked_inside(self, layers: Layers) -> None:
        if self._view is not None:
            self._view.show_layers(layers.maps)

    def _on_drawing_changed(self, drawing: Drawing) -> None:
        if self._view is not None and not drawing:
            self._view.show_blank()

    def _on_closed(self) -> None:
        self._view = None
        self._recogniser.look_inside(wanted=False)
