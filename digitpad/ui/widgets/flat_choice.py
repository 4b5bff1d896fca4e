"""What choices painted by hand have in common, however they look."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget


class FlatChoice(QAbstractButton):
    """A button to be chosen, reached by the tab key, painted again when the mouse comes or goes."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
