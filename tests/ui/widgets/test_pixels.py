import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from digitpad.core.drawing import SIDE
from digitpad.ui.colours import Colours
from digitpad.ui.theme import dark_palette
from digitpad.ui.widgets.pixels import crisp_square, tinted


def test_ink_and_paper_take_the_themes_colours() -> None:
    grey = np.zeros((SIDE, SIDE), np.uint8)
    grey[3, 5] = 255
    palette = dark_palette()
    colours = Colours.of(palette)
    image = tinted(grey, colours.paper, colours.ink)
    assert QColor(image.pixel(5, 3)) == palette.text().color()
    assert QColor(image.pixel(0, 0)) == palette.base().color()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
@pytest.mark.parametrize("side", [30.0, 57.0, 142.0])
def test_every_pixel_takes_whole_pixels_of_the_screen(side: float, ratio: float) -> None:
    area = QRectF(3.3, 7.7, side, side + 11)
    square = crisp_square(area, ratio)
    for length in (square.left(), square.top(), square.width() / SIDE):
        assert length * ratio == pytest.approx(round(length * ratio))
    assert area.adjusted(-1, -1, 1, 1).contains(square)
    assert square.width() >= side - SIDE
