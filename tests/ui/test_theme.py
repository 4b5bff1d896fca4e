import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from digitpad.ui.colours import Colours, is_dark, mix
from digitpad.ui.theme import Theme, ThemeMode, dark_palette, light_palette
from digitpad.ui.widgets.labels import quiet

_PALETTES = pytest.mark.parametrize("palette", [light_palette(), dark_palette()])


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of WCAG 2, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize(("mode", "dark"), [(ThemeMode.LIGHT, False), (ThemeMode.DARK, True)])
def test_mode_reaches_the_application_at_once(theme: Theme, mode: ThemeMode, dark: bool) -> None:  # noqa: FBT001
    theme.apply(mode)
    assert is_dark(QApplication.palette()) is dark
    assert theme.mode is mode


def test_system_comes_back_to_light_where_the_platform_says_nothing(theme: Theme) -> None:
    theme.apply(ThemeMode.DARK)
    theme.apply(ThemeMode.SYSTEM)
    assert not is_dark(QApplication.palette())


@_PALETTES
def test_text_is_readable(palette: QPalette) -> None:
    colours = Colours.of(palette)
    assert contrast(colours.text, colours.window) > 12
    assert contrast(colours.ink, colours.paper) > 12
    assert contrast(colours.quiet, colours.window) > 4.5
    assert contrast(colours.error, colours.window) > 4.5
    assert contrast(mix(colours.paper, colours.ink, 0.62), colours.paper) > 4.5


@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK])
def test_what_explains_is_readable_in_every_window(theme: Theme, mode: ThemeMode) -> None:
    theme.apply(mode)
    palette, role = QApplication.palette(), quiet("Every data set gets figures.").foregroundRole()
    assert contrast(palette.color(role), palette.color(QPalette.ColorRole.Window)) > 4.5


@_PALETTES
def test_accent_and_bars_stand_out(palette: QPalette) -> None:
    colours = Colours.of(palette)
    assert contrast(colours.accent, colours.window) > 4.5
    assert contrast(colours.bar, colours.track) > 1.8
    assert contrast(colours.accent, colours.bar) > 1.3
    role = QPalette.ColorRole
    assert contrast(palette.color(role.HighlightedText), palette.color(role.Highlight)) > 4.5


def test_mix_goes_from_one_to_the_other() -> None:
    black, white = QColor("black"), QColor("white")
    assert mix(black, white, 0) == black
    assert mix(black, white, 1) == white
    assert mix(black, white, 0.5).lightness() == pytest.approx(128, abs=1)
