from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.core.drawing import Image
from digitpad.ui.colours import Colours
from digitpad.ui.layers.layer_view import LayerView
from digitpad.ui.layers.window import LayersWindow
from digitpad.ui.theme import Theme, ThemeMode

INPUT = np.zeros((1, 28, 28), np.uint8)


def maps(count: int, side: int, lit: int = 0) -> Image:
    """Return maps of which number ``lit`` is as strong as can be."""
    made = np.zeros((count, side, side), np.uint8)
    made[lit] = 255
    return made


def laid_out(window: LayersWindow) -> bool:
    return all(view.height() == view.heightForWidth(view.width()) for view in window.views)


def colour_at(view: LayerView, place: QPointF) -> QColor:
    image = view.grab().toImage()
    ratio = image.devicePixelRatio()
    return image.pixelColor((place * ratio).toPoint())


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> LayersWindow:  # noqa: ARG001 - for its palette
    window = LayersWindow()
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def test_every_layer_has_a_name_and_says_what_it_is(window: LayersWindow) -> None:
    window.show_layers([INPUT, maps(16, 14), maps(128, 1)])
    assert [view.accessibleName() for view in window.views] == [
        "Input: 28 \u00d7 28 pixels",
        "Layer 1: 16 maps of 14 \u00d7 14",
        "Layer 2: 128 units",
    ]


@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK])
def test_what_is_strong_has_the_accent_colour(
    qtbot: QtBot, window: LayersWindow, theme: Theme, mode: ThemeMode
) -> None:
    theme.apply(mode)
    window.show_layers([INPUT, maps(16, 14, lit=9)])
    qtbot.waitUntil(lambda: laid_out(window))
    view = window.views[1]
    colours = Colours.of(view.palette())
    areas = list(view.areas())
    assert colour_at(view, areas[9].center()) == colours.accent
    assert colour_at(view, areas[8].center()) == colours.paper
    window.show_layers([INPUT, maps(16, 14, lit=8)])
    assert colour_at(view, areas[8].center()) == colours.accent
    theme.apply(ThemeMode.LIGHT)


def test_maps_lie_within_their_view_and_apart(qtbot: QtBot, window: LayersWindow) -> None:
    window.show_layers([INPUT, maps(64, 7), maps(100, 1)])
    for width in (300, 800):
        window.resize(width, 600)
        qtbot.waitUntil(lambda: laid_out(window))
        for view in window.views:
            areas = list(view.areas())
            assert all(view.rect().toRectF().contains(area) for area in areas)
            assert not any(a.intersects(b) for a, b in pairwise(areas))


def test_a_blank_sheet_empties_all_maps_and_moves_nothing(
    qtbot: QtBot, window: LayersWindow
) -> None:
    window.show_layers([INPUT, maps(16, 14)])
    qtbot.waitUntil(lambda: laid_out(window))
    view = window.views[1]
    window.show_blank()
    assert window.views[1] is view
    assert colour_at(view, next(view.areas()).center()) == Colours.of(view.palette()).paper


def test_another_model_has_other_layers(window: LayersWindow) -> None:
    window.show_layers([INPUT, maps(16, 14), maps(8, 7)])
    window.show_layers([INPUT, maps(4, 24)])
    assert [view.shape for view in window.views] == [(1, 28, 28), (4, 24, 24)]
    window.show_layers([INPUT])
    assert "not a simple sequence" in window.about.text()
    assert len(window.views) == 1


def test_before_anything_is_drawn_it_says_what_to_do(window: LayersWindow) -> None:
    window.show_blank()
    assert "Draw something" in window.about.text()


def test_escape_closes_it(qtbot: QtBot, window: LayersWindow) -> None:
    with qtbot.waitSignal(window.closed):
        QTest.keyClick(window, Qt.Key.Key_Escape)
