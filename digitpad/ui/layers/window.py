"""The Layers window: the image, and below it what each layer of the network answers to it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from digitpad.core.drawing import Image
from digitpad.core.lazy import np
from digitpad.ui.layers.layer_view import LayerView
from digitpad.ui.widgets.labels import quiet
from digitpad.ui.widgets.tool_window import ToolWindow
from digitpad.ui.widgets.window_places import resize_within_screen, stand_beside

_ABOUT = (
    "Each small picture is one feature, in strong colour where the layer found it. "
    "The first layers find edges; the last ones find parts of digits."
)
_BLANK = "Draw something to see here what each layer makes of it."
_NO_LAYERS = "This model's layers cannot be shown: it is not a simple sequence."
_SIZE = QSize(800, 760)
_LEAST_HEIGHT = 240
_MARGIN = 20
_LETTERS = 48
"""About as many as the longest name of a layer has, with the margins and the scroll bar."""


class LayersWindow(ToolWindow):
    """Shows what it is told, and deletes itself when it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What the layers see", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.views: list[LayerView] = []
        self.about = quiet(_BLANK)
        self.about.setAlignment(Qt.AlignmentFlag.AlignCenter)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._column.setSpacing(_MARGIN)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(_MARGIN)
        self._column.addWidget(self.about, 1)
        self._column.addLayout(self._rows)
        self._column.addStretch()
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self.setMinimumSize(_LETTERS * self.fontMetrics().averageCharWidth(), _LEAST_HEIGHT)
        resize_within_screen(self, _SIZE)
        if parent is not None:
            stand_beside(self, parent)

    def show_layers(self, layers: Sequence[Image]) -> None:
        """Show the maps of each layer, (n, height, width); the image itself is the first."""
        self.about.setText(_ABOUT if len(layers) > 1 else _NO_LAYERS)
        if [view.shape for view in self.views] != [maps.shape for maps in layers]:
            self._make_views(layers)
        for view, maps in zip(self.views, layers, strict=True):
            view.show_maps(maps)

    def show_blank(self) -> None:
        """Show that nothing is drawn any more: all maps are empty."""
        for view in self.views:
            view.show_maps(np.zeros(view.shape, np.uint8))

    def _make_views(self, layers: Sequence[Image]) -> None:
        self._column.setStretchFactor(self.about, 0)
        self.about.setAlignment(Qt.AlignmentFlag.AlignLeft)
        for view in self.views:
            self._rows.removeWidget(view)
            view.deleteLater()
        names = ["Input", *(f"Layer {number}" for number in range(1, len(layers)))]
        self.views = [
            LayerView(name, maps, is_input=name == "Input")
            for name, maps in zip(names, layers, strict=True)
        ]
        for view in self.views:
            self._rows.addWidget(view)
