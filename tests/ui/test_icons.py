import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPalette

from digitpad import resources
from digitpad.ui.icons import Icons
from digitpad.ui.theme import dark_palette, light_palette

_NAMES = sorted(path.stem for path in resources.icons().glob("*.svg") if path.stem != "digitpad")


def inked(image: QImage) -> list[QColor]:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return [colour for colour in pixels if colour.alpha() > 250]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", _NAMES)
@pytest.mark.parametrize("palette", [light_palette(), dark_palette()])
def test_icons_are_drawn_in_the_text_colour(icons: Icons, name: str, palette: QPalette) -> None:
    image = icons.icon(name, palette, 2.0).pixmap(QSize(20, 20), 2.0).toImage()
    colours = inked(image)
    assert len(colours) > 20
    text = palette.windowText().color()
    assert all(abs(c.lightness() - text.lightness()) < 12 for c in colours)


@pytest.mark.usefixtures("qapp")
def test_checked_is_accent_and_disabled_is_faint(icons: Icons) -> None:
    palette = light_palette()
    icon = icons.icon("pen", palette, 2.0)
    size = QSize(20, 20)
    checked = icon.pixmap(size, 2.0, QIcon.Mode.Normal, QIcon.State.On).toImage()
    disabled = icon.pixmap(size, 2.0, QIcon.Mode.Disabled, QIcon.State.Off).toImage()
    assert inked(checked)[0].blue() > inked(checked)[0].red() + 80
    assert inked(disabled)[0].lightness() > 120


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("ratio", [1.0, 2.0, 3.0])
def test_pixmaps_have_the_screens_own_pixels(icons: Icons, ratio: float) -> None:
    pixmap = icons.pixmap("open", 20, ratio, QColor("black"))
    assert pixmap.width() == 20 * ratio
    assert pixmap.devicePixelRatio() == ratio


def test_app_icon_has_its_own_colours(icons: Icons, qapp: object) -> None:  # noqa: ARG001
    image = icons.app_icon().pixmap(QSize(48, 48), 1.0).toImage()
    assert any(colour.blue() > colour.red() + 100 for colour in inked(image))
