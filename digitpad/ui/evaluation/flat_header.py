"""A table's header without the look of buttons: quiet words on the window's ground."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from digitpad.ui.colours import Colours

_DOWN, _UP = "\N{BLACK DOWN-POINTING SMALL TRIANGLE}", "\N{BLACK UP-POINTING SMALL TRIANGLE}"


class FlatHeader(QHeaderView):
    """Paints its model's header data; the current section and the sorted one stand out."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setHighlightSections(True)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        model = self.model()
        colours = Colours.of(self.palette())
        text = str(model.headerData(logical, self.orientation(), Qt.ItemDataRole.DisplayRole))
        sorted_by = self.isSortIndicatorShown() and self.sortIndicatorSection() == logical
        if sorted_by:
            down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            text = f"{text} {_DOWN if down else _UP}"
        painter.save()
        painter.fillRect(rect, colours.window)
        font = self.font()
        font.setBold(self._is_current(logical))
        painter.setFont(font)
        painter.setPen(colours.text if sorted_by or font.bold() else colours.quiet)
        dots = Qt.TextElideMode.ElideMiddle
        lines = (painter.fontMetrics().elidedText(x, dots, rect.width()) for x in text.split("\n"))
        painter.drawText(rect, self.defaultAlignment(), "\n".join(lines))
        painter.restore()

    def _is_current(self, logical: int) -> bool:
        selection = self.selectionModel()
        if selection is None or self.isSortIndicatorShown():
            return False
        across = self.orientation() == Qt.Orientation.Horizontal
        chosen = selection.selectedIndexes()
        return any(logical == (index.column() if across else index.row()) for index in chosen)
