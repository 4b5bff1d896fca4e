from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from digitpad.core.drawing import Normalised
from digitpad.ui.answer.input_view import InputView
from digitpad.ui.colours import Colours
from digitpad.ui.theme import Theme, ThemeMode


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> InputView:  # noqa: ARG001 - for its palette
    view = InputView()
    qtbot.addWidget(view)
    view.resize(320, 142)
    view.show()
    qtbot.waitExposed(view)
    return view


def lightness(view: InputView) -> np.ndarray:
    """Return the lightness in the middle of each of the 28x28 pixels as painted."""
    image: QImage = view.grab().toImage()
    ratio, area = image.devicePixelRatio(), view.image_area()
    step = area.width() / 28
    return np.array(
        [
            [
                image.pixelColor(
                    int((area.left() + (x + 0.5) * step) * ratio),
                    int((area.top() + (y + 0.5) * step) * ratio),
                ).lightness()
                for x in range(28)
            ]
            for y in range(28)
        ]
    )


def test_every_pixel_is_where_and_as_dark_as_it_was(
    view: InputView, normalised: Normalised
) -> None:
    image = np.arange(28 * 28, dtype=np.uint32).reshape(28, 28).astype(np.uint8)
    view.show_normalised(replace(normalised, image=image))
    colours = Colours.of(view.palette())
    paper, ink = colours.paper.lightness(), colours.ink.lightness()
    expected = paper + (ink - paper) * (image / 255)
    assert np.abs(lightness(view) - expected).max() <= 2


@pytest.mark.parametrize("size", [(230, 58), (320, 142), (440, 171)])
def test_pixels_are_whole_screen_pixels(view: InputView, size: tuple[int, int]) -> None:
    view.resize(*size)
    side = view.image_area().width() * view.devicePixelRatioF()
    assert side % 28 == 0
    assert view.rect().toRectF().contains(view.image_area())


def test_none_empties_it(view: InputView, normalised: Normalised) -> None:
    view.show_normalised(normalised)
    assert lightness(view).min() < 80
    view.show_normalised(None)
    assert lightness(view).min() > 200


def test_theme_change_recolours_what_is_shown(
    view: InputView, normalised: Normalised, theme: Theme, qtbot: QtBot
) -> None:
    view.show_normalised(normalised)
    theme.apply(ThemeMode.DARK)
    qtbot.waitUntil(lambda: view.palette().window().color().lightness() < 80)
    shown = lightness(view)
    assert shown[10, 13] > 200
    assert shown[0, 0] < 80
