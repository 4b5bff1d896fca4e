"""The same view of one or two models: beside each other or, where that is too wide, in turn."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from digitpad.ui.widgets.segments import Segments

_GAP, _SPACING = 28, 6


class SideBySide(QWidget):
    """Shows ``views`` under their ``titles``; ``turn`` chooses where only one of them has room."""

    def __init__(
        self, titles: Sequence[str], views: Sequence[QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._views = views
        self._columns = [_Column(title, view) for title, view in zip(titles, views, strict=True)]
        self.turn = Segments(titles, "Model shown", self)
        self.turn.chosen.connect(self._arrange)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        for part in self._columns:
            row.addWidget(part, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        column.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(row, 1)
        self._arrange()

    def whole_size(self) -> QSize:
        """Return the least size at which all views are beside each other."""
        sizes = [_least(view) for view in self._views]
        width = len(sizes) * max(size.width() for size in sizes) + (len(sizes) - 1) * _GAP
        return QSize(width, self._least_height(sizes))

    def minimumSizeHint(self) -> QSize:
        """Return the size of the largest one alone."""
        sizes = [_least(view) for view in self._views]
        turn = self.turn.sizeHint().width() if len(sizes) > 1 else 0
        width = max(turn, *(size.width() for size in sizes), 0)
        return QSize(width, self._least_height(sizes))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _least_height(self, sizes: Sequence[QSize]) -> int:
        turn = self.turn.sizeHint().height() + _SPACING if len(sizes) > 1 else 0
        return max(size.height() for size in sizes) + turn

    def _arrange(self) -> None:
        room = self.width() >= self.whole_size().width()
        self.turn.setHidden(room)
        for at, column in enumerate(self._columns):
            column.title.setVisible(room and bool(column.title.text()))
            column.setVisible(room or at == self.turn.choice())


class _Column(QWidget):
    def __init__(self, title: str, view: QWidget) -> None:
        super().__init__()
        self.title = QLabel(title)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        column.addWidget(self.title)
        column.addWidget(view, 1)


def _least(view: QWidget) -> QSize:
    return view.minimumSize().expandedTo(view.minimumSizeHint())
