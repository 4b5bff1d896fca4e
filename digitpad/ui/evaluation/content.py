"""An evaluation laid out: figures above, a view on the left, its drawings on the right."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QSplitterHandle, QVBoxLayout, QWidget

from digitpad.core.evaluation import tables
from digitpad.ui.evaluation.drawings_panel import DrawingsPanel
from digitpad.ui.evaluation.exhibit import Exhibit
from digitpad.ui.evaluation.export_button import Export, ExportButton
from digitpad.ui.evaluation.headline import Headline
from digitpad.ui.evaluation.views import View, Views
from digitpad.ui.png import png_bytes
from digitpad.ui.widgets.labels import heading_line, quiet
from digitpad.ui.widgets.segments import Segments
from digitpad.ui.wording import drawings, shortened

_MARGIN = 20
_LEAST_HEIGHT = 540


class Content(QWidget):
    """Shows ``exhibits`` of the same models, one for each set of data, one at a time."""

    def __init__(self, exhibits: Sequence[Exhibit], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exhibits = exhibits
        self._shown = 0
        self.export = ExportButton(self)
        self.data = Segments(
            [shortened(exhibit.data) for exhibit in exhibits], "Evaluated on", self
        )
        self.title, self.size_text = heading_line(1.3), quiet(wrap=False)
        self.headline = Headline(self)
        self.which_view = Segments(["Confusion matrix", "Reliability", "Digits"], "View", self)
        self.cells = Segments(["Percent", "Counts"], "Numbers in the matrix", self)
        self.views = Views(exhibits[0].titles, self)
        self.panel = DrawingsPanel(self)
        self._lay_out()
        self.data.chosen.connect(self._on_data_chosen)
        self.which_view.chosen.connect(self._on_view_chosen)
        self.cells.chosen.connect(lambda index: self.views.show_shares(shares=index == 0))
        self.views.selected.connect(self.panel.show_selection)
        self._on_data_chosen(0)

    def minimumSizeHint(self) -> QSize:
        """Return the least width, and the height that wrapped lines need at it."""
        width, layout = super().minimumSizeHint().width(), self.layout()
        height = layout.totalMinimumHeightForWidth(width) if layout is not None else 0
        return QSize(width, max(height, _LEAST_HEIGHT))

    @property
    def exhibit(self) -> Exhibit:
        """Return what is shown."""
        return self._exhibits[self._shown]

    @property
    def shares(self) -> bool:
        """Tell whether the matrix shows percentages instead of counts."""
        return self.cells.choice() == 0

    def exported(self, what: Export) -> bytes:
        """Return a part of what is shown as the content of a file."""
        exhibit = self.exhibit
        named = tuple(zip(exhibit.names, exhibit.evaluations, strict=True))
        match what:
            case Export.CONFUSION_CSV:
                return tables.confusion_csv(named, shares=self.shares)
            case Export.CONFUSION_PNG:
                return png_bytes(self.views.matrices_image(self._title()))
            case Export.RELIABILITY_CSV:
                return tables.reliability_csv(named)
            case Export.CLASSES_CSV:
                return tables.classes_csv(named)

    def _lay_out(self) -> None:
        self.title.setVisible(len(self._exhibits) == 1)
        self.data.setVisible(len(self._exhibits) > 1)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.data)
        head.addWidget(self.size_text)
        head.addStretch(1)
        head.addWidget(self.export)
        head.setSpacing(12)
        controls = QHBoxLayout()
        controls.addWidget(self.which_view)
        controls.addStretch(1)
        controls.addWidget(self.cells)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(controls)
        column.addWidget(self.views, 1)
        splitter = _Splitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(_MARGIN + 8)
        splitter.addWidget(left)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        whole.setSpacing(18)
        whole.addLayout(head)
        whole.addWidget(self.headline)
        whole.addWidget(splitter, 1)

    def _on_data_chosen(self, index: int) -> None:
        self._shown = index
        exhibit = self.exhibit
        self.title.setText("" if len(self._exhibits) > 1 else exhibit.data)
        self.size_text.setText(drawings(len(exhibit.evaluations[0])))
        self.headline.show_exhibit(exhibit)
        self.views.show_exhibit(exhibit)
        self.panel.show_exhibit(exhibit)

    def _title(self) -> str:
        exhibit = self.exhibit
        return f"{' and '.join(exhibit.names)} on {exhibit.data}, {self.size_text.text()}"

    def _on_view_chosen(self, index: int) -> None:
        self.views.show_view(View(index))
        self.cells.setVisible(View(index) is View.MATRIX)


class _Splitter(QSplitter):
    """A splitter whose handle is empty space."""

    def createHandle(self) -> QSplitterHandle:  # noqa: N802
        return _Handle(self.orientation(), self)


class _Handle(QSplitterHandle):
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint nothing: the pointer's shape says enough."""
