from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad import resources
from digitpad.children.recognition import LiveRecogniser
from digitpad.core.messages import Layers
from digitpad.ui.icons import Icons
from digitpad.ui.layers.window import LayersWindow
from digitpad.ui.theme import Theme
from digitpad.ui.window.main_window import MainWindow
from digitpad.workflows.live_answer import LiveAnswer
from digitpad.workflows.looking_inside import LookingInside
from tests.ui import hand


class Desk:
    """A window and the real recogniser, with the bundled model."""

    def __init__(self, qtbot: QtBot, application: QApplication) -> None:
        self.window = MainWindow(Icons(resources.icons()), Theme(application))
        self.recogniser = LiveRecogniser(resources.bundled_model(), self.window)
        LiveAnswer(self.window, self.recogniser)
        LookingInside(self.window, self.recogniser)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        with qtbot.waitSignal(self.recogniser.ready, timeout=30_000):
            self.recogniser.start()

    def stroke(self, start: hand.Place, end: hand.Place) -> None:
        hand.draw(self.window.canvas, hand.line(start, end))

    @property
    def layers(self) -> list[LayersWindow]:
        return self.window.findChildren(LayersWindow)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    desk = Desk(qtbot, qapp)
    yield desk
    desk.recogniser.stop()


def shown(window: LayersWindow) -> np.ndarray:
    return np.concatenate([view._maps.ravel() for view in window.views])


def test_the_layers_follow_the_drawing(qtbot: QtBot, desk: Desk) -> None:
    desk.stroke((60, 60), (70, 200))
    desk.window.commands.layers.trigger()
    (layers,) = desk.layers
    qtbot.waitUntil(lambda: len(layers.views) == 7, timeout=10_000)
    assert layers.views[0].shape == (1, 28, 28)
    before = shown(layers)
    desk.stroke((60, 130), (200, 130))
    qtbot.waitUntil(lambda: not np.array_equal(shown(layers), before), timeout=10_000)
    desk.window.canvas.clear()
    assert not shown(layers).any()


def test_layers_are_asked_for_only_while_they_are_looked_at(qtbot: QtBot, desk: Desk) -> None:
    desk.window.commands.layers.trigger()
    with qtbot.waitSignal(desk.recogniser.looked_inside, timeout=10_000):
        desk.stroke((60, 60), (70, 200))
    desk.window.commands.layers.trigger()
    (layers,) = desk.layers
    layers.close()
    qtbot.waitUntil(lambda: not desk.layers, timeout=10_000)
    looked: list[Layers] = []
    desk.recogniser.looked_inside.connect(looked.append)
    answered: list[int] = []
    desk.recogniser.recognised.connect(lambda answer: answered.append(answer.request))
    for place in (100, 130):  # the second answer comes after all that belongs to the first
        answered.clear()
        desk.stroke((60, place), (200, place))
        qtbot.waitUntil(lambda: bool(answered), timeout=10_000)
    assert not looked
