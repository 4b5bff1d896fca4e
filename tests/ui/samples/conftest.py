"""A browser with a few drawings in it."""

import pytest
from pytestqt.qtbot import QtBot

from digitpad.core.samples.sample import Caption
from digitpad.ui.icons import Icons
from digitpad.ui.samples.browser import SampleBrowser
from digitpad.ui.theme import Theme
from tests.samples import sample_of

LABELS_AND_ANSWERS: dict[int, tuple[int, int | None]] = {
    15: (7, 7),
    14: (7, 1),
    13: (1, 1),
    12: (4, None),
    11: (1, 1),
}


@pytest.fixture
def captions() -> dict[int, Caption]:
    """Captions of which 14 and 12 were misread."""
    return {n: sample_of(n, *given).caption for n, given in LABELS_AND_ANSWERS.items()}


@pytest.fixture
def browser(
    qtbot: QtBot,
    icons: Icons,
    theme: Theme,  # noqa: ARG001 - for its palette
    captions: dict[int, Caption],
) -> SampleBrowser:
    browser = SampleBrowser(icons)
    qtbot.addWidget(browser)
    browser.show_captions(captions)
    browser.show()
    qtbot.waitExposed(browser)
    return browser
