"""Widgets of the window, ready to be used, and a made-up answer."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad import resources
from digitpad.core.drawing import Normalised, Picture
from digitpad.core.ink import Box
from digitpad.core.prediction import Prediction
from digitpad.ui.canvas.canvas import Canvas
from digitpad.ui.icons import Icons
from digitpad.ui.png import png_bytes
from digitpad.ui.theme import Theme, ThemeMode
from digitpad.ui.window.main_window import MainWindow


@pytest.fixture
def icons() -> Icons:
    return Icons(resources.icons())


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(qapp)
    theme.apply(ThemeMode.LIGHT)
    return theme


@pytest.fixture
def canvas(qtbot: QtBot, theme: Theme) -> Canvas:  # noqa: ARG001 - for its palette
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show()
    qtbot.waitExposed(canvas)
    return canvas


@pytest.fixture
def window(qtbot: QtBot, icons: Icons, theme: Theme) -> MainWindow:
    window = MainWindow(icons, theme)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def seven() -> Prediction:
    return Prediction((0.0, 0.01, 0.0, 0.0, 0.0, 0.0, 0.0, 0.98, 0.0, 0.01), 7)


@pytest.fixture
def normalised() -> Normalised:
    image = np.zeros((28, 28), np.uint8)
    image[4:24, 12:16] = 255
    return Normalised(image, Box(100.0, 50.0, 40.0, 200.0), (120.0, 150.0), (4, 4))


@pytest.fixture
def picture() -> Picture:
    """A black square of 40 by 20 pixels."""
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    return Picture(png_bytes(image), 40, 20)
