from pytestqt.qtbot import QtBot

from digitpad.ui.theme import Theme, ThemeMode
from digitpad.ui.widgets.choice import Choice


def test_it_is_painted_in_the_colours_of_the_theme(qtbot: QtBot, theme: Theme) -> None:
    choice = Choice("Which")
    qtbot.addWidget(choice)
    choice.addItems(["short", "a text that is much too long for so small a box " * 3])
    choice.resize(120, 32)
    choice.show()
    qtbot.waitExposed(choice)
    grounds: list[int] = []
    for mode in (ThemeMode.LIGHT, ThemeMode.DARK):
        theme.apply(mode)
        qtbot.waitUntil(lambda: choice.palette() == theme._application.palette())
        choice.setCurrentIndex(len(grounds))
        grounds.append(choice.grab().toImage().pixelColor(60, 4).lightness())
    assert grounds[0] > 200
    assert grounds[1] < 60
    assert choice.accessibleName() == "Which"
