"""About: what this is, the versions to quote in a report, and the licences of a frozen build."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from digitpad.ui.colours import Colours
from digitpad.ui.icons import Icons
from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.labels import quiet
from digitpad.ui.window.licences_dialog import LicencesDialog

_LOGO = 64
_ABOUT = "Draw a digit and watch a neural network recognise it while the pen is still moving."


class AboutDialog(QDialog):
    """Shows ``versions``, (name, version) pairs, copies them as lines, and opens ``licences``."""

    def __init__(
        self,
        versions: Sequence[tuple[str, str]],
        licences: Sequence[Path],
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Digitpad")
        self._lines = "\n".join(f"{name}: {version}" for name, version in versions)
        self._licences = licences
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(20)
        column.addLayout(self._head(icons))
        column.addLayout(_table(versions))
        column.addLayout(self._buttons())
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self._close.setFocus()

    def _head(self, icons: Icons) -> QHBoxLayout:
        colours = Colours.of(self.palette())
        logo = QLabel()
        logo.setPixmap(icons.pixmap("digitpad", _LOGO, self.devicePixelRatioF(), colours.text))
        name = QLabel("Digitpad")
        font = name.font()
        font.setPointSizeF(font.pointSizeF() * 1.8)
        font.setBold(True)
        name.setFont(font)
        about = QLabel(_ABOUT)
        about.setWordWrap(True)
        about.setMinimumWidth(300)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(name)
        words.addWidget(about)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(logo, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(_button("&Copy versions", self.copy_versions))
        if self._licences:
            row.addWidget(_button("&Licences", self.show_licences))
        self._close = _button("Close", self.reject)
        self._close.setDefault(True)
        row.addWidget(self._close)
        return row

    def show_licences(self) -> None:
        dialog = LicencesDialog(self._licences, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def copy_versions(self) -> None:
        QGuiApplication.clipboard().setText(self._lines)


def _button(text: str, clicked: Callable[[], None]) -> Button:
    button = Button(text)
    button.clicked.connect(clicked)
    return button


def _table(versions: Sequence[tuple[str, str]]) -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(20)
    form.setVerticalSpacing(6)
    for name, version in versions:
        value = QLabel(version, textFormat=Qt.TextFormat.PlainText)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form.addRow(quiet(name, wrap=False), value)
    return form
